"""How long a drink takes now. Pure: no clock, no table, no bus, so that a test of it takes no time."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean

from chalicelib.order import Order

LAST = 10  # so many drinks of a kind say how long it takes now


def waits(orders: Iterable[Order]) -> dict[str, int]:
    """How many seconds each drink took, on average of the last ones that were ready.

    Args:
        orders: of one shop, in any order, with what is known of them.
    """
    # learner 5b-2: an order has a wait if both ends are known, the end behind the beginning; average all at once
    took: dict[str, list[int]] = defaultdict(list)
    for one in sorted(orders, key=lambda one: one.ready_at or 0, reverse=True):
        if one.drink and one.begun_at is not None and one.ready_at is not None and one.begun_at <= one.ready_at:
            took[one.drink].append(one.ready_at - one.begun_at)
    return {drink: round(fmean(of[:LAST]) / 1000) for drink, of in took.items()}
    # until then: raise NotImplementedError("average the waits")

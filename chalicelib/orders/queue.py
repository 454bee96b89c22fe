"""The queue as a customer stands in it: how many are served before, and when it may be one's turn.

It tells numbers only, and nothing of anybody else's order. Read from the index by state, which may lag by a second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Any

from chalicelib.bar import Bar
from chalicelib.identity.model import Caller
from chalicelib.orders.model import Order, OrderState
from chalicelib.orders.pages import Page
from chalicelib.orders.service import read

LAST = 10  # drinks from which the pace is learnt
FEWEST = 3  # of fewer, the first one's own wait counts as well


@dataclass(frozen=True)
class Queue:
    """A place in the queue.

    Attributes:
        order_id: whose place it is; None for who would come now.
        ahead: how many drinks are served before; 0 while it is being made.
        seconds_per_drink: between two drinks of late, while there was something to make; None while nobody knows.
        bar_full: whether nobody else could order now.
    """

    event_id: str
    order_id: str | None
    ahead: int
    seconds_per_drink: float | None
    bar_full: bool

    @property
    def wire(self) -> dict[str, Any]:
        """JSON-ready; `waitSeconds` is until the drink is ready, by the pace of late."""
        pace = self.seconds_per_drink
        return {
            "eventId": self.event_id,
            "orderId": self.order_id,
            "ahead": self.ahead,
            "secondsPerDrink": pace,
            "barFull": self.bar_full,
            "waitSeconds": None if pace is None else round((self.ahead + 1) * pace),
        }


def of_shop(bar: Bar, caller: Caller, event_id: str, order_id: str | None) -> Queue:
    """The place of an order, for its owner or a barista; without one, of who would come now.

    Raises:
        NotFound: no such order in this shop, or somebody else's.
    """
    own = read(bar, caller, order_id) if order_id else None
    event_id = own.event_id if own else event_id
    live = [order for state in (OrderState.SUBMITTED, OrderState.IN_PRODUCTION) for order in _all(bar, event_id, state)]
    pace = seconds_per_drink(bar.orders.latest_in_state(event_id, OrderState.COMPLETED, LAST))
    bar_full = len(bar.shops.places(event_id)) >= bar.shops.get(event_id).max_orders_in_queue
    return Queue(event_id, own.order_id if own else None, ahead(live, own), pace, bar_full)


def _all(bar: Bar, event_id: str, state: OrderState) -> Iterator[Order]:
    page: Page | None = Page()
    while page:
        orders, following = bar.orders.in_state(event_id, state, page)
        yield from orders
        page = Page(after=following) if following else None


def ahead(live: Sequence[Order], own: Order | None) -> int:
    """How many of those that wait or are being made are served before one's own."""
    if own is None:
        return len(live)
    if own.state is not OrderState.SUBMITTED:
        return len([one for one in live if one.order_id != own.order_id]) if own.state is OrderState.CREATED else 0
    return sum(_turn(order) < _turn(own) for order in live if order.order_id != own.order_id)


def _turn(order: Order) -> tuple[bool, float, int]:
    """What is being made is served first, and then by number; who has none yet comes last."""
    number = float("inf") if order.order_number is None else order.order_number
    return order.state is not OrderState.IN_PRODUCTION, number, order.created_ts


def seconds_per_drink(completed: Sequence[Order]) -> float | None:
    """How far two drinks are apart while there is something to make, on average, however many make them.

    A drink's time begins when the one before was ready, or as it was chosen, where the bar had nothing to do before.
    """
    done = sorted((order for order in completed if order.submitted_ts is not None), key=lambda order: order.updated_ts)
    spans = [one.updated_ts - max(before.updated_ts, one.submitted_ts or 0) for before, one in pairwise(done)]
    first = [one.updated_ts - (one.submitted_ts or 0) for one in done[:1] if len(done) < FEWEST]
    waits = [max(span, 0) for span in (*first, *spans)]
    return round(fmean(waits) / 1000, 1) if waits else None

"""Changing an order: read it, let a rule decide, write it on the version that was read; again if somebody was faster.

The write that ends an order also gives back its place at the bar and its customer's live-order place, in one
transaction: a terminal row never holds anything, whoever ended it and wherever they died.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random_exponential

from chalicelib.bar import Bar
from chalicelib.observability import about
from chalicelib.orders.model import TURNED_AWAY, Order
from chalicelib.orders.store import Stale
from chalicelib.qr_codes.model import is_good
from chalicelib.transactions import Write


@dataclass(frozen=True)
class Change:
    """An order as it is now, and whether this call made it so."""

    order: Order
    happened: bool


@retry(
    retry=retry_if_exception_type(Stale),
    wait=wait_random_exponential(multiplier=0.01, max=0.2),
    stop=stop_after_delay(5),
    reraise=True,
)
def change(bar: Bar, order_id: str, rule: Callable[[Order], Order]) -> Change:
    """Apply the rule to the order.

    Args:
        bar: the stores.
        order_id: which order.
        rule: gives the order as it should be; the same object if there is nothing to do; raises to refuse.

    Raises:
        NotFound: there is no such order.
        Refusal: whatever the rule raised.
    """
    before = bar.orders.get(order_id)
    about(event_id=before.event_id, order_id=order_id)
    wanted = rule(before)
    if wanted is before:
        return Change(before, happened=False)
    return Change(_end(bar, wanted) if wanted.is_terminal else bar.orders.save(wanted), happened=True)


def _end(bar: Bar, order: Order) -> Order:
    saved, write = bar.orders.saving(order)
    bar.commit(
        write,
        bar.shops.free_place(order.event_id, order.order_id),
        bar.customers.release(order.user_id, order.event_id, order.order_id),
        *_refund(bar, order),
    )
    return saved


def _refund(bar: Bar, order: Order) -> list[Write]:
    """The token of an order that the bar turned away, where its code is still good; later nobody could use it."""
    if order.reason not in TURNED_AWAY or not is_good(order.code_bucket, order.updated_ts):
        return []
    return [bar.qr_codes.refund_token(order.event_id, order.code_bucket)]

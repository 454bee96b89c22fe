"""Changing an order: read it, let a rule decide, write it on the version that was read; again if somebody was faster.

One transaction writes the order and its news, so that they are told whoever dies next. Where the order ends, the same
transaction also gives back its place at the bar and its customer's live-order place: a terminal row never holds
anything, whoever ended it and wherever they died. Where an end is taken back, it takes both again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random_exponential

from chalicelib.bar import Bar
from chalicelib.errors import NotFound
from chalicelib.events import OrderEvent
from chalicelib.observability import about, logger
from chalicelib.orders.model import TURNED_AWAY, Order, stamped
from chalicelib.orders.outbox import News
from chalicelib.orders.store import Stale
from chalicelib.qr_codes.model import is_good
from chalicelib.transactions import Write

type Rule = Callable[[Order], Order]
type Meaning = Callable[[Order, Order], Sequence[OrderEvent]]


@dataclass(frozen=True)
class Change:
    """An order as it is now, and what is to be told because this call made it so."""

    order: Order
    news: News = ()


def of_no_interest(before: Order, after: Order) -> Sequence[OrderEvent]:
    """What a change means that nobody hears of."""
    return ()


@retry(
    retry=retry_if_exception_type(Stale),
    wait=wait_random_exponential(multiplier=0.01, max=0.2),
    stop=stop_after_delay(5),
    reraise=True,
)
def change(bar: Bar, order_id: str, rule: Rule, now: int, meaning: Meaning = of_no_interest) -> Change:
    """Apply the rule to the order; who calls tells the news.

    Args:
        bar: the stores.
        order_id: which order.
        rule: gives the order as it should be; the same object if there is nothing to do; raises to refuse.
        now: ms since 1970.
        meaning: the events that follow from the order before and after; not asked where there was nothing to do.

    Raises:
        NotFound: there is no such order.
        Refusal: whatever the rule raised.
    """
    before = bar.orders.get(order_id)
    about(event_id=before.event_id, order_id=order_id)
    wanted = rule(before)
    if wanted is before:
        return Change(before)
    after, news = stamped(wanted, meaning(before, wanted), now)
    saved = _writer(before, after)(bar, after, _keep(bar, news))
    _log(before, saved)
    return Change(saved, news)


def _writer(before: Order, after: Order) -> Callable[[Bar, Order, Sequence[Write]], Order]:
    if before.is_terminal == after.is_terminal:
        return _write
    return _end if after.is_terminal else _begin_again


def _log(before: Order, after: Order) -> None:
    """A line for each step of an order's life; who took it is personal and not in it."""
    if after.state is not before.state:
        logger.info(
            "order changed",
            stateBefore=before.state.value,
            stateAfter=after.state.value,
            orderNumber=after.order_number,
            reason=after.reason,
        )


def _write(bar: Bar, order: Order, beside: Sequence[Write]) -> Order:
    if not beside:
        return bar.orders.save(order)
    saved, write = bar.orders.saving(order)
    bar.commit(write, *beside)
    return saved


def _keep(bar: Bar, news: News) -> list[Write]:
    return [bar.outbox.add(news)] if news else []


def _end(bar: Bar, order: Order, beside: Sequence[Write]) -> Order:
    """Write the ended order and give back what it held."""
    place = bar.shops.free_place(order.event_id, order.order_id)
    rest = [*beside, bar.customers.release(order.user_id, order.event_id, order.order_id), *_refund(bar, order)]
    try:
        return _write(bar, order, [place, *rest])
    except NotFound:
        # Nobody but the place says so: the shop's row is gone, and its places with it. The order ends all the same.
        return _write(bar, order, rest)


def _begin_again(bar: Bar, order: Order, beside: Sequence[Write]) -> Order:
    """Write the recalled order with its places; it was sold already, so that no limit applies to it."""
    place = bar.shops.take_place_again(order.event_id, order.order_id)
    held = bar.customers.hold_again(order.user_id, order.event_id, order.order_id)
    return _write(bar, order, [*beside, place, held])


def _refund(bar: Bar, order: Order) -> list[Write]:
    """Put the drink back on the code where the bar turned the order away; once the code is old nobody could use it."""
    if order.reason not in TURNED_AWAY or not is_good(order.code_bucket, order.updated_ts):
        return []
    return [bar.qr_codes.refund_drink(order.event_id, order.code_bucket)]

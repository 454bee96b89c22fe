"""The Order Processor's tasks: what the workflow does with an order between its waits.

Each may run twice, late, or beside a customer's or barista's action on the same order; what the row says counts.
A wait of which nobody hears would be in vain: a task that asks fails where the bus refuses, and the workflow tries it
again. What the others could not tell, the sweep tells.
"""

from collections.abc import Sequence
from functools import cache

from chalicelib import events
from chalicelib.bar import Bar
from chalicelib.errors import NotFound
from chalicelib.events import OrderEvent
from chalicelib.orders import model
from chalicelib.orders.changing import Change, change
from chalicelib.orders.model import TURNED_AWAY, Order, OrderState, Reason
from chalicelib.orders.telling import or_later, tell, tell_what_is_left
from chalicelib.orders.workflow import OrderEnded
from chalicelib.shop.model import business_day


def ask_customer(bar: Bar, order_id: str, token: str, now: int) -> None:
    """Wait for the drink: keep the task token on the row, then tell the customer that the bar is ready.

    Raises:
        OrderEnded: the order was called off before the workflow came to ask.
        NotDelivered: the customer was not told.
    """

    def meaning(before: Order, after: Order) -> Sequence[OrderEvent]:
        return [] if before.customer_token else [_started(bar, after)]

    done = change(bar, order_id, lambda order: model.await_customer(order, token), now, meaning)
    if done.order.is_terminal:
        raise OrderEnded(done.order.reason or done.order.state.value)
    if done.order.state is OrderState.CREATED:
        _tell_who_is_asked(bar, done)
    else:
        bar.workflow.resume(token)  # answered already, to an earlier try of this task


def _started(bar: Bar, order: Order) -> OrderEvent:
    wait = bar.shops.get(order.event_id).customer_wait_seconds
    return events.WorkflowStarted(*order.whom, wait)


def _tell_who_is_asked(bar: Bar, asked: Change) -> None:
    """Asking is news once; who asks again tells what the first try may have left in the outbox."""
    if asked.news:
        tell(bar, asked.news)
    else:
        tell_what_is_left(bar, asked.order.order_id)


def take_number(bar: Bar, order_id: str, now: int) -> int | None:
    """Give the order its number of the shop's day; the same again where it has one.

    None for an order that a barista completed before it got one: it needs none any more.

    Raises:
        OrderEnded: the order was called off.
    """

    @cache  # one number, however often the row is read again
    def next_number(event_id: str) -> int:
        return bar.numbers.next(event_id, business_day(now, bar.shops.get(event_id).time_zone))

    def rule(order: Order) -> Order:
        return model.numbered(order, lambda: next_number(order.event_id), now)

    order = change(bar, order_id, rule, now).order
    if order.is_terminal and order.state is not OrderState.COMPLETED:
        raise OrderEnded(order.reason or order.state.value)
    return order.order_number


def ask_barista(bar: Bar, order_id: str, token: str, now: int) -> None:
    """Wait for the drink to be made: keep the task token on the row, then tell the baristas what to make.

    Raises:
        OrderEnded: the order was called off.
        NotDelivered: the baristas were not told.
    """

    def meaning(before: Order, after: Order) -> Sequence[OrderEvent]:
        return [] if before.barista_token else _waiting(bar, after)

    done = change(bar, order_id, lambda order: model.await_barista(order, token), now, meaning)
    if done.order.state is OrderState.COMPLETED:
        bar.workflow.resume(token)  # a barista was faster than this task
        return
    if done.order.is_terminal:
        raise OrderEnded(done.order.reason or done.order.state.value)
    _tell_who_is_asked(bar, done)


def _waiting(bar: Bar, order: Order) -> list[OrderEvent]:
    if order.order_number is None or order.drink_order is None:
        raise ValueError(f"order {order.order_id} waits for a barista without a number or a drink")
    wait = bar.shops.get(order.event_id).barista_wait_seconds
    return [
        events.WorkflowWaitsForBarista(*order.whom, order.order_number, wait),
        events.OrderWaitsForBarista(*order.whom, order.order_number, order.state.value, order.drink_order.wire),
    ]


def finish(bar: Bar, order_id: str, now: int) -> OrderState:
    """Close the workflow of a completed order."""
    done = change(bar, order_id, lambda order: model.finish(order, now), now, _finished)
    with or_later():
        tell(bar, done.news)
    return done.order.state


def _finished(_: Order, order: Order) -> list[OrderEvent]:
    return [events.OrderFinished(*order.whom)]


def give_up(bar: Bar, order_id: str, reason: Reason, now: int) -> OrderState:
    """End the order for `reason` and say so, unless somebody was faster; the state tells who was."""

    def meaning(_: Order, order: Order) -> list[OrderEvent]:
        return [_gave_up(order, reason)]

    done = change(bar, order_id, lambda order: model.end(order, reason, now), now, meaning)
    with or_later():
        tell(bar, done.news)
    return done.order.state


def _gave_up(order: Order, reason: Reason) -> OrderEvent:
    if reason is Reason.BROKEN:
        return events.OrderFailed(*order.whom, order.state.value, reason.value)
    if reason in TURNED_AWAY:
        return events.ShopUnavailable(*order.whom, reason.value)
    return events.OrderTimeOut(*order.whom, reason.value)


def execution_died(bar: Bar, order_id: str, execution_arn: str, now: int) -> None:
    """End the order whose workflow failed, was aborted or ran out of time.

    An execution that never claimed an order which another one works on is none of its business; an id that nobody
    was given (a recorded event, an execution started by hand) is left alone.
    """
    try:
        owner = bar.orders.get(order_id).execution_arn
    except NotFound:
        return
    if owner in {None, execution_arn}:
        give_up(bar, order_id, Reason.BROKEN, now)

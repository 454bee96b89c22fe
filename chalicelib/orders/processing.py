"""The Order Processor's tasks: what the workflow does with an order between its waits.

Each may run twice, late, or beside a customer's or barista's action on the same order; what the row says counts.
An event that a task may have failed to send is sent again when the task runs again: consumers bear duplicates.
"""

from chalicelib import events
from chalicelib.bar import Bar
from chalicelib.errors import NotFound
from chalicelib.events import Event
from chalicelib.orders import model
from chalicelib.orders.changing import change
from chalicelib.orders.model import TURNED_AWAY, Order, OrderState, Reason
from chalicelib.orders.workflow import OrderEnded
from chalicelib.shop.model import business_day


def ask_customer(bar: Bar, order_id: str, token: str) -> None:
    """Wait for the drink: keep the task token on the row, then tell the customer that the bar is ready.

    Raises:
        OrderEnded: the order was called off before the workflow came to ask.
    """
    order = change(bar, order_id, lambda order: model.await_customer(order, token)).order
    if order.is_terminal:
        raise OrderEnded(order.reason or order.state.value)
    if order.state is not OrderState.CREATED:
        bar.workflow.resume(token)  # answered already, to an earlier try of this task
        return
    wait = bar.shops.get(order.event_id).customer_wait_seconds
    bar.bus.tell(events.WorkflowStarted(order.event_id, order_id, order.user_id, wait))


def take_number(bar: Bar, order_id: str, now: int) -> int | None:
    """Give the order its number of the shop's day; the same again where it has one.

    None for an order that a barista completed before it got one: it needs none any more.

    Raises:
        OrderEnded: the order was called off.
    """
    order = bar.orders.get(order_id)
    if order.order_number is None and not order.is_terminal:
        zone = bar.shops.get(order.event_id).time_zone
        number = bar.numbers.next(order.event_id, business_day(now, zone))
        order = change(bar, order_id, lambda order: model.numbered(order, number, now)).order
    if order.is_terminal and order.state is not OrderState.COMPLETED:
        raise OrderEnded(order.reason or order.state.value)
    return order.order_number


def ask_barista(bar: Bar, order_id: str, token: str) -> None:
    """Wait for the drink to be made: keep the task token on the row, then tell the baristas what to make.

    Raises:
        OrderEnded: the order was called off.
    """
    order = change(bar, order_id, lambda order: model.await_barista(order, token)).order
    if order.state is OrderState.COMPLETED:
        bar.workflow.resume(token)  # a barista was faster than this task
        return
    if order.is_terminal:
        raise OrderEnded(order.reason or order.state.value)
    bar.bus.tell(*_waiting(order, bar.shops.get(order.event_id).barista_wait_seconds))


def _waiting(order: Order, wait: int) -> list[Event]:
    who = (order.event_id, order.order_id, order.user_id)
    if order.order_number is None or order.drink_order is None:
        raise ValueError(f"order {order.order_id} waits for a barista without a number or a drink")
    return [
        events.WorkflowWaitsForBarista(*who, order.order_number, wait),
        events.OrderWaitsForBarista(*who, order.order_number, order.state.value, order.drink_order.wire),
    ]


def finish(bar: Bar, order_id: str) -> OrderState:
    """Close the workflow of a completed order."""
    order = bar.orders.get(order_id)
    bar.bus.tell(events.OrderFinished(order.event_id, order_id, order.user_id))
    return order.state


def give_up(bar: Bar, order_id: str, reason: Reason, now: int) -> OrderState:
    """End the order for `reason` and say so, unless somebody was faster; the state tells who was."""
    order = change(bar, order_id, lambda order: model.end(order, reason, now)).order
    if order.reason == reason:
        bar.bus.tell(_gave_up(order, reason))
    return order.state


def _gave_up(order: Order, reason: Reason) -> Event:
    who = (order.event_id, order.order_id, order.user_id)
    if reason is Reason.BROKEN:
        return events.OrderFailed(*who, order.state.value, reason.value)
    if reason in TURNED_AWAY:
        return events.ShopUnavailable(*who, reason.value)
    return events.OrderTimeOut(*who, reason.value)


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

"""What customers and baristas do with orders: one function per thing, answered with what really happened.

Each action is one conditional write on the row, then the workflow is woken, then the bus is told. The row is the truth:
a repeated request wakes the workflow again (which does no harm) but changes nothing and tells nobody; what the bus does
not take now, or who dies before, the sweep makes good.
"""

from collections.abc import Sequence

from chalicelib import events
from chalicelib.bar import Bar
from chalicelib.events import OrderEvent
from chalicelib.identity.model import Caller, require_admin, require_sight
from chalicelib.observability import about
from chalicelib.orders import model
from chalicelib.orders.announcing import recalled
from chalicelib.orders.changing import change
from chalicelib.orders.model import Order, OrderState
from chalicelib.orders.pages import Cursor, Page
from chalicelib.orders.telling import or_later, tell
from chalicelib.shop.model import choose


def read(bar: Bar, caller: Caller, order_id: str) -> Order:
    """One order, for its owner or a barista.

    Raises:
        NotFound: no such order, or somebody else's.
    """
    order = bar.orders.get(order_id)
    about(event_id=order.event_id)
    _require_sight(caller, order)
    return order


def list_in_state(
    bar: Bar, caller: Caller, event_id: str, state: OrderState, page: Page
) -> tuple[list[Order], Cursor | None]:
    """A shop's orders in one state, oldest first, for baristas (Q27)."""
    require_admin(caller)
    return bar.orders.in_state(event_id, state, page)


def list_own(bar: Bar, caller: Caller, page: Page) -> tuple[list[Order], Cursor | None]:
    """The caller's own orders, newest first."""
    return bar.orders.of_customer(caller.user_id, page)


def submit(bar: Bar, caller: Caller, order_id: str, drink: str, modifiers: Sequence[str], now: int) -> Order:
    """The customer chooses a drink.

    Raises:
        NotFound, Forbidden: it is not the caller's order (Q29).
        Invalid: `InvalidOrder` (Q11).
        Conflict: `NotReady` (Q15) or `WrongState`.
    """

    def rule(order: Order) -> Order:
        _require_sight(caller, order)
        if model.is_submitted_as(order, caller, drink, modifiers):
            return order  # before the menu is asked, which may have changed since
        menu = bar.shops.get(order.event_id).menu
        return model.submit(order, caller, choose(menu, drink, modifiers), now)

    order = change(bar, order_id, rule, now).order
    if order.customer_token:
        bar.workflow.resume(order.customer_token)
    return order


def make(bar: Bar, caller: Caller, order_id: str, now: int) -> Order:
    """A barista claims the order.

    Raises:
        Forbidden, NotFound, Conflict: see `model.make`.
    """
    require_admin(caller)
    done = change(bar, order_id, lambda order: model.make(order, caller, now), now, _make_order)
    with or_later():
        tell(bar, done.news)
    return done.order


def unmake(bar: Bar, caller: Caller, order_id: str, now: int) -> Order:
    """A barista puts a claimed order back.

    Raises:
        Forbidden, NotFound, Conflict: see `model.unmake`.
    """
    require_admin(caller)
    done = change(bar, order_id, lambda order: model.unmake(order, caller, now), now, _make_order)
    with or_later():
        tell(bar, done.news)
    return done.order


def complete(bar: Bar, caller: Caller, order_id: str, now: int) -> Order:
    """The drink is ready.

    Raises:
        Forbidden, NotFound, Conflict: see `model.complete`.
    """
    require_admin(caller)
    done = change(bar, order_id, lambda order: model.complete(order, caller, now), now, _completed)
    if done.order.barista_token:
        bar.workflow.resume(done.order.barista_token)
    with or_later():
        tell(bar, done.news)
    return done.order


def recall(bar: Bar, caller: Caller, order_id: str, now: int) -> Order:
    """A drink that was called ready by mistake goes back to the barista, and a workflow of its own begins.

    Raises:
        Forbidden, NotFound, Conflict: see `model.recall`.
    """
    require_admin(caller)
    done = change(bar, order_id, lambda order: model.recall(order, caller, now), now, _recalled)
    with or_later():
        tell(bar, done.news)
    return done.order


def cancel(bar: Bar, caller: Caller, order_id: str, now: int) -> Order:
    """The owner, or a barista, calls the order off.

    Raises:
        NotFound, Conflict: see `model.cancel`.
    """

    def rule(order: Order) -> Order:
        _require_sight(caller, order)
        return model.cancel(order, caller, now)

    done = change(bar, order_id, rule, now, _cancelled)
    stop_workflow(bar, done.order)
    with or_later():
        tell(bar, done.news)
    return done.order


def stop_workflow(bar: Bar, order: Order) -> None:
    """Tell whichever of the two waits is on that the order has ended."""
    for token in filter(None, (order.barista_token, order.customer_token)):
        bar.workflow.stop(token, cause=order.reason or order.state.value)


def _require_sight(caller: Caller, order: Order) -> None:
    require_sight(caller, order.user_id, f"order {order.order_id}")


def _make_order(_: Order, order: Order) -> list[OrderEvent]:
    return [events.MakeOrder(*order.whom, order.barista_user_id or "", order.order_number)]


def _completed(_: Order, order: Order) -> list[OrderEvent]:
    drink = order.drink_order.wire if order.drink_order else None
    return [events.OrderCompleted(*order.whom, order.state.value, order.order_number, drink)]


def _recalled(_: Order, order: Order) -> list[OrderEvent]:
    return [recalled(order)]


def _cancelled(_: Order, order: Order) -> list[OrderEvent]:
    return [events.OrderCancelled(*order.whom, order.state.value, order.order_number, order.reason or "")]

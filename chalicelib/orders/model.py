"""An order's life as pure rules: each function takes an order as it is and gives it as it should be.

A rule that finds its work done already by the same person returns the very order it was given (`is`), so that a
repeated request has no second effect. Where the rule forbids, it raises a Refusal. No clock, no ids, no I/O.

    CREATED ──submit──> SUBMITTED ──make──> IN_PRODUCTION ──complete──> COMPLETED
       │                   │  ^ ──unmake──────── │
       └────── cancel, too slow, turned away, broken ──────> CANCELLED or FAILED

One end can be taken back: `recall` brings a drink that was called ready by mistake from COMPLETED to IN_PRODUCTION, for
RECALL_MS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from chalicelib.errors import Conflict, Forbidden, NotReady
from chalicelib.events import OrderEvent
from chalicelib.identity.model import Caller
from chalicelib.shop.model import DrinkOrder


class OrderState(StrEnum):
    """Where an order is in its life."""

    CREATED = "CREATED"
    SUBMITTED = "SUBMITTED"
    IN_PRODUCTION = "IN_PRODUCTION"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"


TERMINAL = frozenset({OrderState.COMPLETED, OrderState.CANCELLED, OrderState.FAILED})

RECALL_MS = 2 * 60_000  # for so long a finished drink can be called back: it still stands at the pick-up


class Reason(StrEnum):
    """Why an order ended without a drink; the first two are spelled as in the original."""

    CUSTOMER_TIMED_OUT = "Customer timedout"
    BARISTA_TIMED_OUT = "Barista timedout"
    SHOP_CLOSED = "Shop closed"
    BAR_FULL = "Bar full"
    CANCELLED_BY_CUSTOMER = "Cancelled by customer"
    CANCELLED_BY_BARISTA = "Cancelled by barista"
    BROKEN = "Something broke"


@dataclass(frozen=True)
class Order:
    """One order.

    Attributes:
        code_bucket: which QR code's drink it cost, so that a turned away order can give it back.
        submitted_ts: when the drink was chosen, ms; None before.
        made_ts: when a barista claimed it last, ms; None before.
        released_by: the barista who put it back last; tells a repeated `unmake` from a wrong one.
        ended_by: who completed or cancelled it; tells a repeated action from a wrong one.
        customer_token, barista_token: task tokens of the workflow's two waits. They never leave the backend.
        execution_arn: the workflow that claimed the order.
        finished_ts: when the workflow of a completed order came to its end, ms; None before.
        recalled_ts: when it was called back last, ms; None for one that was not. Another workflow looks after it since.
        news_ts: when the last of its events happened, ms; None while there is but its beginning.
        version: counts writes; a write is made only on the version that was read.
    """

    order_id: str
    event_id: str
    user_id: str
    state: OrderState
    created_ts: int
    updated_ts: int
    code_bucket: int
    drink_order: DrinkOrder | None = None
    order_number: int | None = None
    barista_user_id: str | None = None
    reason: str | None = None
    submitted_ts: int | None = None
    made_ts: int | None = None
    released_by: str | None = None
    ended_by: str | None = None
    customer_token: str | None = None
    barista_token: str | None = None
    execution_arn: str | None = None
    finished_ts: int | None = None
    recalled_ts: int | None = None
    news_ts: int | None = None
    version: int = 1

    @property
    def is_terminal(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.state in TERMINAL

    @property
    def whom(self) -> tuple[str, str, str]:
        """Whom an event of it is about: the shop, the order, the customer."""
        return self.event_id, self.order_id, self.user_id


def new_order(order_id: str, event_id: str, user_id: str, code_bucket: int, now: int) -> Order:
    """An order as it is when its code was redeemed at `now` (ms)."""
    return Order(order_id, event_id, user_id, OrderState.CREATED, now, now, code_bucket)


def view(order: Order) -> dict[str, Any]:
    """The order as the contract shows it: no token, no execution, no version."""
    return {
        "orderId": order.order_id,
        "eventId": order.event_id,
        "userId": order.user_id,
        "orderState": order.state.value,
        "drinkOrder": order.drink_order.wire if order.drink_order else None,
        "orderNumber": order.order_number,
        "baristaUserId": order.barista_user_id,
        "reason": order.reason,
        "createdTs": order.created_ts,
        "updatedTs": order.updated_ts,
    }


def wrong_state(order: Order, action: str) -> Conflict:
    """The refusal of an action that comes too early or too late."""
    return Conflict(f"cannot {action} an order that is {order.state.value}", "WrongState")


def is_submitted_as(order: Order, caller: Caller, drink: str, modifiers: Sequence[str]) -> bool:
    """Whether this customer chose exactly this before, so that choosing it again changes nothing."""
    chosen = order.drink_order
    return (
        caller.user_id == order.user_id
        and order.state in {OrderState.SUBMITTED, OrderState.IN_PRODUCTION, OrderState.COMPLETED}
        and chosen is not None
        and (chosen.drink, chosen.modifiers) == (drink, tuple(modifiers))
    )


def submit(order: Order, caller: Caller, drink: DrinkOrder, now: int) -> Order:
    """The customer chose a drink.

    Raises:
        Forbidden: a barista tried to choose for a customer.
        NotReady: the workflow has not asked yet.
        Conflict: `WrongState`; also when another drink was chosen already (Q4).
    """
    if caller.user_id != order.user_id:
        raise Forbidden("only the customer who scanned the code may choose the drink")
    if order.state is not OrderState.CREATED:
        raise wrong_state(order, "submit")
    if order.customer_token is None:
        raise NotReady("the bar is still preparing for this order; try again in a second")
    return replace(order, state=OrderState.SUBMITTED, drink_order=drink, submitted_ts=now, updated_ts=now)


def make(order: Order, barista: Caller, now: int) -> Order:
    """A barista claims the order.

    Raises:
        Conflict: `AlreadyClaimed` by somebody else (Q8), or `WrongState`.
    """
    if order.state is OrderState.IN_PRODUCTION:
        return _own_claim(order, barista)
    if order.state is not OrderState.SUBMITTED:
        raise wrong_state(order, "make")
    return replace(
        order,
        state=OrderState.IN_PRODUCTION,
        barista_user_id=barista.user_id,
        released_by=None,
        made_ts=now,
        updated_ts=now,
    )


def unmake(order: Order, barista: Caller, now: int) -> Order:
    """A barista puts a claimed order back.

    Raises:
        Conflict: `AlreadyClaimed` by somebody else, or `WrongState`.
    """
    if order.state is OrderState.SUBMITTED and order.released_by == barista.user_id:
        return order
    if order.state is not OrderState.IN_PRODUCTION:
        raise wrong_state(order, "unmake")
    _own_claim(order, barista)
    return replace(
        order,
        state=OrderState.SUBMITTED,
        barista_user_id=None,
        released_by=barista.user_id,
        made_ts=None,
        updated_ts=now,
    )


def _own_claim(order: Order, barista: Caller) -> Order:
    if order.barista_user_id != barista.user_id:
        raise Conflict("another barista is making this order", "AlreadyClaimed")
    return order


def complete(order: Order, barista: Caller, now: int) -> Order:
    """The drink is ready.

    Raises:
        Conflict: `WrongState`.
    """
    if order.state is OrderState.COMPLETED and order.ended_by == barista.user_id:
        return order
    if order.state not in {OrderState.SUBMITTED, OrderState.IN_PRODUCTION}:
        raise wrong_state(order, "complete")
    return replace(order, state=OrderState.COMPLETED, ended_by=barista.user_id, updated_ts=now)


def recall(order: Order, barista: Caller, now: int) -> Order:
    """The drink was called ready by mistake: whoever calls it back makes it.

    The workflow that saw it ready has to be over, so that none of its last steps meets the order again; then another
    one claims it.

    Raises:
        NotReady: that workflow is about to end.
        Conflict: `TooLate`, or `WrongState`.
    """
    own = order.barista_user_id == barista.user_id
    if order.state is OrderState.IN_PRODUCTION and order.recalled_ts is not None and own:
        return order
    if order.state is not OrderState.COMPLETED:
        raise wrong_state(order, "recall")
    if now - order.updated_ts > RECALL_MS:
        raise Conflict("a drink can be called back for two minutes after it was ready", "TooLate")
    if order.finished_ts is None:
        raise NotReady("the bar is still finishing this order; try again in a second")
    return replace(
        order,
        state=OrderState.IN_PRODUCTION,
        barista_user_id=barista.user_id,
        ended_by=None,
        released_by=None,
        barista_token=None,
        execution_arn=None,
        finished_ts=None,
        made_ts=now,
        recalled_ts=now,
        updated_ts=now,
    )


def cancel(order: Order, caller: Caller, now: int) -> Order:
    """The customer, before the drink is being made, or a barista at any time, calls it off.

    Raises:
        Conflict: `WrongState`.
    """
    if order.state is OrderState.CANCELLED and order.ended_by == caller.user_id:
        return order
    being_made = order.state is OrderState.IN_PRODUCTION
    if order.is_terminal or (being_made and not caller.is_admin):
        raise wrong_state(order, "cancel")
    own = caller.user_id == order.user_id
    reason = Reason.CANCELLED_BY_CUSTOMER if own else Reason.CANCELLED_BY_BARISTA
    return replace(order, state=OrderState.CANCELLED, reason=reason, ended_by=caller.user_id, updated_ts=now)


def await_customer(order: Order, token: str) -> Order:
    """The workflow asks for the drink. An order that ended meanwhile stays as it is."""
    return order if order.is_terminal else replace(order, customer_token=token)


def await_barista(order: Order, token: str) -> Order:
    """The workflow asks for a barista. An order that ended meanwhile stays as it is."""
    return order if order.is_terminal else replace(order, barista_token=token)


def numbered(order: Order, take: Callable[[], int], now: int) -> Order:
    """The order gets its number, once; none is taken for one that needs none."""
    if order.is_terminal or order.order_number is not None:
        return order
    return replace(order, order_number=take(), updated_ts=now)


# The states in which each of the workflow's endings still applies. Outside of them somebody was faster, and the row
# is the truth: a drink submitted in the last instant of the customer's time is made, not cancelled.
_ENDS_FROM: dict[Reason, frozenset[OrderState]] = {
    Reason.CUSTOMER_TIMED_OUT: frozenset({OrderState.CREATED}),
    Reason.SHOP_CLOSED: frozenset({OrderState.CREATED}),
    Reason.BAR_FULL: frozenset({OrderState.CREATED}),
    Reason.BARISTA_TIMED_OUT: frozenset({OrderState.SUBMITTED, OrderState.IN_PRODUCTION}),
    Reason.BROKEN: frozenset(OrderState) - TERMINAL,
}

TURNED_AWAY = frozenset({Reason.SHOP_CLOSED, Reason.BAR_FULL})


def end(order: Order, reason: Reason, now: int) -> Order:
    """The workflow gives the order up for `reason`, where that still applies; otherwise the order stays as it is."""
    if order.state not in _ENDS_FROM[reason]:
        return order
    state = OrderState.FAILED if reason is Reason.BROKEN else OrderState.CANCELLED
    return replace(order, state=state, reason=reason, updated_ts=now)


def finish(order: Order, now: int) -> Order:
    """The workflow of a completed order is over; one that was called back meanwhile stays as it is."""
    is_over = order.state is OrderState.COMPLETED and order.finished_ts is None
    return replace(order, finished_ts=now) if is_over else order


def stamped(order: Order, events: Sequence[OrderEvent], now: int) -> tuple[Order, Sequence[OrderEvent]]:
    """The events with their moments, and the order that remembers the last.

    Each is later than any before it of the same order, however many clocks there are and whatever they say (Q53).
    """
    if not events:
        return order, events
    first = max(now, (order.news_ts or order.created_ts) + 1)
    news = [replace(event, at=first + place) for place, event in enumerate(events)]
    return replace(order, news_ts=news[-1].at), news

"""Who may do what in which state: the whole table of the contract, and what each allowed action sets off."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.errors import Refusal
from chalicelib.identity.model import Caller
from chalicelib.orders import service
from chalicelib.orders.model import Order, OrderState
from tests.support.memory_bar import MemoryBar
from tests.support.orders import BARISTA_TOKEN, CUSTOMER_TOKEN, LATTE, NOW, ORDER
from tests.support.people import PEOPLE

LATER = NOW + 5_000

# Each cell is the state after the action, `same` for an order that is answered as it is, or the code of a refusal.
# The order is the owner's; `barista` claimed it where it is in production and completed it where it is completed;
# the owner cancelled it where it is cancelled. The drink submitted is the one on the order, if there is one.
TABLE = """
action    who       CREATED     SUBMITTED      IN_PRODUCTION   COMPLETED   CANCELLED   FAILED
submit    owner     SUBMITTED   same           same            same        WrongState  WrongState
submit    stranger  NotFound    NotFound       NotFound        NotFound    NotFound    NotFound
submit    barista   Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
submit    other     Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
make      owner     Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
make      stranger  Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
make      barista   WrongState  IN_PRODUCTION  same            WrongState  WrongState  WrongState
make      other     WrongState  IN_PRODUCTION  AlreadyClaimed  WrongState  WrongState  WrongState
unmake    owner     Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
unmake    stranger  Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
unmake    barista   WrongState  WrongState     SUBMITTED       WrongState  WrongState  WrongState
unmake    other     WrongState  WrongState     AlreadyClaimed  WrongState  WrongState  WrongState
recall    owner     Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
recall    stranger  Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
recall    barista   WrongState  WrongState     WrongState      IN_PRODUCTION  WrongState  WrongState
recall    other     WrongState  WrongState     WrongState      IN_PRODUCTION  WrongState  WrongState
complete  owner     Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
complete  stranger  Forbidden   Forbidden      Forbidden       Forbidden   Forbidden   Forbidden
complete  barista   WrongState  COMPLETED      COMPLETED       same        WrongState  WrongState
complete  other     WrongState  COMPLETED      COMPLETED       WrongState  WrongState  WrongState
cancel    owner     CANCELLED   CANCELLED      WrongState      WrongState  same        WrongState
cancel    stranger  NotFound    NotFound       NotFound        NotFound    NotFound    NotFound
cancel    barista   CANCELLED   CANCELLED      CANCELLED       WrongState  WrongState  WrongState
cancel    other     CANCELLED   CANCELLED      CANCELLED       WrongState  WrongState  WrongState
"""

ACTIONS: dict[str, Callable[[MemoryBar, Caller], Order]] = {
    "submit": lambda bar, who: service.submit(bar, who, ORDER, LATTE.drink, LATTE.modifiers, LATER),
    "make": lambda bar, who: service.make(bar, who, ORDER, LATER),
    "unmake": lambda bar, who: service.unmake(bar, who, ORDER, LATER),
    "complete": lambda bar, who: service.complete(bar, who, ORDER, LATER),
    "recall": lambda bar, who: service.recall(bar, who, ORDER, LATER),
    "cancel": lambda bar, who: service.cancel(bar, who, ORDER, LATER),
}

TOLD = {
    "submit": [],  # the workflow tells, once the order has its number
    "make": ["OrderManager.MakeOrder"],
    "unmake": ["OrderManager.MakeOrder"],
    "complete": ["OrderManager.OrderCompleted"],
    "recall": ["OrderManager.OrderRecalled"],
    "cancel": ["OrderManager.OrderCancelled"],
}


def cells() -> Iterator[tuple[str, str, OrderState, str]]:
    header, *rows = (line.split() for line in TABLE.strip().splitlines())
    for action, who, *outcomes in rows:
        for state, outcome in zip(header[2:], outcomes, strict=True):
            yield action, who, OrderState(state), outcome


def cells_with(*, change: bool = False, same: bool = False, refusal: bool = False) -> list[tuple[str, str, str, str]]:
    def wanted(outcome: str) -> bool:
        return same if outcome == "same" else change if outcome in set(OrderState) else refusal

    return [cell for cell in cells() if wanted(cell[3])]


def test_the_table_has_every_action_of_everybody_in_every_state() -> None:
    seen = {(action, who, state) for action, who, state, _ in cells()}
    assert len(seen) == len(ACTIONS) * len(PEOPLE) * len(OrderState)


@pytest.mark.parametrize(("action", "who", "state", "becomes"), cells_with(change=True))
def test_q38_an_allowed_action_is_answered_with_the_row_and_told_once(
    bar: MemoryBar, action: str, who: str, state: OrderState, becomes: str
) -> None:
    before = bar.with_order(state)
    answered = ACTIONS[action](bar, PEOPLE[who])
    stored = bar.orders.get(ORDER)
    assert answered == stored
    assert stored.state == becomes
    assert (stored.version, stored.updated_ts) == (before.version + 1, LATER)
    assert bar.bus.types == TOLD[action]


@pytest.mark.parametrize(("action", "who", "state", "_same"), cells_with(same=True))
def test_a_repeated_action_answers_with_the_same_order_and_tells_nobody(
    bar: MemoryBar, action: str, who: str, state: OrderState, _same: str
) -> None:
    before = bar.with_order(state)
    assert ACTIONS[action](bar, PEOPLE[who]) == before
    assert bar.orders.get(ORDER) == before
    assert bar.bus.told == []


@pytest.mark.parametrize(("action", "who", "state", "code"), cells_with(refusal=True))
def test_q6_q8_q26_a_refused_action_leaves_everything_alone(
    bar: MemoryBar, action: str, who: str, state: OrderState, code: str
) -> None:
    """No action undoes an end, no customer does what a barista does, nobody takes over another's claim."""
    before = bar.with_order(state)
    with pytest.raises(Refusal) as refused:
        ACTIONS[action](bar, PEOPLE[who])
    assert refused.value.code == code
    assert bar.orders.get(ORDER) == before
    assert (bar.bus.told, bar.workflow.resumed, bar.workflow.stopped) == ([], [], [])


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", PEOPLE)
def test_q6_an_unknown_order_is_refused_and_no_row_appears(bar: MemoryBar, action: str, who: str) -> None:
    with pytest.raises(Refusal) as refused:
        ACTIONS[action](bar, PEOPLE[who])
    assert refused.value.code in {"NotFound", "Forbidden"}
    assert bar.orders.rows == {}


@pytest.mark.parametrize(
    ("action", "who", "token"), [("submit", "owner", CUSTOMER_TOKEN), ("complete", "barista", BARISTA_TOKEN)]
)
def test_a_done_action_wakes_the_workflow_and_so_does_its_repetition(
    bar: MemoryBar, action: str, who: str, token: str
) -> None:
    """A repetition after a crash between row and workflow finishes the work; a token used twice does no harm."""
    bar.with_order(OrderState.CREATED if action == "submit" else OrderState.IN_PRODUCTION)
    ACTIONS[action](bar, PEOPLE[who])
    ACTIONS[action](bar, PEOPLE[who])
    assert bar.workflow.resumed == [token, token]
    assert bar.workflow.stopped == []


@pytest.mark.parametrize("state", [OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION])
def test_q3_cancelling_stops_the_workflow_with_a_failure_never_a_success(bar: MemoryBar, state: OrderState) -> None:
    order = bar.with_order(state)
    cancelled = ACTIONS["cancel"](bar, PEOPLE["barista"])
    tokens = [token for token in (order.barista_token, order.customer_token) if token]
    assert bar.workflow.stopped == [(token, cancelled.reason) for token in tokens]
    assert bar.workflow.resumed == []


@pytest.mark.parametrize(("action", "state"), [("complete", "IN_PRODUCTION"), ("cancel", "SUBMITTED")])
def test_an_order_that_ends_gives_back_its_place_and_the_customers(bar: MemoryBar, action: str, state: str) -> None:
    order = bar.with_order(OrderState(state))
    ACTIONS[action](bar, PEOPLE["barista"])
    assert bar.shops.places(order.event_id) == frozenset()
    assert bar.customers.live[order.user_id, order.event_id] == set()


@pytest.mark.parametrize(("who", "reason"), [("owner", "Cancelled by customer"), ("barista", "Cancelled by barista")])
def test_the_reason_names_who_cancelled(bar: MemoryBar, who: str, reason: str) -> None:
    bar.with_order(OrderState.SUBMITTED)
    assert ACTIONS["cancel"](bar, PEOPLE[who]).reason == reason


@pytest.mark.parametrize("action", ["cancel", "complete"])
def test_an_order_of_a_shop_that_is_gone_can_end(bar: MemoryBar, action: str) -> None:
    order = bar.with_order(OrderState.SUBMITTED)
    bar.shops.rows.clear()
    assert ACTIONS[action](bar, PEOPLE["barista"]).is_terminal
    assert bar.orders.get(ORDER).is_terminal
    assert bar.customers.live[order.user_id, order.event_id] == set()
    assert bar.bus.types == TOLD[action]
    assert bar.shops.rows == {}

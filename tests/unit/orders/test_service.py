"""What customers and baristas do with orders beyond the table of actions: reading, choosing, a bus that refuses."""

import pytest

from chalicelib.errors import Conflict, Forbidden, Invalid, NotFound, NotReady
from chalicelib.events import MakeOrder, OrderCancelled, OrderCompleted
from chalicelib.identity.model import Caller
from chalicelib.orders import service
from chalicelib.orders.model import OrderState
from chalicelib.orders.pages import Page
from tests.support.memory_bar import MemoryBar
from tests.support.orders import ESPRESSO, EVENT, LATTE, MENU, NOW, ORDER, order_in
from tests.support.people import BARISTA, OTHER_BARISTA, OWNER, STRANGER

CREATED, SUBMITTED, IN_PRODUCTION = OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION
WHO = (EVENT, ORDER, OWNER.user_id)


@pytest.mark.parametrize("who", [OWNER, BARISTA])
def test_the_owner_and_baristas_read_an_order(bar: MemoryBar, who: Caller) -> None:
    order = bar.with_order(SUBMITTED)
    assert service.read(bar, who, ORDER) == order


def test_q27_for_a_stranger_the_order_does_not_exist_in_the_same_words_as_one_that_does_not(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    with pytest.raises(NotFound) as hidden:
        service.read(bar, STRANGER, ORDER)
    with pytest.raises(NotFound) as missing:
        service.read(bar, STRANGER, "order-2")
    assert str(hidden.value).replace(ORDER, "order-2") == str(missing.value)


def test_q27_only_baristas_list_a_shops_orders(bar: MemoryBar) -> None:
    order = bar.with_order(SUBMITTED)
    assert service.list_in_state(bar, BARISTA, EVENT, SUBMITTED, Page()) == ([order], None)
    with pytest.raises(Forbidden):
        service.list_in_state(bar, OWNER, EVENT, SUBMITTED, Page())


def test_a_customer_lists_own_orders_only(bar: MemoryBar) -> None:
    order = bar.with_order(SUBMITTED)
    bar.orders.put(order_in(CREATED, order_id="not-mine", user_id=STRANGER.user_id))
    assert service.list_own(bar, OWNER, Page()) == ([order], None)


@pytest.mark.parametrize(("drink", "modifiers"), [("Tea", []), ("Mocha", []), ("Latte", ["Soy"])])
def test_q11_an_invalid_choice_is_refused_and_the_customer_may_choose_again(
    bar: MemoryBar, drink: str, modifiers: list[str]
) -> None:
    before = bar.with_order(CREATED)
    with pytest.raises(Invalid) as refused:
        service.submit(bar, OWNER, ORDER, drink, modifiers, NOW)
    assert refused.value.code == "InvalidOrder"
    assert bar.orders.get(ORDER) == before
    assert service.submit(bar, OWNER, ORDER, LATTE.drink, LATTE.modifiers, NOW).state is SUBMITTED


def test_a_repeated_submit_is_not_judged_by_a_menu_that_changed_since(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    first = service.submit(bar, OWNER, ORDER, LATTE.drink, LATTE.modifiers, NOW)
    bar.configure(menu=MENU[1:])
    assert service.submit(bar, OWNER, ORDER, LATTE.drink, LATTE.modifiers, NOW + 1) == first


def test_the_icon_comes_from_the_menu(bar: MemoryBar) -> None:
    """The original stored whatever picture the client named."""
    bar.with_order(CREATED)
    assert service.submit(bar, OWNER, ORDER, "Espresso", [], NOW).drink_order == ESPRESSO


def test_q15_a_submit_that_beats_the_workflow_is_accepted_a_moment_later(bar: MemoryBar) -> None:
    bar.with_order(CREATED, customer_token=None)
    with pytest.raises(NotReady):
        service.submit(bar, OWNER, ORDER, "Espresso", [], NOW)
    bar.with_order(CREATED)
    assert service.submit(bar, OWNER, ORDER, "Espresso", [], NOW).state is SUBMITTED


def test_q29_a_barista_cannot_choose_a_customers_drink(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    with pytest.raises(Forbidden):
        service.submit(bar, BARISTA, ORDER, "Espresso", [], NOW)


def test_a_claim_and_putting_back_are_told_with_who_it_was(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    service.make(bar, BARISTA, ORDER, NOW)
    service.unmake(bar, BARISTA, ORDER, NOW)
    assert bar.bus.told == [MakeOrder(*WHO, BARISTA.user_id, 7), MakeOrder(*WHO, "", 7)]


def test_q9_completing_and_cancelling_are_told_apart(bar: MemoryBar) -> None:
    bar.with_order(IN_PRODUCTION)
    service.complete(bar, OTHER_BARISTA, ORDER, NOW)
    bar.with_order(SUBMITTED)
    service.cancel(bar, OWNER, ORDER, NOW)
    assert bar.bus.told == [
        OrderCompleted(*WHO, "COMPLETED", 7, LATTE.wire),
        OrderCancelled(*WHO, "CANCELLED", 7, "Cancelled by customer"),
    ]


def test_cancelling_somebody_elses_order_is_not_told_from_cancelling_none(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    with pytest.raises(NotFound):
        service.cancel(bar, STRANGER, ORDER, NOW)


def test_q7_when_the_bus_refuses_the_row_is_the_truth_and_the_workflow_was_woken(bar: MemoryBar) -> None:
    bar.with_order(IN_PRODUCTION)
    bar.bus.refusals = 1
    assert service.complete(bar, BARISTA, ORDER, NOW).state is OrderState.COMPLETED
    assert bar.orders.get(ORDER).state is OrderState.COMPLETED
    assert bar.outbox.of_order(ORDER) == [[OrderCompleted(*WHO, "COMPLETED", 7, LATTE.wire)]]
    assert bar.workflow.resumed == ["barista-task-token"]


@pytest.mark.parametrize("state", [IN_PRODUCTION, SUBMITTED])
def test_a_barista_may_call_off_what_is_being_made_its_customer_may_not(bar: MemoryBar, state: OrderState) -> None:
    bar.with_order(state)
    if state is IN_PRODUCTION:
        with pytest.raises(Conflict):
            service.cancel(bar, OWNER, ORDER, NOW)
    assert service.cancel(bar, OTHER_BARISTA, ORDER, NOW).state is OrderState.CANCELLED

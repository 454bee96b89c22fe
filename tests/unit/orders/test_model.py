"""An order's rules one by one, beyond the table of who may do what."""

from dataclasses import fields, replace

import pytest

from chalicelib.errors import Conflict, NotReady
from chalicelib.events import OrderFinished, WorkflowStarted
from chalicelib.identity.model import Caller
from chalicelib.orders import model
from chalicelib.orders.model import TERMINAL, Order, OrderState, Reason
from tests.support.orders import BARISTA_TOKEN, CUSTOMER_TOKEN, ESPRESSO, LATTE, NOW, order_in
from tests.support.people import BARISTA, OTHER_BARISTA, OWNER, STRANGER

CREATED, SUBMITTED, IN_PRODUCTION = OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION
LATER = NOW + 1_000
LIVE = sorted(set(OrderState) - TERMINAL)


def test_the_very_order_comes_back_where_there_is_nothing_to_do() -> None:
    """Not an equal one: `is` is how a caller knows that nothing has to be written or told."""
    claimed = order_in(IN_PRODUCTION)
    released = order_in(SUBMITTED, released_by=BARISTA.user_id)
    completed, cancelled = order_in(OrderState.COMPLETED), order_in(OrderState.CANCELLED)
    assert model.make(claimed, BARISTA, LATER) is claimed
    assert model.unmake(released, BARISTA, LATER) is released
    assert model.complete(completed, BARISTA, LATER) is completed
    assert model.cancel(cancelled, OWNER, LATER) is cancelled


@pytest.mark.parametrize("state", [SUBMITTED, IN_PRODUCTION])
def test_q4_a_second_submit_with_another_drink_is_refused(state: OrderState) -> None:
    with pytest.raises(Conflict, match=f"cannot submit an order that is {state}"):
        model.submit(order_in(state), OWNER, ESPRESSO, LATER)


CHOSEN = [SUBMITTED, IN_PRODUCTION, OrderState.COMPLETED]


@pytest.mark.parametrize("state", OrderState)
def test_a_drink_counts_as_submitted_from_the_choice_on_unless_the_order_was_called_off(state: OrderState) -> None:
    order = order_in(state, drink_order=LATTE if state in CHOSEN else None)
    assert model.is_submitted_as(order, OWNER, "Latte", ["Oat"]) == (state in CHOSEN)


@pytest.mark.parametrize(
    ("who", "drink", "modifiers"),
    [(STRANGER, "Latte", ["Oat"]), (OWNER, "Espresso", ["Oat"]), (OWNER, "Latte", []), (OWNER, "Latte", ["Regular"])],
)
def test_another_choice_or_another_customers_is_no_repetition(who: Caller, drink: str, modifiers: list[str]) -> None:
    assert not model.is_submitted_as(order_in(SUBMITTED), who, drink, modifiers)


def test_q15_a_submit_that_beats_the_workflow_is_told_to_come_back() -> None:
    with pytest.raises(NotReady) as refused:
        model.submit(order_in(CREATED, customer_token=None), OWNER, LATTE, LATER)
    assert (refused.value.code, refused.value.retry_after) == ("NotReady", 1)


def test_submitting_keeps_drink_and_moment() -> None:
    order = model.submit(order_in(CREATED), OWNER, LATTE, LATER)
    assert (order.drink_order, order.submitted_ts, order.updated_ts) == (LATTE, LATER, LATER)


def test_q8_a_claimed_order_stays_with_the_first_barista() -> None:
    claimed = model.make(order_in(SUBMITTED), BARISTA, LATER)
    assert (claimed.barista_user_id, claimed.made_ts) == (BARISTA.user_id, LATER)
    with pytest.raises(Conflict) as refused:
        model.make(claimed, OTHER_BARISTA, LATER)
    assert refused.value.code == "AlreadyClaimed"


def test_an_order_put_back_is_free_for_anybody_and_no_longer_claimed() -> None:
    free = model.unmake(order_in(IN_PRODUCTION), BARISTA, LATER)
    assert (free.state, free.barista_user_id, free.made_ts) == (SUBMITTED, None, None)
    assert model.make(free, OTHER_BARISTA, LATER).barista_user_id == OTHER_BARISTA.user_id


def test_a_late_repetition_of_unmake_does_not_release_somebody_elses_claim() -> None:
    released = model.unmake(order_in(IN_PRODUCTION), BARISTA, LATER)
    taken_over = model.make(released, OTHER_BARISTA, LATER)
    with pytest.raises(Conflict) as refused:
        model.unmake(taken_over, BARISTA, LATER)
    assert refused.value.code == "AlreadyClaimed"
    put_back = model.unmake(taken_over, OTHER_BARISTA, LATER)
    with pytest.raises(Conflict):
        model.unmake(put_back, BARISTA, LATER)


def test_completing_keeps_who_made_it_and_says_who_ended_it() -> None:
    order = model.complete(order_in(IN_PRODUCTION), OTHER_BARISTA, LATER)
    assert (order.barista_user_id, order.ended_by) == (BARISTA.user_id, OTHER_BARISTA.user_id)


def test_q6_completing_and_cancelling_move_the_time_of_the_last_change() -> None:
    assert model.complete(order_in(IN_PRODUCTION), BARISTA, LATER).updated_ts == LATER
    assert model.cancel(order_in(CREATED), OWNER, LATER).updated_ts == LATER


@pytest.mark.parametrize("state", LIVE)
def test_the_workflow_leaves_its_tokens_on_a_live_order(state: OrderState) -> None:
    order = order_in(state)
    assert model.await_customer(order, "new").customer_token == "new"
    assert model.await_barista(order, "new").barista_token == "new"


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_q14_a_late_workflow_changes_nothing_on_an_order_that_ended(state: OrderState) -> None:
    order = order_in(state, order_number=None)
    assert model.await_customer(order, "late") is order
    assert model.await_barista(order, "late") is order
    assert model.numbered(order, lambda: 99, LATER) is order
    assert all(model.end(order, reason, LATER) is order for reason in ENDS)


def test_q14_a_number_is_given_once() -> None:
    numbered = model.numbered(order_in(SUBMITTED, order_number=None), lambda: 3, LATER)
    assert numbered.order_number == 3
    assert model.numbered(numbered, lambda: 4, LATER) is numbered


# The workflow's endings, the states in which each still applies, and what it then is.
ENDS: dict[Reason, tuple[set[OrderState], OrderState]] = {
    Reason.CUSTOMER_TIMED_OUT: ({CREATED}, OrderState.CANCELLED),
    Reason.SHOP_CLOSED: ({CREATED}, OrderState.CANCELLED),
    Reason.BAR_FULL: ({CREATED}, OrderState.CANCELLED),
    Reason.BARISTA_TIMED_OUT: ({SUBMITTED, IN_PRODUCTION}, OrderState.CANCELLED),
    Reason.BROKEN: ({CREATED, SUBMITTED, IN_PRODUCTION}, OrderState.FAILED),
}


@pytest.mark.parametrize("reason", ENDS)
@pytest.mark.parametrize("state", OrderState)
def test_q17_the_workflow_ends_an_order_only_where_nobody_was_faster(reason: Reason, state: OrderState) -> None:
    order, (applies, becomes) = order_in(state), ENDS[reason]
    ended = model.end(order, reason, LATER)
    if state in applies:
        assert ended == replace(order, state=becomes, reason=reason, updated_ts=LATER)
    else:
        assert ended is order


def test_a_new_order_waits_for_its_drink() -> None:
    order = model.new_order("id", "ABC", "somebody", 17, NOW)
    assert (order.state, order.created_ts, order.updated_ts, order.version) == (CREATED, NOW, NOW, 1)
    assert not order.is_terminal


def test_the_view_has_the_contracts_fields_and_no_more() -> None:
    assert model.view(order_in(IN_PRODUCTION)) == {
        "orderId": "order-1",
        "eventId": "ABC",
        "userId": "customer-1",
        "orderState": "IN_PRODUCTION",
        "drinkOrder": {"drink": "Latte", "modifiers": ["Oat"], "icon": "latte"},
        "orderNumber": 7,
        "baristaUserId": "barista-1",
        "reason": None,
        "createdTs": NOW,
        "updatedTs": NOW,
    }


@pytest.mark.parametrize("state", OrderState)
def test_q31_no_task_token_and_no_execution_is_in_the_view(state: OrderState) -> None:
    hidden = {CUSTOMER_TOKEN, BARISTA_TOKEN, "arn:secret"}
    shown = model.view(order_in(state, barista_token=BARISTA_TOKEN, execution_arn="arn:secret"))
    assert hidden.isdisjoint(map(str, shown.values()))


def test_every_field_of_an_order_is_set_by_some_state_of_the_test_data() -> None:
    """Keeps the test data honest when a field is added."""
    states = [order_in(state) for state in OrderState]
    set_elsewhere = {"released_by", "execution_arn", "recalled_ts", "news_ts"}  # set by what happens
    unset = {field.name for field in fields(Order) if all(getattr(order, field.name) is None for order in states)}
    assert unset == set_elsewhere


@pytest.mark.parametrize(
    ("now", "moments"),
    [(LATER, [LATER, LATER + 1]), (NOW, [NOW + 6, NOW + 7]), (NOW - LATER, [NOW + 6, NOW + 7])],
)
def test_q53_an_orders_events_happen_one_after_the_other_whatever_the_clocks_say(now: int, moments: list[int]) -> None:
    order = order_in(SUBMITTED, news_ts=NOW + 5)
    after, news = model.stamped(order, [WorkflowStarted(*order.whom, 300), OrderFinished(*order.whom)], now)
    assert [event.at for event in news] == moments
    assert after == replace(order, news_ts=moments[-1])


def test_an_orders_first_event_after_its_beginning_is_later_than_that() -> None:
    order = order_in(CREATED)
    _, (event,) = model.stamped(order, [OrderFinished(*order.whom)], order.created_ts)
    assert event.at == order.created_ts + 1


def test_a_change_without_events_leaves_the_order_as_it_is() -> None:
    order = order_in(CREATED)
    assert model.stamped(order, [], LATER) == (order, [])

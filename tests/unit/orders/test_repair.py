"""The sweep: it finds what is stuck, mends it, and leaves a healthy bar alone."""

import json
from dataclasses import replace
from io import StringIO

import pytest

from chalicelib.bus import NotDelivered
from chalicelib.events import NewOrder
from chalicelib.orders.model import Order, OrderState
from chalicelib.orders.repair import IN_VAIN_MS, SETTLED_MS, Mended, Remedy, remedy, sweep
from chalicelib.orders.workflow import Execution
from tests.support.memory_bar import MemoryBar
from tests.support.memory_orders import MemoryOrders
from tests.support.orders import BARISTA_TOKEN, CUSTOMER_TOKEN, EVENT, NOW, ORDER, SHOP, order_in

CREATED, SUBMITTED = OrderState.CREATED, OrderState.SUBMITTED
MACHINE, RUN = "arn:machine", "arn:run"
SETTLED = NOW + SETTLED_MS
NOTHING = Mended()


def execution(*, is_running: bool) -> Execution:
    return Execution(RUN, is_running, ORDER)


@pytest.mark.parametrize(
    ("claimed", "running", "at", "needs"),
    [
        (False, False, SETTLED - 1, Remedy.NOTHING),
        (False, False, SETTLED, Remedy.ANNOUNCE),
        (False, False, NOW + IN_VAIN_MS - 1, Remedy.ANNOUNCE),
        (False, False, NOW + IN_VAIN_MS, Remedy.GIVE_UP),
        (True, True, SETTLED, Remedy.NOTHING),
        (True, True, NOW + IN_VAIN_MS, Remedy.NOTHING),
        (True, False, SETTLED - 1, Remedy.NOTHING),
        (True, False, SETTLED, Remedy.GIVE_UP),
    ],
)
def test_what_a_live_order_needs(*, claimed: bool, running: bool, at: int, needs: Remedy) -> None:
    order = order_in(CREATED, execution_arn=RUN if claimed else None)
    assert remedy(order, execution(is_running=running) if claimed else None, at) is needs


@pytest.mark.parametrize("state", [SUBMITTED, OrderState.IN_PRODUCTION])
@pytest.mark.parametrize(
    ("number", "at", "needs"),
    [(None, SETTLED - 1, Remedy.NOTHING), (None, SETTLED, Remedy.RESUME), (7, SETTLED, Remedy.NOTHING)],
)
def test_a_drink_that_the_workflow_has_not_heard_of_is_told_to_it(
    state: OrderState, number: int | None, at: int, needs: Remedy
) -> None:
    order = order_in(state, execution_arn=RUN, order_number=number)
    assert remedy(order, execution(is_running=True), at) is needs


def test_an_order_whose_execution_is_forgotten_is_given_up() -> None:
    assert remedy(order_in(SUBMITTED, execution_arn=RUN), None, SETTLED) is Remedy.GIVE_UP


def test_q25_an_order_that_no_workflow_heard_of_is_announced_again(bar: MemoryBar) -> None:
    bar.with_order(CREATED, customer_token=None)
    assert sweep(bar, MACHINE, SETTLED).announced == [ORDER]
    assert [type(event) for event in bar.bus.told] == [NewOrder]


def test_q10_an_order_whose_workflow_is_dead_ends_with_a_reason(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, execution_arn=RUN)
    bar.workflow.executions[RUN] = execution(is_running=False)
    assert sweep(bar, MACHINE, SETTLED) == Mended(given_up=[ORDER])
    assert bar.orders.get(ORDER).state is OrderState.FAILED
    assert bar.bus.types == ["OrderManager.OrderFailed"]
    assert bar.shops.places(EVENT) == frozenset()


def test_a_place_of_an_order_that_has_ended_is_freed(bar: MemoryBar) -> None:
    bar.with_order(OrderState.COMPLETED)
    bar.shops.held[EVENT] |= {ORDER, "an order that never was"}
    assert sorted(sweep(bar, MACHINE, SETTLED).freed) == ["an order that never was", ORDER]
    assert bar.shops.places(EVENT) == frozenset()


def test_a_customer_who_holds_an_order_that_is_over_may_order_again(bar: MemoryBar) -> None:
    whose = (bar.with_order(OrderState.COMPLETED).user_id, EVENT)
    nowhere = ("somebody", "a shop that is gone")
    bar.customers.live.update({whose: {ORDER}, nowhere: {"an order that never was"}})
    assert sweep(bar, MACHINE, SETTLED - 1) == Mended(freed=["an order that never was"])
    assert bar.customers.live == {whose: {ORDER}, nowhere: set()}
    assert sweep(bar, MACHINE, SETTLED) == Mended(freed=[ORDER])
    assert bar.customers.live[whose] == set()


def test_an_order_that_is_over_and_holds_both_places_is_told_once(bar: MemoryBar) -> None:
    order = bar.with_order(OrderState.COMPLETED)
    bar.shops.held[EVENT].add(ORDER)
    bar.customers.live[order.user_id, EVENT].add(ORDER)
    assert sweep(bar, MACHINE, SETTLED) == Mended(freed=[ORDER])


def test_a_workflow_that_waits_for_an_order_that_has_ended_is_stopped(bar: MemoryBar) -> None:
    bar.with_order(OrderState.CANCELLED)
    bar.workflow.executions[RUN] = execution(is_running=True)
    assert sweep(bar, MACHINE, SETTLED).stopped == [RUN]
    assert bar.workflow.aborted == [RUN]


@pytest.mark.parametrize(
    ("claimed_by", "at", "woken"),
    [(RUN, SETTLED, True), (RUN, NOW + IN_VAIN_MS, False), ("arn:another", SETTLED, False)],
)
def test_a_workflow_that_did_not_hear_that_its_order_is_completed_may_finish(
    bar: MemoryBar, claimed_by: str, at: int, *, woken: bool
) -> None:
    bar.with_order(OrderState.COMPLETED, execution_arn=claimed_by)
    bar.workflow.executions[RUN] = execution(is_running=True)
    assert sweep(bar, MACHINE, at) == (Mended(resumed=[ORDER]) if woken else Mended(stopped=[RUN]))
    assert bar.workflow.resumed == ([CUSTOMER_TOKEN, BARISTA_TOKEN] if woken else [])


def test_a_workflow_that_is_just_finishing_is_left_alone(bar: MemoryBar) -> None:
    """It runs for long, but its order was completed a moment ago and its last state is still to come."""
    bar.with_order(OrderState.COMPLETED, updated_ts=NOW + 1)
    bar.workflow.executions[RUN] = execution(is_running=True)
    assert sweep(bar, MACHINE, SETTLED) == NOTHING
    assert bar.workflow.aborted == []


def test_an_execution_without_an_order_is_nobodys_business(bar: MemoryBar) -> None:
    bar.workflow.executions[RUN] = Execution(RUN, is_running=True, order_id=None)
    assert sweep(bar, MACHINE, SETTLED) == NOTHING


@pytest.mark.parametrize("state", [CREATED, SUBMITTED, OrderState.IN_PRODUCTION])
def test_on_a_healthy_bar_it_does_nothing(bar: MemoryBar, state: OrderState) -> None:
    before = bar.with_order(state, execution_arn=RUN)
    bar.workflow.executions[RUN] = execution(is_running=True)
    assert sweep(bar, MACHINE, SETTLED) == NOTHING
    assert bar.orders.get(ORDER) == before
    assert (bar.bus.told, bar.workflow.aborted) == ([], [])
    assert bar.shops.places(EVENT) == {ORDER}
    assert bar.customers.live == {(before.user_id, EVENT): {ORDER}}


def test_it_looks_at_every_shop_and_every_page(bar: MemoryBar) -> None:
    bar.shops.create(type(SHOP)("XYZ", store_open=False, menu=()))
    ids = [f"order-{i:03}" for i in range(250)]
    for order_id in ids:
        bar.with_order(CREATED, order_id=order_id, event_id="XYZ")
    assert sorted(sweep(bar, MACHINE, SETTLED).announced) == ids


def test_a_second_sweep_finds_nothing_left_to_mend_but_what_must_be_announced(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, execution_arn=RUN)
    bar.shops.held[EVENT].add("an order that never was")
    sweep(bar, MACHINE, SETTLED)
    assert sweep(bar, MACHINE, SETTLED + SETTLED_MS) == NOTHING


def test_a_bus_that_refuses_fails_the_sweep_loudly_and_the_next_one_mends(bar: MemoryBar) -> None:
    bar.with_order(CREATED, customer_token=None)
    bar.bus.refusals = 1
    with pytest.raises(ExceptionGroup) as failed:
        sweep(bar, MACHINE, SETTLED)
    assert [type(failure) for failure in failed.value.exceptions] == [NotDelivered]
    assert failed.value.message == "not all could be mended; mended: nothing"
    assert sweep(bar, MACHINE, SETTLED).announced == [ORDER]


POISONED = "order-2"  # listed between two others


class PoisonedOrders(MemoryOrders):
    """Orders of which one can be listed, but neither read nor changed."""

    def get(self, order_id: str) -> Order:
        if order_id == POISONED:
            raise ValueError("a row that nobody can read")
        return super().get(order_id)


def test_an_order_that_cannot_be_mended_keeps_no_other_from_being_mended(bar: MemoryBar, log: StringIO) -> None:
    bar = replace(bar, orders=PoisonedOrders())
    for name in ("order-1", POISONED, "order-3"):
        bar.with_order(SUBMITTED, order_id=name, execution_arn=RUN)
    with pytest.raises(ExceptionGroup) as failed:
        sweep(bar, MACHINE, SETTLED)
    # Its end, its place at the bar, its customer's.
    assert [type(failure) for failure in failed.value.exceptions] == [ValueError, ValueError, ValueError]
    assert failed.value.message == "not all could be mended; mended: given_up order-1, order-3"
    assert {bar.orders.get(name).state for name in ("order-1", "order-3")} == {OrderState.FAILED}
    assert bar.shops.places(EVENT) == {POISONED}
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {(line["orderId"], line["eventId"]) for line in lines if line["level"] == "ERROR"} == {(POISONED, EVENT)}
    assert lines[-1]["mended"]["given_up"] == ["order-1", "order-3"]
    assert lines[-1].keys().isdisjoint({"orderId", "eventId"})


def test_rows_that_cannot_be_listed_keep_no_other_shop_and_no_other_state_from_being_mended(bar: MemoryBar) -> None:
    bar.shops.create(type(SHOP)("XYZ", store_open=False, menu=()))
    bar.with_order(CREATED, order_id="poisoned")
    bar.orders.rows["poisoned"].pop("userId")
    bar.with_order(SUBMITTED, order_id="another state", execution_arn=RUN)
    bar.with_order(CREATED, order_id="another shop", event_id="XYZ")
    with pytest.raises(ExceptionGroup):
        sweep(bar, MACHINE, SETTLED)
    assert bar.orders.get("another state").state is OrderState.FAILED
    assert [event.detail["orderId"] for event in bar.bus.told] == ["another state", "another shop"]


def test_each_sweep_says_in_the_log_what_it_mended(bar: MemoryBar, log: StringIO) -> None:
    bar.with_order(CREATED, customer_token=None)
    report = sweep(bar, MACHINE, SETTLED).report
    swept = json.loads(log.getvalue().splitlines()[-1])
    assert (swept["message"], swept["mended"]) == ("swept", report)
    assert report.keys() == {"told", "announced", "resumed", "given_up", "stopped", "freed"}

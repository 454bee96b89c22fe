"""The workflow's tasks: what each does, done twice, and on an order that has moved on."""

from collections.abc import Callable

import pytest

from chalicelib.bus import NotDelivered
from chalicelib.events import OrderCancelled, OrderFailed, OrderTimeOut, ShopUnavailable, WorkflowStarted
from chalicelib.orders import processing, service
from chalicelib.orders.model import OrderState, Reason
from chalicelib.orders.workflow import OrderEnded
from chalicelib.qr_codes.model import BUCKET_MS, GRACE_MS
from tests.support.memory_bar import MemoryBar
from tests.support.orders import BUCKET, EVENT, NOW, ORDER
from tests.support.people import BARISTA, OWNER

CREATED, SUBMITTED, IN_PRODUCTION = OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION
WHO = (EVENT, ORDER, OWNER.user_id)


def test_asking_the_customer_keeps_the_token_and_tells_how_long_the_bar_waits(bar: MemoryBar) -> None:
    bar.configure(customer_wait_seconds=42)
    bar.with_order(CREATED, customer_token=None)
    processing.ask_customer(bar, ORDER, "token", NOW)
    assert bar.orders.get(ORDER).customer_token == "token"
    assert bar.bus.told == [WorkflowStarted(*WHO, 42)]


def test_asking_the_customer_again_tells_again_and_waits_with_the_new_token(bar: MemoryBar) -> None:
    bar.with_order(CREATED, customer_token=None)
    bar.bus.refusals = 1
    with pytest.raises(NotDelivered):
        processing.ask_customer(bar, ORDER, "first", NOW)
    processing.ask_customer(bar, ORDER, "second", NOW)
    assert bar.orders.get(ORDER).customer_token == "second"
    assert bar.bus.types == ["OrderProcessor.WorkflowStarted"]


LATE_TASKS: dict[str, Callable[[MemoryBar], object]] = {
    "ask the customer": lambda bar: processing.ask_customer(bar, ORDER, "late", NOW),
    "take a number": lambda bar: processing.take_number(bar, ORDER, NOW),
    "ask the barista": lambda bar: processing.ask_barista(bar, ORDER, "late", NOW),
}


@pytest.mark.parametrize("task", LATE_TASKS)
@pytest.mark.parametrize("number", [None, 7])
@pytest.mark.parametrize("state", [OrderState.CANCELLED, OrderState.FAILED])
def test_q14_a_late_task_of_an_order_that_was_called_off_says_so_and_writes_nothing(
    bar: MemoryBar, state: OrderState, number: int | None, task: str
) -> None:
    before = bar.with_order(state, order_number=number)
    with pytest.raises(OrderEnded):
        LATE_TASKS[task](bar)
    assert bar.orders.get(ORDER) == before
    assert (bar.bus.told, bar.workflow.resumed) == ([], [])


def test_an_order_completed_before_it_had_a_number_takes_none_and_its_workflow_goes_on(bar: MemoryBar) -> None:
    before = bar.with_order(OrderState.COMPLETED, order_number=None, barista_token=None)
    assert processing.take_number(bar, ORDER, NOW) is None
    processing.ask_barista(bar, ORDER, "token", NOW)
    assert bar.workflow.resumed == ["token"]
    assert bar.orders.get(ORDER) == before
    assert bar.numbers.last.total() == 0


def test_q12_the_first_order_of_a_shop_gets_number_one(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, order_number=None)
    assert processing.take_number(bar, ORDER, NOW) == 1
    assert bar.orders.get(ORDER).order_number == 1


def test_q13_numbers_start_again_each_day_of_the_shops_time_zone(bar: MemoryBar) -> None:
    one_in_the_morning_in_madrid = 1_700_006_400_000  # 2023-11-15 00:00 UTC, 01:00 in Madrid
    bar.configure(time_zone="Europe/Madrid")
    bar.with_order(SUBMITTED, order_number=None)
    processing.take_number(bar, ORDER, one_in_the_morning_in_madrid - 3 * 3_600_000)
    bar.with_order(SUBMITTED, order_number=None)
    assert processing.take_number(bar, ORDER, one_in_the_morning_in_madrid) == 1
    assert dict(bar.numbers.last) == {(EVENT, "2023-11-14"): 1, (EVENT, "2023-11-15"): 1}


def test_taking_a_number_twice_takes_one(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, order_number=None)
    assert [processing.take_number(bar, ORDER, NOW) for _ in range(3)] == [1, 1, 1]
    assert bar.numbers.last.total() == 1


def test_asking_the_baristas_keeps_the_token_and_tells_what_to_make(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, barista_token=None)
    processing.ask_barista(bar, ORDER, "token", NOW)
    assert bar.orders.get(ORDER).barista_token == "token"
    assert bar.bus.types == ["OrderProcessor.WaitingCompletion", "OrderManager.WaitingCompletion"]
    assert bar.bus.told[0].detail["waitSeconds"] == 900
    assert bar.bus.told[1].detail["drinkOrder"] == {"drink": "Latte", "modifiers": ["Oat"], "icon": "latte"}


def test_q16_the_baristas_are_told_when_the_task_runs_again_after_the_bus_refused(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, barista_token=None)
    bar.bus.refusals = 1
    with pytest.raises(NotDelivered):
        processing.ask_barista(bar, ORDER, "first", NOW)
    processing.ask_barista(bar, ORDER, "second", NOW)
    assert bar.bus.types == ["OrderProcessor.WaitingCompletion", "OrderManager.WaitingCompletion"]


def test_q16_a_task_that_comes_without_drink_or_number_breaks_loudly(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, order_number=None, barista_token=None)
    with pytest.raises(ValueError, match="without a number or a drink"):
        processing.ask_barista(bar, ORDER, "token", NOW)


def test_a_barista_faster_than_the_workflow_wakes_it(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, barista_token=None)
    service.complete(bar, BARISTA, ORDER, NOW + 1)
    processing.ask_barista(bar, ORDER, "token", NOW)
    assert bar.workflow.resumed == ["token"]
    assert bar.bus.types == ["OrderManager.OrderCompleted"]


def test_finishing_tells_once_that_the_workflow_is_over(bar: MemoryBar) -> None:
    bar.with_order(OrderState.COMPLETED, finished_ts=None)
    assert [processing.finish(bar, ORDER, NOW + later) for later in (1, 2)] == [OrderState.COMPLETED] * 2
    assert bar.bus.types == ["OrderProcessor.orderFinished"]


@pytest.mark.parametrize(
    ("reason", "state", "told"),
    [
        (Reason.CUSTOMER_TIMED_OUT, CREATED, OrderTimeOut(*WHO, "Customer timedout")),
        (Reason.BARISTA_TIMED_OUT, SUBMITTED, OrderTimeOut(*WHO, "Barista timedout")),
        (Reason.BARISTA_TIMED_OUT, IN_PRODUCTION, OrderTimeOut(*WHO, "Barista timedout")),
        (Reason.SHOP_CLOSED, CREATED, ShopUnavailable(*WHO, "Shop closed")),
        (Reason.BAR_FULL, CREATED, ShopUnavailable(*WHO, "Bar full")),
        (Reason.BROKEN, SUBMITTED, OrderFailed(*WHO, "FAILED", "Something broke")),
    ],
)
def test_q18_each_way_to_end_is_told_with_order_customer_and_reason(
    bar: MemoryBar, reason: Reason, state: OrderState, told: OrderTimeOut | ShopUnavailable | OrderFailed
) -> None:
    bar.with_order(state)
    ended = processing.give_up(bar, ORDER, reason, NOW + 1)
    assert ended is (OrderState.FAILED if reason is Reason.BROKEN else OrderState.CANCELLED)
    assert bar.bus.told == [told]
    assert bar.orders.get(ORDER).reason == reason


def test_an_end_that_the_bus_refused_stands_and_waits_to_be_told(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    bar.bus.refusals = 1
    for later in (1, 2):
        ended = processing.give_up(bar, ORDER, Reason.CUSTOMER_TIMED_OUT, NOW + later)
        assert ended is OrderState.CANCELLED
    assert bar.orders.get(ORDER).updated_ts == NOW + 1
    assert bar.outbox.of_order(ORDER) == [[OrderTimeOut(*WHO, "Customer timedout")]]


def test_q17_a_time_out_says_nothing_about_an_order_that_was_cancelled(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    service.cancel(bar, OWNER, ORDER, NOW + 1)
    assert processing.give_up(bar, ORDER, Reason.CUSTOMER_TIMED_OUT, NOW + 2) is OrderState.CANCELLED
    assert [type(event) for event in bar.bus.told] == [OrderCancelled]


@pytest.mark.parametrize(
    ("reason", "after", "refunded"),
    [
        (Reason.SHOP_CLOSED, 0, True),
        (Reason.BAR_FULL, 0, True),
        (Reason.CUSTOMER_TIMED_OUT, 0, False),
        (Reason.BROKEN, 0, False),
        (Reason.BAR_FULL, BUCKET_MS + GRACE_MS, False),
    ],
)
def test_q18_a_token_goes_back_to_who_was_turned_away_while_its_code_is_good(
    bar: MemoryBar, reason: Reason, after: int, *, refunded: bool
) -> None:
    bar.with_order(CREATED)
    processing.give_up(bar, ORDER, reason, BUCKET * BUCKET_MS + after)
    assert bar.drinks_left == (10 if refunded else 9)


OWN, OTHER = "arn:own", "arn:other"


@pytest.mark.parametrize(
    ("claimed_by", "becomes"), [(OWN, OrderState.FAILED), (None, OrderState.FAILED), (OTHER, SUBMITTED)]
)
def test_q10_a_dead_workflow_ends_its_own_order_and_no_other(
    bar: MemoryBar, claimed_by: str | None, becomes: OrderState
) -> None:
    bar.with_order(SUBMITTED, execution_arn=claimed_by)
    processing.execution_died(bar, ORDER, OWN, NOW + 1)
    assert bar.orders.get(ORDER).state is becomes
    assert bar.bus.types == (["OrderManager.OrderFailed"] if becomes is OrderState.FAILED else [])


def test_q17_a_dead_workflow_of_an_id_that_nobody_was_given_leaves_no_row(bar: MemoryBar) -> None:
    processing.execution_died(bar, "never-given", OWN, NOW)
    assert bar.orders.rows == {}
    assert bar.bus.told == []


def test_a_dead_workflow_leaves_a_completed_order_completed(bar: MemoryBar) -> None:
    bar.with_order(OrderState.COMPLETED, execution_arn=OWN)
    processing.execution_died(bar, ORDER, OWN, NOW + 1)
    assert bar.orders.get(ORDER).state is OrderState.COMPLETED
    assert bar.bus.told == []

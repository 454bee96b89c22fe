"""Two at the same order at the same time: the write is made on what was read, or the decision is made anew."""

from dataclasses import replace

import pytest

from chalicelib.errors import Conflict
from chalicelib.orders import processing, service
from chalicelib.orders.model import OrderState, Reason
from chalicelib.orders.workflow import OrderEnded
from tests.support.memory_bar import MemoryBar
from tests.support.orders import BUCKET, CUSTOMER_TOKEN, EVENT, NOW, ORDER, order_in
from tests.support.people import BARISTA, OTHER_BARISTA, OWNER

CREATED, SUBMITTED, IN_PRODUCTION = OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION


def test_q6_an_order_completed_between_read_and_write_is_not_cancelled(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    bar.orders.meanwhile.append(lambda: service.complete(bar, BARISTA, ORDER, NOW + 1))
    with pytest.raises(Conflict) as refused:
        service.cancel(bar, OWNER, ORDER, NOW + 2)
    assert refused.value.code == "WrongState"
    assert bar.orders.get(ORDER).state is OrderState.COMPLETED
    assert bar.bus.types == ["OrderManager.OrderCompleted"]
    assert bar.workflow.stopped == []


def test_q6_an_order_cancelled_between_read_and_write_is_not_completed(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    bar.orders.meanwhile.append(lambda: service.cancel(bar, OWNER, ORDER, NOW + 1))
    with pytest.raises(Conflict):
        service.complete(bar, BARISTA, ORDER, NOW + 2)
    assert bar.orders.get(ORDER).state is OrderState.CANCELLED
    assert bar.bus.types == ["OrderManager.OrderCancelled"]
    assert bar.workflow.resumed == []


def test_q8_of_two_baristas_at_once_one_gets_the_order(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    bar.orders.meanwhile.append(lambda: service.make(bar, OTHER_BARISTA, ORDER, NOW + 1))
    with pytest.raises(Conflict) as refused:
        service.make(bar, BARISTA, ORDER, NOW + 2)
    assert refused.value.code == "AlreadyClaimed"
    assert bar.orders.get(ORDER).barista_user_id == OTHER_BARISTA.user_id
    assert bar.bus.types == ["OrderManager.MakeOrder"]


def test_q4_of_two_drinks_submitted_at_once_one_is_made(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    bar.orders.meanwhile.append(lambda: service.submit(bar, OWNER, ORDER, "Espresso", [], NOW + 1))
    with pytest.raises(Conflict) as refused:
        service.submit(bar, OWNER, ORDER, "Latte", ["Oat"], NOW + 2)
    assert refused.value.code == "WrongState"
    drink = bar.orders.get(ORDER).drink_order
    assert drink is not None
    assert drink.drink == "Espresso"


def test_the_same_request_twice_at_once_is_done_and_told_once(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    bar.orders.meanwhile.append(lambda: service.complete(bar, BARISTA, ORDER, NOW + 1))
    assert service.complete(bar, BARISTA, ORDER, NOW + 2).updated_ts == NOW + 1
    assert bar.bus.types == ["OrderManager.OrderCompleted"]


def test_q3_an_order_cancelled_before_the_workflow_asks_stops_the_workflow(bar: MemoryBar) -> None:
    bar.with_order(CREATED, customer_token=None)
    service.cancel(bar, OWNER, ORDER, NOW + 1)
    with pytest.raises(OrderEnded):
        processing.ask_customer(bar, ORDER, "token", NOW)
    assert bar.orders.get(ORDER).customer_token is None
    assert bar.bus.types == ["OrderManager.OrderCancelled"]


def test_q3_an_order_cancelled_while_the_workflow_asks_stops_the_workflow(bar: MemoryBar) -> None:
    bar.with_order(CREATED, customer_token=None)
    bar.orders.meanwhile.append(lambda: service.cancel(bar, OWNER, ORDER, NOW + 1))
    with pytest.raises(OrderEnded):
        processing.ask_customer(bar, ORDER, "token", NOW)
    assert "OrderProcessor.WorkflowStarted" not in bar.bus.types


def test_q17_a_drink_submitted_in_the_last_instant_is_made(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    bar.orders.meanwhile.append(lambda: service.submit(bar, OWNER, ORDER, "Latte", [], NOW + 1))
    assert processing.give_up(bar, ORDER, Reason.CUSTOMER_TIMED_OUT, NOW + 2) is SUBMITTED
    assert bar.bus.types == []
    assert bar.shops.places(EVENT) == {ORDER}


def test_q17_a_drink_submitted_an_instant_too_late_is_refused(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    bar.orders.meanwhile.append(lambda: processing.give_up(bar, ORDER, Reason.CUSTOMER_TIMED_OUT, NOW + 1))
    with pytest.raises(Conflict) as refused:
        service.submit(bar, OWNER, ORDER, "Latte", [], NOW + 2)
    assert refused.value.code == "WrongState"
    assert bar.orders.get(ORDER).reason == Reason.CUSTOMER_TIMED_OUT
    assert bar.workflow.resumed == []


def test_q17_an_order_completed_in_the_last_instant_stays_completed(bar: MemoryBar) -> None:
    bar.with_order(IN_PRODUCTION)
    bar.orders.meanwhile.append(lambda: service.complete(bar, BARISTA, ORDER, NOW + 1))
    assert processing.give_up(bar, ORDER, Reason.BARISTA_TIMED_OUT, NOW + 2) is OrderState.COMPLETED
    assert bar.bus.types == ["OrderManager.OrderCompleted"]


def test_two_that_end_an_order_at_once_free_its_place_once_and_refund_nothing_twice(bar: MemoryBar) -> None:
    bar.with_order(CREATED)
    bar.orders.meanwhile.append(lambda: processing.give_up(bar, ORDER, Reason.BAR_FULL, NOW + 1))
    processing.give_up(bar, ORDER, Reason.BAR_FULL, NOW + 2)
    assert bar.drinks_left == 10
    assert bar.shops.places(EVENT) == frozenset()


def test_two_numbers_taken_at_once_leave_one_on_the_order(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, order_number=None)
    bar.orders.meanwhile.append(lambda: processing.take_number(bar, ORDER, NOW))
    number = processing.take_number(bar, ORDER, NOW)
    assert number == bar.orders.get(ORDER).order_number
    assert number == processing.take_number(bar, ORDER, NOW)


def test_an_order_cancelled_while_it_takes_its_number_stops_the_workflow(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, order_number=None)
    bar.orders.meanwhile.append(lambda: service.cancel(bar, OWNER, ORDER, NOW + 1))
    with pytest.raises(OrderEnded):
        processing.take_number(bar, ORDER, NOW)


def test_an_order_submitted_to_an_earlier_try_of_the_asking_task_wakes_the_later_one(bar: MemoryBar) -> None:
    """A retried state has a new token; the drink answered the old one, whose state is gone."""
    bar.with_order(CREATED)
    service.submit(bar, OWNER, ORDER, "Latte", [], NOW + 1)
    processing.ask_customer(bar, ORDER, "token of the retry", NOW)
    assert bar.workflow.resumed == [CUSTOMER_TOKEN, "token of the retry"]
    assert bar.bus.types == []


def test_an_order_written_by_an_older_version_of_itself_is_stale(bar: MemoryBar) -> None:
    old = bar.with_order(SUBMITTED)
    service.make(bar, BARISTA, ORDER, NOW + 1)
    write = bar.orders.saving(replace(old, reason="written by somebody who read long ago"))[1]
    with pytest.raises(Exception, match=ORDER):
        bar.commit(write, bar.shops.free_place(EVENT, ORDER))
    assert bar.shops.places(EVENT) == {ORDER}


def test_the_test_data_lies_in_the_bucket_that_it_names() -> None:
    assert order_in(CREATED).code_bucket == BUCKET

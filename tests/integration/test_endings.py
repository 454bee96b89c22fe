"""However an order ends, it says why, and its places at the bar and with its customer are free again."""

import pytest

from simulator.bar_client import Order, Refused
from simulator.probe.eventually import eventually
from simulator.probe.own_shops import SOON_S, OpenShop, OwnShop
from simulator.probe.people import Person
from simulator.probe.recorder import Recorder
from simulator.probe.workflows import Workflows
from simulator.waiting import submit_when_ready

ROOM_FOR_ONE = {"max_orders_in_queue": 1, "max_orders_per_user": 1}


def ended(customer: Person, order_id: str, state: str, reason: str) -> Order:
    """The order, once it has ended so."""

    def look() -> Order:
        order = customer.order(order_id)
        assert (order["orderState"], order["reason"]) == (state, reason)
        return order

    return eventually(look)


def assert_room_again(shop: OwnShop, customer: Person) -> None:
    """In a shop with room for one, the same customer can order again."""
    assert customer.order(shop.scan(customer))["orderState"] == "CREATED"


def test_an_order_whose_customer_is_too_slow_ends(open_shop: OpenShop, customer: Person, recorder: Recorder) -> None:
    shop = open_shop(customer_wait_seconds=2, **ROOM_FOR_ONE)
    order_id = shop.scan(customer)
    ended(customer, order_id, "CANCELLED", "Customer timedout")
    assert recorder.wait_for(order_id, "OrderProcessor.OrderTimeOut").detail["cause"] == "Customer timedout"
    assert_room_again(shop, customer)


def test_q7_an_order_whose_barista_is_too_slow_ends_and_cannot_be_completed_later(
    open_shop: OpenShop, customer: Person, barista: Person, recorder: Recorder
) -> None:
    shop = open_shop(barista_wait_seconds=2, **ROOM_FOR_ONE)
    order_id = shop.scan(customer)
    submit_when_ready(customer, order_id, "Flat White", every_s=SOON_S)  # who looks at the queue may come too late
    ended(customer, order_id, "CANCELLED", "Barista timedout")
    assert recorder.wait_for(order_id, "OrderProcessor.OrderTimeOut").detail["cause"] == "Barista timedout"
    with pytest.raises(Refused, match="WrongState"):
        barista.complete(order_id)
    assert_room_again(shop, customer)
    assert "OrderManager.OrderCompleted" not in {event.detail_type for event in recorder.about(order_id)}


def test_q3_q16_an_order_cancelled_before_a_drink_was_chosen_ends_its_workflow(
    open_shop: OpenShop, customer: Person, recorder: Recorder, workflows: Workflows
) -> None:
    shop = open_shop(**ROOM_FOR_ONE)
    order_id = shop.scan(customer)
    recorder.wait_for(order_id, "OrderProcessor.WorkflowStarted")
    cancelled = customer.cancel(order_id)
    assert (cancelled["orderState"], cancelled["reason"]) == ("CANCELLED", "Cancelled by customer")
    assert_room_again(shop, customer)
    workflows.wait_for_end(order_id)
    assert customer.order(order_id) == cancelled, "it takes no number and is cancelled only once"
    recorder.wait_for(order_id, "OrderManager.OrderCancelled")
    types = [event.detail_type for event in recorder.about(order_id)]
    assert types == ["Validator.NewOrder", "OrderProcessor.WorkflowStarted", "OrderManager.OrderCancelled"]


def test_an_order_cancelled_while_its_workflow_starts_ends_its_workflow(
    open_shop: OpenShop, customer: Person, workflows: Workflows
) -> None:
    shop = open_shop(**ROOM_FOR_ONE)
    order_id = shop.scan(customer)
    cancelled = customer.cancel(order_id)
    assert_room_again(shop, customer)
    workflows.wait_for_end(order_id)
    assert customer.order(order_id) == cancelled


def test_q9_an_order_cancelled_after_the_drink_was_chosen_is_not_finished_but_cancelled(
    open_shop: OpenShop, customer: Person, recorder: Recorder, workflows: Workflows
) -> None:
    shop = open_shop(**ROOM_FOR_ONE)
    order_id = shop.ordered(customer)["orderId"]
    assert customer.cancel(order_id)["reason"] == "Cancelled by customer"
    event = recorder.wait_for(order_id, "OrderManager.OrderCancelled")
    assert (event.detail["reason"], event.detail["orderState"]) == ("Cancelled by customer", "CANCELLED")
    assert_room_again(shop, customer)
    workflows.wait_for_end(order_id)
    assert "OrderProcessor.orderFinished" not in {event.detail_type for event in recorder.about(order_id)}


def test_a_barista_cancels_an_order_that_is_being_made(
    open_shop: OpenShop, customer: Person, barista: Person, workflows: Workflows
) -> None:
    shop = open_shop(**ROOM_FOR_ONE)
    order_id = shop.ordered(customer)["orderId"]
    barista.make(order_id)
    assert barista.cancel(order_id)["reason"] == "Cancelled by barista"
    assert_room_again(shop, customer)
    workflows.wait_for_end(order_id)


def test_a_completed_order_frees_its_place(
    open_shop: OpenShop, customer: Person, barista: Person, workflows: Workflows
) -> None:
    shop = open_shop(**ROOM_FOR_ONE)
    order_id = shop.ordered(customer)["orderId"]
    barista.complete(order_id)
    assert_room_again(shop, customer)
    workflows.wait_for_end(order_id)


@pytest.mark.parametrize("waits_for", ["nobody yet", "the customer", "the barista"])
def test_q10_an_order_whose_workflow_is_aborted_fails_and_frees_its_place(
    open_shop: OpenShop, customer: Person, recorder: Recorder, workflows: Workflows, waits_for: str
) -> None:
    shop = open_shop(**ROOM_FOR_ONE)
    order_id = shop.ordered(customer)["orderId"] if waits_for == "the barista" else shop.scan(customer)
    if waits_for in ASKED:
        recorder.wait_for(order_id, ASKED[waits_for])
    workflows.abort(order_id)
    ended(customer, order_id, "FAILED", "Something broke")
    event = recorder.wait_for(order_id, "OrderManager.OrderFailed")
    assert (event.detail["reason"], event.detail["orderState"]) == ("Something broke", "FAILED")
    assert_room_again(shop, customer)


ASKED = {"the customer": "OrderProcessor.WorkflowStarted", "the barista": "OrderManager.WaitingCompletion"}


def test_q17_a_time_out_that_comes_late_does_not_undo_a_completed_order(
    shop: OwnShop, customer: Person, barista: Person, recorder: Recorder, workflows: Workflows
) -> None:
    order_id = shop.ordered(customer)["orderId"]
    completed = barista.complete(order_id)
    for reason in ("Barista timedout", "Customer timedout", "Something broke"):
        assert workflows.run_task("give_up_order", order_id, reason=reason) == {"orderState": "COMPLETED"}
    assert customer.order(order_id) == completed
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    types = {event.detail_type for event in recorder.about(order_id)}
    assert not types & {"OrderProcessor.OrderTimeOut", "OrderManager.OrderFailed"}

"""A task of the workflow whose first try died half-way is tried again, and the second try makes it good."""

from chalicelib.bar import Bar
from chalicelib.events import OrderEvent, OrderWaitsForBarista, WorkflowStarted
from simulator.probe.eventually import eventually
from simulator.probe.lost_orders import LostOrders
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from simulator.probe.recorder import Recorder
from simulator.probe.workflows import Workflows


def died_before_telling(bar: Bar, event: OrderEvent) -> None:
    """As if the task had died between its write and its telling; what it did tell by then is told already."""
    eventually(lambda: assert_all_told(bar, event.orderId))
    bar.commit(bar.outbox.add([event]))


def assert_all_told(bar: Bar, order_id: str) -> None:
    assert bar.outbox.of_order(order_id) == []


def assert_heard_twice(recorder: Recorder, order_id: str, detail_type: str) -> None:
    assert [event.detail_type for event in recorder.about(order_id)].count(detail_type) == 2


def test_what_the_customer_was_not_told_is_told_by_the_second_try(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, workflows: Workflows, recorder: Recorder
) -> None:
    bar, order_id = lost_orders.bar, shop.scan(customer)
    recorder.wait_for(order_id, WorkflowStarted.detail_type)
    order = bar.orders.get(order_id)
    died_before_telling(bar, WorkflowStarted(*order.whom, 300, at=order.updated_ts))
    workflows.run_task("ask_customer", order_id, taskToken=order.customer_token or "")
    assert_all_told(bar, order_id)
    eventually(lambda: assert_heard_twice(recorder, order_id, WorkflowStarted.detail_type))
    assert customer.submit(order_id, "Espresso")["orderState"] == "SUBMITTED"


def test_what_the_baristas_were_not_told_is_told_by_the_second_try(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, workflows: Workflows, recorder: Recorder
) -> None:
    bar, order_id = lost_orders.bar, shop.ordered(customer)["orderId"]
    recorder.wait_for(order_id, OrderWaitsForBarista.detail_type)
    order = bar.orders.get(order_id)
    drink = {"drink": "Flat White", "modifiers": []}
    died_before_telling(bar, OrderWaitsForBarista(*order.whom, 1, order.state, drink, at=order.updated_ts))
    workflows.run_task("ask_barista", order_id, taskToken=order.barista_token or "")
    assert_all_told(bar, order_id)
    eventually(lambda: assert_heard_twice(recorder, order_id, OrderWaitsForBarista.detail_type))
    assert shop.barista.complete(order_id)["orderState"] == "COMPLETED"


def test_who_has_chosen_already_is_not_asked_again(
    shop: OwnShop, customer: Person, workflows: Workflows, recorder: Recorder
) -> None:
    order = shop.ordered(customer)
    order_id = order["orderId"]
    workflows.run_task("ask_customer", order_id, taskToken="of a try that nobody waits for any more")
    assert customer.order(order_id)["drinkOrder"] == order["drinkOrder"]
    shop.barista.complete(order_id)
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    assert [event.detail_type for event in recorder.about(order_id)].count(WorkflowStarted.detail_type) == 1


def test_baristas_are_not_asked_for_a_drink_that_is_made(
    shop: OwnShop, customer: Person, workflows: Workflows, recorder: Recorder
) -> None:
    order_id = shop.ordered(customer)["orderId"]
    shop.barista.complete(order_id)
    for last in ("OrderManager.OrderCompleted", "OrderProcessor.orderFinished"):
        recorder.wait_for(order_id, last)
    told = recorder.about(order_id)
    workflows.run_task("ask_barista", order_id, taskToken="of a try that nobody waits for any more")
    assert recorder.about(order_id) == told
    assert customer.order(order_id)["orderState"] == "COMPLETED"

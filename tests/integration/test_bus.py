"""What the bus delivers twice, late, from elsewhere or not at all harms no order."""

import json
from typing import Any

import pytest

from simulator.bar_client import Refused
from simulator.probe.lost_orders import LostOrders
from simulator.probe.own_shops import SOON_S, OpenShop, OwnShop
from simulator.probe.people import Person
from simulator.probe.recorder import Recorder
from simulator.probe.workflows import Workflows
from simulator.waiting import submit_when_ready

# As the original recorded them (its event player sends such), with the old names, texts for numbers and a token. They
# are put as if the test's own shop were the original's: ABC is somebody's, whose insights would count the order.
RECORDED: list[tuple[str, dict[str, Any]]] = [
    (
        "Validator.NewOrder",
        {
            "orderId": "eYmAfqLD67v1bdUVile_D",
            "userId": "6f1c",
            "eventId": "ABC",
            "bucket": {"last_id": 5507921, "last_code": "x9_Kd02pQz", "start_ts": 1652376300000, "availableTokens": 9},
        },
    ),
    ("OrderProcessor.WorkflowStarted", {"TaskToken": "AQC", "orderId": "eYmAfqLD67v1bdUVile_D", "userId": "6f1c"}),
    ("OrderProcessor.WaitingCompletion", {"TaskToken": "AQC", "orderId": "eYmAfqLD67v1bdUVile_D", "orderNumber": "12"}),
    ("OrderManager.OrderABC-COMPLETED", {"orderId": "eYmAfqLD67v1bdUVile_D", "ORDERSTATE": "ABC-COMPLETED"}),
    ("ConfigService.ConfigChanged", {"NewImage": {"PK": {"S": "config-ABC"}, "storeOpen": {"BOOL": False}}}),
]
STRANGE: list[tuple[str, dict[str, Any]]] = [
    ("Validator.NewOrder", {}),
    ("Validator.NewOrder", {"orderId": 5, "eventId": ["ABC"]}),
    ("Validator.NewOrder", {"orderId": "", "eventId": ""}),
    ("Validator.NewOrder", {"orderId": "x" * 3000, "eventId": "no-such-shop"}),
    ("Somebody.Sneezed", {"eventId": "ABC", "colour": "green"}),
]


def test_q14_a_new_order_that_is_delivered_again_while_it_waits_changes_nothing(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, recorder: Recorder, workflows: Workflows
) -> None:
    order = shop.ordered(customer, "Flat White", "Oat")
    order_id = order["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    for _ in range(3):
        lost_orders.announce(shop.event_id, order_id, customer.user_id)
    workflows.wait_for_executions(order_id, running=1, ended=3)
    assert customer.order(order_id) == order
    shop.barista.make(order_id)
    shop.barista.complete(order_id)
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    types = [event.detail_type for event in recorder.about(order_id)]
    assert types.count("OrderProcessor.WorkflowStarted") == types.count("OrderProcessor.orderFinished") == 1


def test_q14_a_new_order_that_is_delivered_again_after_its_end_changes_nothing(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, recorder: Recorder, workflows: Workflows
) -> None:
    order_id = shop.ordered(customer)["orderId"]
    completed = shop.barista.complete(order_id)
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    lost_orders.announce(shop.event_id, order_id, customer.user_id)
    workflows.wait_for_executions(order_id, running=0, ended=2)
    assert customer.order(order_id) == completed


def test_q14_a_new_order_delivered_several_times_at_first_is_one_order(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, recorder: Recorder, workflows: Workflows
) -> None:
    order_id = lost_orders.redeem(shop.event_id, shop.bucket()["code"], customer.user_id)
    for _ in range(5):
        lost_orders.announce(shop.event_id, order_id, customer.user_id)
    workflows.wait_for_executions(order_id, running=1, ended=4)
    submit_when_ready(customer, order_id, "Espresso", every_s=SOON_S)
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    types = [event.detail_type for event in recorder.about(order_id)]
    assert types.count("OrderProcessor.WorkflowStarted") == types.count("OrderManager.WaitingCompletion") == 1
    assert customer.order(order_id)["orderNumber"] == 1


def test_q25_an_order_whose_event_was_lost_goes_on_when_it_is_announced_later(
    shop: OwnShop, customer: Person, lost_orders: LostOrders
) -> None:
    order_id = lost_orders.redeem(shop.event_id, shop.bucket()["code"], customer.user_id)
    assert customer.order(order_id)["orderState"] == "CREATED"
    lost_orders.announce(shop.event_id, order_id, customer.user_id)
    submit_when_ready(customer, order_id, "Espresso", every_s=SOON_S)
    assert shop.barista.complete(order_id)["orderState"] == "COMPLETED"


def test_q25_an_order_whose_event_was_lost_can_be_cancelled(
    open_shop: OpenShop, customer: Person, lost_orders: LostOrders
) -> None:
    shop = open_shop(max_orders_in_queue=1)
    order_id = lost_orders.redeem(shop.event_id, shop.bucket()["code"], customer.user_id)
    assert customer.cancel(order_id)["orderState"] == "CANCELLED"
    assert customer.order(shop.scan(customer))["orderState"] == "CREATED"


def test_q18_an_order_that_a_closed_shop_turns_away_says_so_and_gives_its_token_back(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, recorder: Recorder
) -> None:
    before = shop.lasting_bucket()
    order_id = lost_orders.redeem(shop.event_id, before["code"], customer.user_id)
    assert shop.bucket()["availableTokens"] == before["availableTokens"] - 1
    shop.barista.set_store(shop.event_id, is_open=False)
    lost_orders.announce(shop.event_id, order_id, customer.user_id)
    event = recorder.wait_for(order_id, "OrderProcessor.ShopUnavailable")
    assert event.detail["reason"] == "Shop closed"
    order = customer.order(order_id)
    assert (order["orderState"], order["reason"]) == ("CANCELLED", "Shop closed")
    assert shop.bucket() == before


def in_shop(event_id: str, recorded: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """The events as they would have been recorded in another shop, wherever they spell it."""
    told = json.loads(json.dumps(recorded).replace("ABC", event_id))
    return [(detail_type, detail) for detail_type, detail in told]


@pytest.mark.parametrize("recorded", [RECORDED, STRANGE], ids=["recorded", "strange"])
def test_events_from_elsewhere_make_no_order_and_stop_nobody(
    shop: OwnShop,
    customer: Person,
    lost_orders: LostOrders,
    recorder: Recorder,
    recorded: list[tuple[str, dict[str, Any]]],
) -> None:
    events = in_shop(shop.event_id, recorded)
    for detail_type, detail in events:
        lost_orders.put(detail_type, detail)
    order_id = shop.ordered(customer)["orderId"]  # the bar goes on, and what came before was heard
    assert shop.barista.complete(order_id)["orderState"] == "COMPLETED"
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    for foreign_id in {str(detail["orderId"]) for _, detail in events if detail.get("orderId")}:
        with pytest.raises(Refused):
            shop.barista.order(foreign_id)
        heard = {(event.detail_type, json.dumps(event.detail)) for event in recorder.about(foreign_id)}
        assert heard <= {(detail_type, json.dumps(detail)) for detail_type, detail in events}, "something came of it"
    assert customer.config(shop.event_id)["storeOpen"]


def test_an_event_of_another_source_starts_no_workflow(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, recorder: Recorder, workflows: Workflows
) -> None:
    order_id = lost_orders.redeem(shop.event_id, shop.bucket()["code"], customer.user_id)
    detail = {"eventId": shop.event_id, "orderId": order_id, "userId": customer.user_id}
    lost_orders.put("Validator.NewOrder", detail, source="somebody.else")
    lost_orders.announce(shop.event_id, order_id, customer.user_id)
    recorder.wait_for(order_id, "OrderProcessor.WorkflowStarted")
    assert len(workflows.of(order_id)) == 1

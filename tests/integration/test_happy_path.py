"""One order from scan to cup, and what the bus hears of it."""

import json

import boto3

from simulator.bar_client import Order
from simulator.outputs import Outputs
from simulator.own_shop import app_settings
from simulator.probe.eventually import eventually
from simulator.probe.own_shops import SOON_S, OwnShop
from simulator.probe.people import Person
from simulator.probe.recorder import Recorder
from simulator.waiting import submit_when_ready

UNTIL_COMPLETED = [
    "Validator.NewOrder",
    "OrderProcessor.WorkflowStarted",
    "OrderProcessor.WaitingCompletion",
    "OrderManager.WaitingCompletion",
    "OrderManager.MakeOrder",
]
AT_THE_END = {"OrderManager.OrderCompleted", "OrderProcessor.orderFinished"}


def test_an_order_goes_from_scan_to_cup(shop: OwnShop, customer: Person, barista: Person) -> None:
    order_id = shop.scan(customer)
    created = customer.order(order_id)
    assert created == order_of(shop, customer, order_id, created, orderState="CREATED")

    drink = {"drink": "Flat White", "modifiers": ["Oat"], "icon": "flat-white"}
    submitted = submit_when_ready(customer, order_id, "Flat White", "Oat", every_s=SOON_S)
    assert (submitted["orderState"], submitted["drinkOrder"]) == ("SUBMITTED", drink)

    def numbered() -> Order:
        (queued,) = barista.orders(shop.event_id, "SUBMITTED")["orders"]
        assert queued["orderNumber"] == 1
        return queued

    assert eventually(numbered)["orderId"] == order_id
    assert barista.make(order_id)["orderState"] == "IN_PRODUCTION"
    completed = barista.complete(order_id)
    assert customer.order(order_id) == completed
    made = {"drinkOrder": drink, "orderNumber": 1, "baristaUserId": barista.user_id}
    assert completed == order_of(shop, customer, order_id, completed, orderState="COMPLETED", **made)
    assert created["createdTs"] == completed["createdTs"] < completed["updatedTs"]


def order_of(shop: OwnShop, customer: Person, order_id: str, like: Order, **known: object) -> dict[str, object]:
    """The order as the contract has it: what is not known is null, times are those of `like`."""
    return {
        "orderId": order_id,
        "eventId": shop.event_id,
        "userId": customer.user_id,
        "orderState": None,
        "drinkOrder": None,
        "orderNumber": None,
        "baristaUserId": None,
        "reason": None,
        "createdTs": like["createdTs"],
        "updatedTs": like["updatedTs"],
        **known,
    }


def test_the_bus_hears_each_step_once_and_in_order(
    shop: OwnShop, customer: Person, barista: Person, recorder: Recorder
) -> None:
    order_id = served(shop, customer, barista, recorder)

    def look() -> None:
        types = [event.detail_type for event in recorder.about(order_id)]
        assert types[:-2] == UNTIL_COMPLETED
        assert set(types[-2:]) == AT_THE_END

    eventually(look)


def test_q41_every_event_names_shop_order_and_customer_in_its_detail(
    shop: OwnShop, customer: Person, barista: Person, recorder: Recorder
) -> None:
    order_id = served(shop, customer, barista, recorder)
    names = {"eventId": shop.event_id, "orderId": order_id, "userId": customer.user_id}
    for event in recorder.about(order_id):
        assert event.detail.items() >= names.items(), event
        assert shop.event_id not in event.detail_type


def test_q31_q24_no_event_holds_a_task_token_a_code_or_an_address(
    shop: OwnShop, customer: Person, barista: Person, recorder: Recorder, aws: boto3.Session, bar: Outputs
) -> None:
    code = shop.bucket()["code"]
    order_id = served(shop, customer, barista, recorder)
    dynamodb = aws.resource("dynamodb", endpoint_url=bar.endpoint_url)
    row = dynamodb.Table(app_settings().orders_table).get_item(Key={"orderId": order_id})["Item"]
    secrets = [str(row["customerToken"]), str(row["baristaToken"]), code, customer.address, barista.address]
    told = json.dumps([event.detail for event in recorder.everything()])
    assert [secret for secret in secrets if secret in told] == []
    assert [secret for secret in secrets[:2] if secret in json.dumps(barista.order(order_id))] == []


def served(shop: OwnShop, customer: Person, barista: Person, recorder: Recorder) -> str:
    """An order that was made and completed, with all its events on the record."""
    order_id = shop.ordered(customer)["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    barista.make(order_id)
    barista.complete(order_id)
    for detail_type in AT_THE_END:
        recorder.wait_for(order_id, detail_type)
    return order_id

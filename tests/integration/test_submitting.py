"""Choosing a drink: by its owner only, once, from the menu, and not before the bar is ready."""

import pytest

from simulator.bar_client import Refused
from simulator.probe.eventually import eventually
from simulator.probe.lost_orders import LostOrders
from simulator.probe.own_shops import SOON_S, OwnShop
from simulator.probe.people import People, Person
from simulator.probe.recorder import Recorder
from simulator.waiting import submit_when_ready


def test_q15_a_choice_that_comes_before_the_bar_is_ready_is_told_when_to_come_again(
    shop: OwnShop, customer: Person, lost_orders: LostOrders
) -> None:
    order_id = lost_orders.redeem(shop.event_id, shop.bucket()["code"], customer.user_id)
    body = {"drink": "Espresso", "modifiers": []}
    answer = customer.send("PUT", f"/orders/{order_id}", body, action="submit")
    assert (answer.status_code, answer.json()["Code"]) == (409, "NotReady")
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert customer.order(order_id)["drinkOrder"] is None


def test_the_same_choice_again_gives_the_same_order_and_tells_nobody(
    shop: OwnShop, customer: Person, recorder: Recorder
) -> None:
    first = shop.ordered(customer, "Flat White", "Oat")
    order_id = first["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    assert customer.submit(order_id, "Flat White", "Oat") == first
    shop.barista.complete(order_id)
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    types = [event.detail_type for event in recorder.about(order_id)]
    assert types.count("OrderManager.WaitingCompletion") == 1


def test_q4_another_choice_later_is_refused_and_ends_nothing(
    shop: OwnShop, customer: Person, barista: Person, recorder: Recorder
) -> None:
    order = shop.ordered(customer, "Flat White", "Oat")
    order_id = order["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    with pytest.raises(Refused) as refused:
        customer.submit(order_id, "Espresso")
    assert (refused.value.status, refused.value.code) == (409, "WrongState")
    assert customer.order(order_id) == order
    assert "OrderProcessor.orderFinished" not in {event.detail_type for event in recorder.about(order_id)}
    assert barista.complete(order_id)["orderState"] == "COMPLETED"


def test_a_drink_cannot_be_chosen_for_an_order_that_has_ended(shop: OwnShop, customer: Person) -> None:
    order_id = shop.scan(customer)
    customer.cancel(order_id)
    with pytest.raises(Refused, match="WrongState"):
        customer.submit(order_id, "Espresso")


NOT_ON_THE_MENU = [
    ("Tea", [], "Tea"),
    ("flat white", [], "flat white"),
    ("Mocha", [], "Mocha"),
    ("Espresso", ["Oat"], "Oat"),
    ("Flat White", ["Soy"], "Soy"),
    ("Flat White", ["Regular", "Oat"], "Milk"),
    ("", [], "menu"),
]


def test_q11_a_choice_that_is_not_on_the_menu_is_a_400_that_says_why(shop: OwnShop, customer: Person) -> None:
    order_id = shop.scan(customer)
    for drink, modifiers, named in NOT_ON_THE_MENU:
        with pytest.raises(Refused) as refused:
            submit_when_ready(customer, order_id, drink, *modifiers, every_s=SOON_S)
        assert (refused.value.status, refused.value.code) == (400, "InvalidOrder")
        assert named in refused.value.message
    assert customer.order(order_id)["orderState"] == "CREATED"


OF_ANOTHER_SHAPE: list[object] = [
    None,
    [],
    "Espresso",
    {},
    {"drink": 1},
    {"drink": "Espresso", "modifiers": "Oat"},
    {"drink": "Espresso", "modifiers": [1]},
]


def test_a_body_of_another_shape_is_a_400(shop: OwnShop, customer: Person) -> None:
    order_id = shop.scan(customer)
    for body in OF_ANOTHER_SHAPE:
        answer = customer.send("PUT", f"/orders/{order_id}", body)
        assert (answer.status_code, answer.json()["Code"]) == (400, "BadRequest"), body
    assert customer.order(order_id)["orderState"] == "CREATED"


def test_q29_a_stranger_cannot_choose_even_in_the_owners_name(
    shop: OwnShop, customer: Person, people: People, recorder: Recorder
) -> None:
    order_id = shop.scan(customer)
    recorder.wait_for(order_id, "OrderProcessor.WorkflowStarted")
    stranger = people.customer()
    body = {"drink": "Espresso", "modifiers": [], "userId": customer.user_id}
    for action in ({}, {"action": "submit"}):
        with pytest.raises(Refused) as refused:
            stranger.call("PUT", f"/orders/{order_id}", body, **action)
        assert (refused.value.status, refused.value.code) == (404, "NotFound")
    assert customer.order(order_id)["drinkOrder"] is None


def test_q29_a_foreign_name_in_the_body_changes_nothing_for_the_owner(shop: OwnShop, customer: Person) -> None:
    order_id = shop.scan(customer)
    body = {
        "drink": "Espresso",
        "modifiers": [],
        "userId": "somebody-else",
        "eventId": "elsewhere",
        "orderState": "FAILED",
    }

    def submit_without_an_action() -> None:
        answer = customer.send("PUT", f"/orders/{order_id}", body)
        assert answer.status_code == 200, answer.text

    eventually(submit_without_an_action)
    order = customer.order(order_id)
    assert (order["userId"], order["eventId"], order["orderState"]) == (customer.user_id, shop.event_id, "SUBMITTED")


def test_a_barista_cannot_choose_for_a_customer(
    shop: OwnShop, customer: Person, barista: Person, recorder: Recorder
) -> None:
    order_id = shop.scan(customer)
    recorder.wait_for(order_id, "OrderProcessor.WorkflowStarted")
    with pytest.raises(Refused) as refused:
        barista.submit(order_id, "Espresso")
    assert (refused.value.status, refused.value.code) == (403, "Forbidden")

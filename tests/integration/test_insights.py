"""The day in numbers, learnt from the bus."""

import pytest

from simulator.bar_client import Refused
from simulator.probe.eventually import eventually
from simulator.probe.lost_orders import LostOrders
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import Person
from simulator.probe.recorder import Recorder


def served(shop: OwnShop, customer: Person, recorder: Recorder) -> str:
    """An order that was made when everybody knew of it, as by a person; a program may be faster than the workflow."""
    order_id = shop.ordered(customer, "Flat White", "Oat")["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    shop.barista.make(order_id)
    shop.barista.complete(order_id)
    return order_id


def test_the_day_counts_drinks_modifiers_states_and_waits(
    open_shop: OpenShop, customer: Person, recorder: Recorder
) -> None:
    shop = open_shop(max_orders_per_user=2)
    served(shop, customer, recorder)
    customer.cancel(shop.scan(customer))

    def look() -> None:
        day = shop.barista.insights(shop.event_id)
        assert (day["eventId"], day["orders"]) == (shop.event_id, 2)
        assert day["byState"] == {"CANCELLED": 1, "COMPLETED": 1}
        assert (day["byDrink"], day["byModifier"]) == ({"Flat White": 1}, {"Oat": 1})
        assert sum(hour["orders"] for hour in day["byHour"]) == 2
        assert {name: wait["orders"] for name, wait in day["waits"].items()} == {"queue": 1, "making": 1, "total": 1}

    eventually(look)


def test_an_order_that_was_put_back_waits_again_and_counts_no_making(
    shop: OwnShop, customer: Person, recorder: Recorder
) -> None:
    order_id = shop.ordered(customer)["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    shop.barista.make(order_id)
    eventually(lambda: states_are(shop, {"IN_PRODUCTION": 1}))
    shop.barista.unmake(order_id)
    eventually(lambda: states_are(shop, {"SUBMITTED": 1}))
    shop.barista.complete(order_id)
    eventually(lambda: states_are(shop, {"COMPLETED": 1}))
    waits = shop.barista.insights(shop.event_id)["waits"]
    assert {name: wait["orders"] for name, wait in waits.items()} == {"queue": 0, "making": 0, "total": 1}


def states_are(shop: OwnShop, states: dict[str, int]) -> None:
    assert shop.barista.insights(shop.event_id)["byState"] == states


def test_q58_an_event_that_is_delivered_again_counts_once(
    shop: OwnShop, customer: Person, recorder: Recorder, lost_orders: LostOrders
) -> None:
    order_id = served(shop, customer, recorder)
    for detail_type in ("Validator.NewOrder", "OrderManager.OrderCompleted"):
        again = recorder.wait_for(order_id, detail_type).detail
        lost_orders.put(detail_type, again)
    served(shop, customer, recorder)  # what is counted of this one was told after what was told again

    def look() -> None:
        day = shop.barista.insights(shop.event_id)
        assert (day["orders"], day["byState"], day["byDrink"]) == (2, {"COMPLETED": 2}, {"Flat White": 2})

    eventually(look)


def test_each_completed_drink_tells_the_average_of_its_kind(
    shop: OwnShop, customer: Person, recorder: Recorder
) -> None:
    served(shop, customer, recorder)

    def look() -> None:
        averages = [
            event.detail
            for event in recorder.everything()
            if event.detail_type == "OrderManager.DrinkAverageTime" and event.detail["eventId"] == shop.event_id
        ]
        assert [(average["drink"], average["duration"] > 0) for average in averages] == [("Flat White", True)]

    eventually(look)


def test_the_numbers_are_the_baristas(shop: OwnShop, customer: Person) -> None:
    with pytest.raises(Refused) as refused:
        customer.insights(shop.event_id)
    assert (refused.value.status, refused.value.code) == (403, "Forbidden")

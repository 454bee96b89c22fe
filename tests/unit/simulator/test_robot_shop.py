"""The limits that robots need, and what is raised and put back for them."""

import boto3
import pytest

from simulator.entrance import BARISTA
from simulator.robots.shop import NoShop, find_shop, needs, room_for, too_low
from tests.support.orders import EVENT
from tests.unit.simulator.memory_counter import OUTPUTS, Fault, MemoryCounter, open_door, refusal

CONFIG = {"drinksPerBarcode": 10, "maxOrdersInQueue": 20, "waitSeconds": 300}


def test_enough_drinks_for_all_and_a_place_for_each_who_is_there() -> None:
    assert needs(orders=50, at_once=4) == {"drinksPerBarcode": 50, "maxOrdersInQueue": 4}


def test_no_more_is_asked_for_than_the_bar_allows() -> None:
    assert needs(orders=5000, at_once=1) == {"drinksPerBarcode": 1000, "maxOrdersInQueue": 1}


@pytest.mark.parametrize(
    ("needed", "lower"),
    [
        ({"drinksPerBarcode": 10, "maxOrdersInQueue": 4}, {}),
        ({"drinksPerBarcode": 11, "maxOrdersInQueue": 4}, {"drinksPerBarcode": 10}),
        ({"drinksPerBarcode": 50, "maxOrdersInQueue": 21}, {"drinksPerBarcode": 10, "maxOrdersInQueue": 20}),
    ],
)
def test_only_limits_that_are_too_low_are_touched_and_remembered_as_they_were(
    needed: dict[str, int], lower: dict[str, int]
) -> None:
    assert too_low(CONFIG, needed) == lower


def limits(counter: MemoryCounter) -> tuple[int, int]:
    shop = counter.bar.shops.get(EVENT)
    return shop.drinks_per_barcode, shop.max_orders_in_queue


def test_limits_are_raised_as_far_as_needed_and_put_back(counter: MemoryCounter) -> None:
    said: list[str] = []
    with room_for(open_door(counter).enter(BARISTA), EVENT, needs(50, 4), said.append) as forgotten_after_s:
        assert (limits(counter), forgotten_after_s) == ((50, 20), 300)
    assert limits(counter) == (10, 20)
    assert said == [
        "Limits of shop ABC until the robots are done: drinksPerBarcode 10 -> 50",
        "Limits of shop ABC are put back: drinksPerBarcode 10",
    ]


def test_limits_are_put_back_whatever_happens_to_the_robots(counter: MemoryCounter) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        room_for(open_door(counter).enter(BARISTA), EVENT, needs(50, 40), lambda _: None),
    ):
        raise KeyboardInterrupt
    assert limits(counter) == (10, 20)


def test_limits_that_suffice_are_not_touched(counter: MemoryCounter) -> None:
    with room_for(open_door(counter).enter(BARISTA), EVENT, needs(10, 20), lambda _: None):
        pass
    assert counter.requests == ["GET /admin-config"]


def test_limits_that_cannot_be_put_back_are_told(counter: MemoryCounter) -> None:
    said: list[str] = []
    with room_for(open_door(counter).enter(BARISTA), EVENT, needs(50, 4), said.append):
        counter.faults.append(Fault("PUT /limits", refusal(500, "InternalServerError")))
    assert said[1].startswith("The limits of shop ABC could not be put back to drinksPerBarcode 10: 500")


def test_nobody_is_sent_to_a_closed_shop(counter: MemoryCounter) -> None:
    counter.bar.configure(store_open=False)
    barista = open_door(counter).enter(BARISTA)
    with pytest.raises(NoShop, match="shop ABC is closed"), room_for(barista, EVENT, {}, lambda _: None):
        pytest.fail("nobody should come in")


def test_a_few_orders_go_to_the_seeded_shop(counter: MemoryCounter) -> None:
    assert find_shop(open_door(counter).enter(BARISTA), boto3.Session(), OUTPUTS, orders=10) == EVENT

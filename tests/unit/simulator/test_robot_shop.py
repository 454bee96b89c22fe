"""The limits that robots need, and what is raised and put back for them."""

import pytest

from simulator.robots.shop import needs, too_low

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

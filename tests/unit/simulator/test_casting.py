"""Recorded events as they are played: in the shop that is wanted, and about nobody who exists."""

import json
from typing import Any

import pytest

from simulator.replay.casting import about_nobody, in_shop
from simulator.replay.recording import Recorded

ORDER, USER, BARISTA = "eYmAfqLD67v1bdUVile_D", "6f1c-sub", "b7-sub"
OLD = {
    "orderId": ORDER,
    "userId": USER,
    "eventId": "NYC",
    "ORDERSTATE": "NYC-COMPLETED",
    "bucket": {"PK": "NYC-5507921", "eventId": "NYC", "availableTokens": 9},
    "drinkOrder": {"userId": USER, "drink": "NYC Special", "modifiers": ["Oat"]},
    "Message": "An order at NYC",
}


def recorded(detail: dict[str, Any], detail_type: str = "Validator.NewOrder") -> Recorded:
    return Recorded(detail_type, 1_665_751_920_000, detail)


def test_q61_the_shop_is_replaced_wherever_it_is_spelled() -> None:
    event = in_shop(recorded(OLD, "OrderManager.OrderNYC-COMPLETED"), "XYZ")
    assert event.detail_type == "OrderManager.OrderXYZ-COMPLETED"
    assert event.detail == {
        **OLD,
        "eventId": "XYZ",
        "ORDERSTATE": "XYZ-COMPLETED",
        "bucket": {"PK": "XYZ-5507921", "eventId": "XYZ", "availableTokens": 9},
    }


def test_what_only_begins_like_the_shop_is_left_alone() -> None:
    detail = {"eventId": "A", "drink": "Americano", "orderState": "ABC-CREATED", "at": 5}
    event = in_shop(recorded(detail, "OrderManager.OrderCompleted"), "XYZ")
    assert event.detail == {**detail, "eventId": "XYZ"}
    assert event.detail_type == "OrderManager.OrderCompleted"


@pytest.mark.parametrize("detail", [{}, {"orderId": ORDER, "state": "NYC-CREATED"}, {"eventId": None}, {"eventId": 5}])
def test_an_event_that_names_no_shop_keeps_what_it_has(detail: dict[str, Any]) -> None:
    assert in_shop(recorded(detail), "XYZ") == recorded(detail)


def test_orders_and_people_get_other_names_the_same_ones_within_a_playing() -> None:
    first = about_nobody(recorded(OLD), "one").detail
    later = about_nobody(recorded({"orderId": ORDER, "baristaUserId": BARISTA}), "one").detail
    assert first["orderId"] == later["orderId"] != ORDER
    assert first["userId"] == first["drinkOrder"]["userId"] != USER
    assert not {ORDER, USER, BARISTA} & set(json.dumps([first, later]).split('"'))
    assert len({first["orderId"], first["userId"], later["baristaUserId"]}) == 3


def test_another_playing_has_other_names() -> None:
    one, other = (about_nobody(recorded(OLD), playing).detail for playing in ("one", "other"))
    assert {one["orderId"], one["userId"]}.isdisjoint({other["orderId"], other["userId"]})


def test_all_but_the_names_stays_as_it_was() -> None:
    detail = about_nobody(recorded(OLD), "one").detail
    assert {**detail, "orderId": ORDER, "userId": USER, "drinkOrder": OLD["drinkOrder"]} == OLD


def test_a_barista_who_put_an_order_back_stays_nobody() -> None:
    """MakeOrder says so by an empty name."""
    assert about_nobody(recorded({"baristaUserId": ""}), "one").detail == {"baristaUserId": ""}


@pytest.mark.parametrize("detail", [{"orderId": 5}, {"orderId": None}, {"orderId": ["a"]}, {"orderId": {"S": "a"}}])
def test_strange_names_do_no_harm(detail: dict[str, Any]) -> None:
    assert about_nobody(recorded(detail), "one").detail.keys() == detail.keys()

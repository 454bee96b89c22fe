"""Texts that nobody can see, or that are none, at the HTTP edge: refused by what they are and where they stand."""

from urllib.parse import unquote

import pytest

from chalicelib.orders.model import OrderState
from tests.support.api import Api
from tests.support.good_requests import DRINK
from tests.support.memory_bar import MemoryBar
from tests.support.orders import EVENT, MENU, ORDER
from tests.support.people import BARISTA, OWNER

ORDERS = f"/orders/{ORDER}"
UNSEEN = {"%00": "U+0000", "a%07b": "U+0007", "A%E2%80%8BBC": "U+200B", "%EF%BB%BFABC": "U+FEFF"}


@pytest.mark.parametrize("name", UNSEEN)
@pytest.mark.parametrize(
    "request_line",
    [
        "GET /config?eventId={}",
        "PUT /store?eventId=ABC&state={}",
        "POST /qr-code?token={}",
        "GET /orders?state={}",
        "GET /myOrders?nextToken={}",
        "GET /myOrders?maxItems={}",
        f"PUT {ORDERS}?action={{}}",
        *("GET /orders/{}", "PUT /orders/{}", "GET /journeys/{}"),
    ],
)
def test_what_cannot_be_seen_is_refused_in_every_name(api: Api, request_line: str, name: str) -> None:
    # A gateway gives what is in the path decoded; Chalice's test client leaves it as it is.
    answer = api.call(request_line.format(name if "?" in request_line else unquote(name)), BARISTA, body=DRINK)
    assert answer.status_code == 400
    assert UNSEEN[name] in answer.json_body["Message"]


def menu_with(place: str, text: str) -> dict[str, object]:
    """A menu of one drink, with the text in it."""
    names = {"drink": "Tea", "Name": "Milk", "Options": "Oat", place: text}
    modifiers = [{"Name": names["Name"], "Options": [names["Options"]]}]
    return {"menu": [{"drink": names["drink"], "icon": "tea", "available": True, "modifiers": modifiers}]}


@pytest.mark.parametrize(
    ("text", "what"), [("\x00", "U+0000"), ("Te\u200ba", "U+200B"), ("\ud83d", "U+D83D"), ("T\ta", "U+0009")]
)
@pytest.mark.parametrize("place", ["drink", "Name", "Options"])
def test_what_cannot_be_seen_is_refused_on_a_menu_and_its_place_is_told(
    api: Api, bar: MemoryBar, place: str, text: str, what: str
) -> None:
    before = bar.shops.get(EVENT)
    answer = api.call("PUT /menu?eventId=ABC", BARISTA, body=menu_with(place, text))
    assert (answer.status_code, answer.json_body["Code"]) == (400, "BadRequest")
    assert answer.json_body["Message"].startswith("body.menu[0].")
    assert what in answer.json_body["Message"]
    assert bar.shops.get(EVENT) == before


@pytest.mark.parametrize("body", [{"menu": []}, {"menu": 1}, {"cups": "\x00"}, b"{"])
@pytest.mark.parametrize("route", ["menu", "limits"])
def test_who_may_not_change_a_shop_hears_of_that_and_not_of_what_was_sent(api: Api, route: str, body: object) -> None:
    answer = api.call(f"PUT /{route}?eventId=ABC", OWNER, body=body)
    assert (answer.status_code, answer.json_body["Code"]) == (403, "Forbidden")


def test_a_menu_has_a_drink(api: Api, bar: MemoryBar) -> None:
    answer = api.call("PUT /menu?eventId=ABC", BARISTA, body={"menu": []})
    assert (answer.status_code, answer.json_body["Message"]) == (400, "body.menu must contain at least 1 items")
    assert bar.shops.get(EVENT).menu == MENU


@pytest.mark.parametrize(
    "choice",
    [
        {"drink": "\x00"},
        {"drink": "\ud83d"},
        {"drink": "\ud83d", "modifiers": ["\udc00"]},
        {**DRINK, "modifiers": ["O\u200bat"]},
        {**DRINK, "icon": "\ud83d"},
        {**DRINK, "\x00": 1},
        {"drink": "x" * 65},
        {**DRINK, "modifiers": ["x" * 65]},
    ],
)
def test_what_is_no_name_of_a_drink_is_refused(api: Api, bar: MemoryBar, choice: dict[str, object]) -> None:
    before = bar.with_order(OrderState.CREATED)
    answer = api.call(f"PUT {ORDERS}", OWNER, body=choice)
    assert (answer.status_code, answer.json_body["Code"]) == (400, "BadRequest")
    assert bar.orders.get(ORDER) == before

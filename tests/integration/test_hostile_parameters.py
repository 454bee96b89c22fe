"""Values that try to be more than values (Q32): each is refused by what it is, none breaks or changes anything."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person

INJECTIONS = [
    'x","a":"b',
    "x\\",
    '"',
    "x' OR '1'='1",
    "${jndi}",
    "$input.body",
    "a\nb",
    "é😀",
    "../../admin",
    "\x00",
    "A\u200bBC",
    "x" * 600,
]


def test_q32_an_action_that_is_none_is_a_400(shop: OwnShop, customer: Person) -> None:
    order_id = shop.scan(customer)
    for action in [*INJECTIONS, "make,complete", "MAKE", "delete"]:
        answer = customer.send("PUT", f"/orders/{order_id}", {"drink": "Espresso", "modifiers": []}, action=action)
        assert_refused(answer, 400)
    assert customer.order(order_id)["orderState"] == "CREATED"


@pytest.mark.parametrize("event_id", [*INJECTIONS, "ABC#CREATED"])
@pytest.mark.parametrize(
    ("method", "path", "rest"),
    [
        ("GET", "/config", {}),
        ("GET", "/admin-config", {}),
        ("GET", "/qr-code", {}),
        ("POST", "/qr-code", {"token": "a-code-000"}),
        ("PUT", "/store", {"state": "open"}),
    ],
)
def test_q32_a_shop_that_is_none_is_refused(
    barista: Person, method: str, path: str, rest: dict[str, str], event_id: str
) -> None:
    assert_refused(barista.send(method, path, eventId=event_id, **rest), 400, 404)


@pytest.mark.parametrize(
    ("method", "path", "missing"),
    [
        ("PUT", "/store?eventId=ABC", "state"),
        ("GET", "/orders?eventId=ABC", "state"),
        ("GET", "/config?eventId=", "eventId"),
    ],
)
def test_a_missing_parameter_is_named(barista: Person, method: str, path: str, missing: str) -> None:
    answer = barista.send(method, path)
    assert_refused(answer, 400)
    assert missing in answer.json()["Message"]


@pytest.mark.parametrize("state", [*INJECTIONS, "created", "ABC#CREATED", "ANY"])
def test_q32_a_state_that_is_none_is_a_400(barista: Person, state: str) -> None:
    assert_refused(barista.send("GET", "/orders", eventId="ABC", state=state), 400)


@pytest.mark.parametrize("size", ["abc", "0", "-1", "1.5", "101", "1e1", "", "²", "9" * 400, '2,"Limit":1'])
@pytest.mark.parametrize(("path", "rest"), [("/orders", {"eventId": "ABC", "state": "CREATED"}), ("/myOrders", {})])
def test_q32_a_page_size_that_is_none_is_a_400(barista: Person, path: str, rest: dict[str, str], size: str) -> None:
    assert_refused(barista.send("GET", path, maxItems=size, **rest), 400)


@pytest.mark.parametrize("token", ["garbage", "e30=", "%00", "AAAA", "OTk5OTk5OTk5OTk5OTkgeA", "LTEgeA==", "x" * 500])
def test_q32_a_page_token_that_this_api_never_gave_breaks_nothing(barista: Person, token: str) -> None:
    answer = barista.send("GET", "/myOrders", nextToken=token)
    assert answer.status_code in {200, 400}, answer.text
    assert barista.my_orders()["orders"] == []


@pytest.mark.parametrize("order_id", ['a"b', "a b", "é", "%22", "a\\", "x" * 600, "${a}", "a#b", "a?b"])
def test_q32_an_order_id_that_is_none_is_refused(customer: Person, order_id: str) -> None:
    assert_refused(customer.send("GET", f"/orders/{quote(order_id, safe='')}"), 400, 404)


def test_a_parameter_that_nobody_knows_is_left_alone(shop: OwnShop, barista: Person) -> None:
    answer = barista.send("GET", "/orders", eventId=shop.event_id, state="CREATED", FilterExpression="x", Limit="1")
    assert (answer.status_code, answer.json()) == (200, {"orders": [], "nextToken": None})


def test_q38_a_body_that_is_no_json_is_a_400(shop: OwnShop, customer: Person) -> None:
    order_id = shop.scan(customer)
    for body in (b"{", b"\xff\xfe", b'{"drink":', b"drink=Espresso", b'{"drink": "\xff\xfe"}'):
        answer = customer.http.put(
            f"{customer.api_url}/orders/{order_id}",
            content=body,
            headers={"Authorization": f"Bearer {customer.token}", "Content-Type": "application/json"},
        )
        assert_refused(answer, 400)


UNSEEN = {"\x00": "U+0000", "ba\u200brista": "U+200B", "\ud83d": "U+D83D", "ab\u202ec": "U+202E"}


def put_escaped(person: Person, path: str, body: Any, **query: str) -> Any:
    """The body in ASCII, as JSON can spell anything: httpx sends no half of a character by itself."""
    headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json"}
    return person.http.put(f"{person.api_url}{path}", content=json.dumps(body), headers=headers, params=query)


@pytest.mark.parametrize("text", UNSEEN)
@pytest.mark.parametrize("place", ["drink", "Name", "Options"])
def test_what_nobody_can_see_is_not_put_on_the_menu(shop: OwnShop, barista: Person, place: str, text: str) -> None:
    before = barista.config(shop.event_id)["menu"]
    names = {"drink": "Tea", "Name": "Milk", "Options": "Oat", place: text}
    modifiers = [{"Name": names["Name"], "Options": [names["Options"]]}]
    menu = [{"drink": names["drink"], "icon": "tea", "available": True, "modifiers": modifiers}]
    answer = put_escaped(barista, "/menu", {"menu": menu}, eventId=shop.event_id)
    assert_refused(answer, 400)
    assert answer.json()["Message"].startswith("body.menu[0].")
    assert UNSEEN[text] in answer.json()["Message"]
    assert barista.config(shop.event_id)["menu"] == before


def test_a_menu_without_a_drink_is_a_400(shop: OwnShop, barista: Person) -> None:
    before = barista.config(shop.event_id)["menu"]
    answer = barista.send("PUT", "/menu", {"menu": []}, eventId=shop.event_id)
    assert_refused(answer, 400)
    assert "body.menu must contain at least 1" in answer.json()["Message"]
    assert barista.config(shop.event_id)["menu"] == before


def test_what_can_be_seen_goes_on_the_menu_and_into_an_order_as_it_is(
    shop: OwnShop, barista: Person, customer: Person
) -> None:
    drink, oat = "Café ☕\ufe0f カフェ", "½ Avena"
    menu = [{"drink": drink, "icon": "tea", "available": True, "modifiers": [{"Name": "Leche", "Options": [oat]}]}]
    assert barista.send("PUT", "/menu", {"menu": menu}, eventId=shop.event_id).json()["menu"] == menu
    chosen = shop.ordered(customer, drink, oat)["drinkOrder"]
    assert chosen == {"drink": drink, "modifiers": [oat], "icon": "tea"}


@pytest.mark.parametrize("text", [*UNSEEN, "x" * 65])
def test_what_is_no_name_of_a_drink_is_a_400_and_the_order_waits_on(shop: OwnShop, customer: Person, text: str) -> None:
    order_id = shop.scan(customer)
    for choice in ({"drink": text}, {"drink": "Flat White", "modifiers": [text]}):
        assert_refused(put_escaped(customer, f"/orders/{order_id}", choice), 400)
    assert customer.order(order_id)["orderState"] == "CREATED"


def test_q37_every_answer_is_json_whose_numbers_are_numbers(shop: OwnShop, customer: Person, barista: Person) -> None:
    order_id = shop.ordered(customer, "Flat White", "Oat")["orderId"]
    answers = [
        customer.send("GET", f"/orders/{order_id}"),
        customer.send("GET", "/myOrders"),
        barista.send("GET", "/orders", eventId=shop.event_id, state="SUBMITTED"),
        barista.send("GET", "/qr-code", eventId=shop.event_id),
        barista.send("GET", "/admin-config", eventId=shop.event_id),
    ]
    for answer in answers:
        assert answer.headers["content-type"] == "application/json"
        assert numbers_as_text(answer.json()) == []
    order = answers[0].json()
    assert [type(order[name]) for name in ("orderNumber", "createdTs", "updatedTs")] == [int, int, int]
    assert order["drinkOrder"]["modifiers"] == ["Oat"]


def numbers_as_text(value: Any, name: str = "") -> list[str]:
    """The names of texts in it that are really numbers, objects or lists."""
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in numbers_as_text(one, key)]
    if isinstance(value, list):
        return [found for one in value for found in numbers_as_text(one, name)]
    return [name] if isinstance(value, str) and value[:1] in "{[0123456789" and is_json(value) else []


def is_json(text: str) -> bool:
    """Whether the text could be read as JSON."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def assert_refused(answer: Any, *statuses: int) -> None:
    """With one of the statuses, in the one shape of all errors, readable for a browser."""
    assert answer.status_code in statuses, answer.text
    assert set(answer.json()) == {"Code", "Message"}
    assert answer.headers["access-control-allow-origin"] == "*"

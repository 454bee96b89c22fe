"""Who hears what: for every event of the bar, every recorded one and any that one can think of."""

import json
from dataclasses import MISSING, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import events
from chalicelib.envelope import Delivered, delivered
from chalicelib.events import Event, OrderEvent
from chalicelib.realtime.model import KINDS, LONGEST_S, Connection, audiences, is_ping, message, until
from tests.support.memory_connections import connection
from tests.support.orders import NOW
from tests.support.recorded import RECORDED, envelope

OWNER = connection("owner")
STRANGER = connection("stranger")
OWNER_ELSEWHERE = connection("owner", event_id="XYZ")
ADMIN = connection("admin", is_admin=True)
ADMIN_ELSEWHERE = connection("admin", is_admin=True, event_id="XYZ")
EVERYBODY = [OWNER, STRANGER, OWNER_ELSEWHERE, ADMIN, ADMIN_ELSEWHERE]
SECRETS = ("a-task-token", "a-qr-code", "somebody@example.com", "+15550100")


def happened(detail_type: str, **detail: Any) -> Delivered:
    return Delivered("event-1", detail_type, {"eventId": "ABC", "at": NOW, **detail}, NOW)


def hears(who: Connection, event: Delivered) -> bool:
    return who.event_id == event.shop and any(who.listener.startswith(one) for one in audiences(event))


def listeners(event: Delivered) -> list[Connection]:
    return [who for who in EVERYBODY if hears(who, event)]


ORDER_EVENTS = sorted(name for name, kind in KINDS.items() if issubclass(kind, OrderEvent))
SHOP_EVENTS = sorted(set(KINDS) - set(ORDER_EVENTS))


def test_every_event_of_the_bar_is_known_here() -> None:
    declared = [vars(kind) for kind in vars(events).values() if isinstance(kind, type)]
    declared_types = {of_kind["detail_type"] for of_kind in declared if "detail_type" in of_kind}
    assert set(KINDS) == declared_types
    assert SHOP_EVENTS == ["ConfigService.ConfigChanged", "OrderManager.DrinkAverageTime"]


@pytest.mark.parametrize("detail_type", ORDER_EVENTS)
def test_of_an_order_its_owner_and_the_shops_admins_hear(detail_type: str) -> None:
    assert listeners(happened(detail_type, orderId="o1", userId="owner")) == [OWNER, ADMIN]


@pytest.mark.parametrize("detail_type", SHOP_EVENTS)
def test_of_the_shop_everybody_there_hears(detail_type: str) -> None:
    assert listeners(happened(detail_type)) == [OWNER, STRANGER, ADMIN]


@pytest.mark.parametrize("detail_type", ["Somebody.Sneezed", "OrderManager.OrderABC-COMPLETED", ""])
def test_of_what_is_not_known_admins_hear_and_only_whom_it_is_about(detail_type: str) -> None:
    event = happened(detail_type, orderId="o1", userId="owner", mail=SECRETS[2], Message=SECRETS[0])
    assert listeners(event) == [ADMIN]
    assert message(event)["detail"] == {"eventId": "ABC", "orderId": "o1", "userId": "owner", "at": NOW}


@pytest.mark.parametrize("user_id", [None, "", 5, ["owner"], {"S": "owner"}])
def test_of_an_order_without_an_owner_only_admins_hear(user_id: Any) -> None:
    for detail_type in ORDER_EVENTS:
        assert listeners(happened(detail_type, userId=user_id)) == [ADMIN]


@pytest.mark.parametrize("other", ["own", "owner-2", "OWNER", "owne", "customer#owner", ""])
def test_a_name_that_resembles_the_owners_is_another_one(other: str) -> None:
    event = happened("OrderManager.OrderCompleted", orderId="o1", userId="owner")
    assert not hears(connection(other), event)


def test_an_admin_connection_hears_each_event_once() -> None:
    barista = connection("owner", is_admin=True)
    for detail_type in KINDS:
        event = happened(detail_type, orderId="o1", userId="owner")
        assert sum(barista.listener.startswith(one) for one in audiences(event)) == 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_an_event_is_told(kind: type[Event]) -> None:
    values: dict[str, Any] = {"bucket": {"availableTokens": 9}, "drinkOrder": {"drink": "Latte"}}
    given = {field.name: values.get(field.name, "x") for field in fields(kind) if field.default in (MISSING, None)}
    detail = kind(**given).detail
    told = message(delivered(envelope(kind.detail_type, {**detail, "at": NOW})))
    assert told == {"type": kind.detail_type, "detail": {**detail, "at": NOW}}


def test_a_message_has_a_type_and_a_detail_and_nothing_else() -> None:
    for detail_type, detail in RECORDED:
        assert message(delivered(envelope(detail_type, detail))).keys() == {"type", "detail"}


@pytest.mark.parametrize("detail_type", [*KINDS, "Something.Else"])
def test_q24_q29_tokens_codes_and_addresses_are_told_to_nobody(detail_type: str) -> None:
    """As the original put them into its events, at the top and further in."""
    told = message(
        happened(
            detail_type,
            TaskToken=SECRETS[0],
            taskToken=SECRETS[0],
            last_code=SECRETS[1],
            bucket={"last_code": SECRETS[1], "code": SECRETS[1], "availableTokens": {"code": SECRETS[1]}},
            drinkOrder={"drink": "Latte", "userId": SECRETS[2], "modifiers": [{"phone": SECRETS[3]}]},
            email=SECRETS[2],
            phone_number=SECRETS[3],
            order={"email": SECRETS[2]},
            orderNumber={"N": SECRETS[3]},
            reason=[[SECRETS[2]]],
        )
    )
    assert not [secret for secret in SECRETS if secret in json.dumps(told)]


def test_parts_that_are_text_are_left_out() -> None:
    """The original's drink is JSON in a text, in which anything may be."""
    assert "drinkOrder" not in message(happened("OrderManager.WaitingCompletion", drinkOrder='{"mail": "x"}'))["detail"]


def test_two_deliveries_of_an_event_are_the_same_message() -> None:
    first, second = (delivered(envelope("OrderProcessor.orderFinished", {"eventId": "ABC"}, name)) for name in "ab")
    assert message(first) == message(second)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
NAMES = st.sampled_from(["eventId", "orderId", "userId", "bucket", "drinkOrder", "Message", "changed", "TaskToken"])


@given(detail_type=st.sampled_from([*KINDS, "Something.Else"]), detail=st.dictionaries(NAMES, JSON))
def test_whatever_an_event_holds_no_stranger_hears_of_an_order_and_nothing_breaks(
    detail_type: str, detail: dict[str, Any]
) -> None:
    event = delivered(envelope(detail_type, detail))
    told = message(event)
    assert json.loads(json.dumps(told)) == told
    assert "TaskToken" not in told["detail"]
    if detail_type in ORDER_EVENTS and detail.get("userId") != "stranger":
        assert not hears(STRANGER, event)


def test_a_connection_ends_with_its_token_or_after_two_hours() -> None:
    now = NOW // 1000
    assert until(now + 60, NOW) == now + 60
    assert until(now + 8 * 60 * 60, NOW) == now + LONGEST_S == now + 7200


@pytest.mark.parametrize("said", ["ping", " ping\n", '{"action":"ping"}', '{ "action" : "ping", "n": 1 }'])
def test_a_ping_is_a_ping(said: str) -> None:
    assert is_ping(said)


@pytest.mark.parametrize("said", ["", "pong", "{}", "[]", "5", '"ping"', '{"action": ["ping"]}', "{", "[" * 100_000])
def test_anything_else_is_none(said: str) -> None:
    assert not is_ping(said)

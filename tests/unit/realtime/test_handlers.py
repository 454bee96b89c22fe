"""The WebSocket API's routes: who gets in, what is answered, and that the log keeps no token."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.clock import now_ms
from chalicelib.identity.key_set import KeySet
from chalicelib.realtime import handlers
from chalicelib.realtime.model import LONGEST_S
from simulator.own_shop import app_settings
from tests.support.memory_connections import MemoryConnections, RecordingSockets, connection
from tests.support.memory_stores import MemoryShops
from tests.support.orders import NOW, SHOP
from tests.support.recorded import envelope
from tests.support.token_maker import POOL, claims, public_jwk, token

VARIABLES = {"issuer": POOL.issuer, "clientId": POOL.client_id, "connectionsUrl": "https://api/api"}
CONTEXT: Any = SimpleNamespace(
    function_name="f", memory_limit_in_mb=128, invoked_function_arn="arn:aws:lambda:::function:f", aws_request_id="r"
)


@pytest.fixture(autouse=True)
def connections(monkeypatch: pytest.MonkeyPatch) -> MemoryConnections:
    connections, shops = MemoryConnections(), MemoryShops()
    shops.create(SHOP)
    keys = KeySet(POOL.issuer, lambda _: {"keys": [public_jwk()]})
    monkeypatch.setattr(handlers, "connection_store", lambda: connections)
    monkeypatch.setattr(handlers, "shop_store", lambda: shops)
    monkeypatch.setattr(handlers, "settings", app_settings)
    monkeypatch.setattr(handlers, "key_set", {POOL.issuer: keys}.__getitem__)
    return connections


def good_token(**changes: Any) -> str:
    return token(claims(exp=now_ms() // 1000 + 8 * 60 * 60, **changes))


def handshake(**query: str) -> Any:
    event = {"requestContext": {"connectionId": "c1"}, "stageVariables": VARIABLES}
    return handlers.websocket_connect(event | ({"queryStringParameters": query} if query else {}), CONTEXT)


def test_a_good_token_opens_a_connection_for_two_hours(connections: MemoryConnections) -> None:
    assert handshake(token=good_token(), eventId="ABC") == {"statusCode": 200}
    (opened,) = connections.rows.values()
    assert (opened.connection_id, opened.user_id, opened.is_admin) == ("c1", "u1", False)
    assert (opened.event_id, opened.endpoint) == ("ABC", "https://api/api")
    assert 0 <= now_ms() // 1000 + LONGEST_S - opened.expires_at <= 60


def test_a_handshake_that_names_no_shop_is_about_the_default_one(connections: MemoryConnections) -> None:
    assert handshake(token=good_token()) == {"statusCode": 200}
    assert [one.event_id for one in connections.rows.values()] == ["ABC"]


def test_an_admins_token_opens_an_admins_connection(connections: MemoryConnections) -> None:
    assert handshake(token=good_token(**{"cognito:groups": ["admin"]}), eventId="ABC") == {"statusCode": 200}
    assert [one.is_admin for one in connections.rows.values()] == [True]


def test_a_connection_is_not_open_longer_than_its_token_is_good(connections: MemoryConnections) -> None:
    end = now_ms() // 1000 + 300
    handshake(token=token(claims(exp=end)), eventId="ABC")
    assert [one.expires_at for one in connections.rows.values()] == [end]


@pytest.mark.parametrize("query", [{}, {"eventId": "ABC"}, {"token": "", "eventId": "ABC"}, {"token": "a.b.c"}])
def test_without_a_good_token_nobody_gets_in(connections: MemoryConnections, query: dict[str, str]) -> None:
    assert handshake(**query) == {"statusCode": 401}
    assert connections.rows == {}


def test_an_expired_token_opens_nothing(connections: MemoryConnections) -> None:
    assert handshake(token=token(claims(exp=now_ms() // 1000 - 1)), eventId="ABC") == {"statusCode": 401}
    assert connections.rows == {}


@pytest.mark.parametrize(("event_id", "status"), [("", 400), (" ", 400), ("x" * 3000, 400), ("no-such-shop", 404)])
def test_a_handshake_must_name_a_shop_that_there_is(connections: MemoryConnections, event_id: str, status: int) -> None:
    assert handshake(token=good_token(), eventId=event_id) == {"statusCode": status}
    assert connections.rows == {}


def test_no_token_gets_into_the_log(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = good_token(), token(claims(iss="elsewhere"))
    handshake(token=good, eventId="ABC")
    handshake(token=bad, eventId="ABC")
    logged = caplog.text + capsys.readouterr().out
    assert not [part for text in (good, bad) for part in text.split(".")[1:] if part in logged]


def test_a_ping_is_answered_with_a_pong_in_the_shape_of_all_messages() -> None:
    answer = handlers.websocket_message({"requestContext": {}, "body": '{"action": "ping"}'}, CONTEXT)
    assert (answer["statusCode"], json.loads(answer["body"])) == (200, {"type": "pong", "detail": {}})


@pytest.mark.parametrize("body", ["hello", "", None, '{"action": "subscribe"}'])
def test_anything_else_is_answered_with_what_can_be_said(body: str | None) -> None:
    answer = handlers.websocket_message({"requestContext": {}, "body": body}, CONTEXT)
    assert (answer["statusCode"], json.loads(answer["body"])["type"]) == (200, "unknown")


def test_a_connection_that_closed_is_forgotten(connections: MemoryConnections) -> None:
    handshake(token=good_token(), eventId="ABC")
    for _ in range(2):
        assert handlers.websocket_disconnect({"requestContext": {"connectionId": "c1"}}, CONTEXT) == {"statusCode": 200}
    assert connections.rows == {}


def test_those_who_were_not_told_are_counted_in_the_log(
    connections: MemoryConnections, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(handlers, "sockets", lambda: RecordingSockets(failing={"socket-of-a"}))
    for name in ("a", "b"):
        connections.add(connection(name))
    handlers.publish(envelope("ConfigService.ConfigChanged", {"eventId": "ABC", "at": NOW}), CONTEXT)
    assert [record.message for record in caplog.records] == ["not told", "done"]

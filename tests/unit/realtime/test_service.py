"""Letting people listen, and telling all of them, whoever is gone or fails."""

import json
from typing import Any

import pytest

from chalicelib.envelope import delivered
from chalicelib.errors import Invalid, NotFound
from chalicelib.realtime import service
from chalicelib.realtime.model import HANDSHAKE_S
from chalicelib.realtime.service import NobodyHeard
from chalicelib.realtime.sockets import Outcome
from tests.support.memory_connections import MemoryConnections, RecordingSockets, connection
from tests.support.memory_stores import MemoryShops
from tests.support.orders import NOW, SHOP
from tests.support.recorded import RECORDED, envelope

NEWS = envelope("ConfigService.ConfigChanged", {"eventId": "ABC", "storeOpen": True, "at": NOW})


@pytest.fixture
def connections() -> MemoryConnections:
    return MemoryConnections()


@pytest.fixture
def sockets() -> RecordingSockets:
    return RecordingSockets()


@pytest.fixture
def shops() -> MemoryShops:
    shops = MemoryShops()
    shops.create(SHOP)
    return shops


def publish(connections: MemoryConnections, sockets: RecordingSockets, event: dict[str, Any] = NEWS) -> Outcome:
    return service.publish(connections, sockets, delivered(event), NOW)


def heard(sockets: RecordingSockets) -> list[str]:
    return sorted(name for name, _ in sockets.told)


def test_who_listens_hears(connections: MemoryConnections, sockets: RecordingSockets, shops: MemoryShops) -> None:
    service.listen(connections, shops, connection("u1"))
    assert publish(connections, sockets).heard == 1
    ((name, text),) = sockets.told
    expected = {"type": "ConfigService.ConfigChanged", "detail": {"eventId": "ABC", "storeOpen": True, "at": NOW}}
    assert (name, json.loads(text)) == ("socket-of-u1", expected)


def test_nobody_can_listen_to_a_shop_that_is_not_there(connections: MemoryConnections, shops: MemoryShops) -> None:
    with pytest.raises(NotFound):
        service.listen(connections, shops, connection(event_id="XYZ"))
    assert connections.rows == {}


@pytest.mark.parametrize("event_id", ["", "x" * 513, "A\u200bBC", "\ud83d"])
def test_a_connection_must_name_its_shop(connections: MemoryConnections, shops: MemoryShops, event_id: str) -> None:
    with pytest.raises(Invalid):
        service.listen(connections, shops, connection(event_id=event_id))


def test_whose_token_expired_hears_no_more(connections: MemoryConnections, sockets: RecordingSockets) -> None:
    connections.add(connection("late", expires_at=NOW // 1000))
    connections.add(connection("in time", expires_at=NOW // 1000 + 1))
    publish(connections, sockets)
    assert heard(sockets) == ["socket-of-in time"]


def test_one_customer_hears_at_each_open_window(connections: MemoryConnections, sockets: RecordingSockets) -> None:
    connections.add(connection("u1", connection_id="phone"))
    connections.add(connection("u1", connection_id="laptop"))
    publish(connections, sockets)
    assert heard(sockets) == ["laptop", "phone"]


def test_who_is_gone_is_forgotten_and_the_others_hear(
    connections: MemoryConnections, sockets: RecordingSockets
) -> None:
    for name in ("a", "b", "c"):
        connections.add(connection(name))
    sockets.gone = {"socket-of-b"}
    publish(connections, sockets)
    assert heard(sockets) == ["socket-of-a", "socket-of-c"]
    assert [one.user_id for one in connections.rows.values()] == ["a", "c"]


@pytest.mark.parametrize(("age_s", "kept"), [(0, True), (HANDSHAKE_S, True), (HANDSHAKE_S + 1, False)])
def test_a_connection_whose_handshake_may_be_under_way_is_not_forgotten(
    connections: MemoryConnections, sockets: RecordingSockets, age_s: int, kept: bool
) -> None:
    """Until it is through, API Gateway says that it is gone; forgotten, it would never hear anything."""
    connections.add(connection("a", opened_at=NOW // 1000 - age_s))
    sockets.gone = {"socket-of-a"}
    publish(connections, sockets)
    assert bool(connections.rows) is kept


def test_who_cannot_be_told_stops_nobody_and_is_not_forgotten(
    connections: MemoryConnections, sockets: RecordingSockets
) -> None:
    """The event does not come again, or those that heard would hear twice."""
    connections.add(connection("a"))
    connections.add(connection("b"))
    sockets.failing = {"socket-of-a"}
    assert len(publish(connections, sockets).failed) == 1
    assert heard(sockets) == ["socket-of-b"]
    assert len(connections.rows) == 2


def test_an_event_that_nobody_heard_comes_again(connections: MemoryConnections, sockets: RecordingSockets) -> None:
    connections.add(connection("a"))
    connections.add(connection("b"))
    sockets.failing, sockets.gone = {"socket-of-a"}, {"socket-of-b"}
    with pytest.raises(NobodyHeard):
        publish(connections, sockets)
    assert [one.user_id for one in connections.rows.values()] == ["a"]


def test_where_nobody_listens_nothing_happens(connections: MemoryConnections, sockets: RecordingSockets) -> None:
    assert publish(connections, sockets).heard == 0
    sockets.gone = {"socket-of-a"}
    connections.add(connection("a"))
    publish(connections, sockets)
    assert publish(connections, sockets).gone == ()


@pytest.mark.parametrize(("detail_type", "detail"), RECORDED)
def test_an_event_of_the_original_breaks_nothing(
    connections: MemoryConnections, sockets: RecordingSockets, detail_type: str, detail: dict[str, Any]
) -> None:
    connections.add(connection("6f1c-sub"))
    connections.add(connection("admin", is_admin=True))
    publish(connections, sockets, envelope(detail_type, detail))
    assert not any("AQ…" in text for _, text in sockets.told)

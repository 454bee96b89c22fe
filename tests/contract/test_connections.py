"""The connections' store: each is found by its shop and audience as soon as it is there, and never once it is over."""

import secrets
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.realtime.model import ADMINS, CUSTOMERS, Connection, customer
from chalicelib.realtime.store import ConnectionStore
from simulator.probe.eventually import eventually
from tests.support.memory_connections import MemoryConnections, connection
from tests.support.orders import NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@pytest.fixture(params=["dynamodb", "memory"])
def connections(request: pytest.FixtureRequest) -> ConnectionStore:
    """The connections' store, on DynamoDB and then in memory."""
    if request.param == "memory":
        return MemoryConnections()
    tables: dict[str, Table] = request.getfixturevalue("tables")
    return ConnectionStore(tables["connections_table"])


def opened(connections: ConnectionStore, event_id: str, user_id: str = "u1", **changes: Any) -> Connection:
    one = connection(user_id, **{"event_id": event_id, "connection_id": secrets.token_urlsafe(11), **changes})
    connections.add(one)
    return one


def names(found: list[Connection]) -> set[str]:
    return {one.connection_id for one in found}


def test_a_connection_is_found_as_it_was_added(connections: ConnectionStore, event_id: str) -> None:
    one = opened(connections, event_id, is_admin=True)
    assert connections.listening(event_id, ADMINS, NOW) == [one]


def test_audiences_and_shops_are_apart(connections: ConnectionStore, event_id: str) -> None:
    admin = opened(connections, event_id, "a1", is_admin=True)
    mine = {opened(connections, event_id, "u1").connection_id for _ in range(2)}
    other = opened(connections, event_id, "u10")
    opened(connections, f"{event_id}-2", "u1")
    assert connections.listening(event_id, ADMINS, NOW) == [admin]
    assert names(connections.listening(event_id, customer("u1"), NOW)) == mine
    assert names(connections.listening(event_id, CUSTOMERS, NOW)) == mine | {other.connection_id}


def test_a_connection_is_over_with_its_last_second(connections: ConnectionStore, event_id: str) -> None:
    opened(connections, event_id, expires_at=NOW // 1000)
    in_time = opened(connections, event_id, expires_at=NOW // 1000 + 1)
    assert connections.listening(event_id, CUSTOMERS, NOW) == [in_time]


def test_more_than_a_page_is_found_and_more_than_a_batch_forgotten(connections: ConnectionStore, event_id: str) -> None:
    """A page of DynamoDB's ends at a megabyte, a batch at 25 rows."""
    endpoint = "https://" + "x" * 20_000
    added = {opened(connections, event_id, endpoint=endpoint).connection_id for _ in range(60)}
    found = connections.listening(event_id, CUSTOMERS, NOW)
    assert names(found) == added
    connections.forget(found)
    assert connections.listening(event_id, CUSTOMERS, NOW) == []


def test_who_is_gone_is_forgotten_and_nobody_else_also_twice(connections: ConnectionStore, event_id: str) -> None:
    gone, stays = opened(connections, event_id), opened(connections, event_id)
    for _ in range(2):
        connections.forget([gone])
        assert connections.listening(event_id, CUSTOMERS, NOW) == [stays]
    connections.forget([])


def test_a_connection_is_forgotten_by_its_id(connections: ConnectionStore, event_id: str) -> None:
    gone, stays = opened(connections, event_id), opened(connections, event_id)

    def forgotten() -> None:
        connections.forget_id(gone.connection_id)
        assert connections.listening(event_id, CUSTOMERS, NOW) == [stays]

    eventually(forgotten)
    connections.forget_id("never was here")

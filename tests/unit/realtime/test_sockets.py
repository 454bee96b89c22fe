"""Many connections are told at the same time, and none waits for a slow or broken one."""

from threading import Barrier
from types import SimpleNamespace
from typing import Any, cast

import pytest

from chalicelib import aws
from chalicelib.realtime.sockets import ApiGatewaySockets
from tests.support.memory_connections import connection


class Gone(Exception):
    """What API Gateway says of a closed connection."""


class Gateway:
    """API Gateway's @connections API, for an endpoint."""

    exceptions = SimpleNamespace(GoneException=Gone)

    def __init__(self) -> None:
        self.told: list[tuple[str, bytes]] = []
        self.together = Barrier(1)

    def post_to_connection(self, ConnectionId: str, Data: bytes) -> None:  # noqa: N803  # botocore's names
        self.together.wait(timeout=10)
        if ConnectionId.startswith("gone"):
            raise Gone
        if ConnectionId.startswith("broken"):
            raise ConnectionError(ConnectionId)
        self.told.append((ConnectionId, Data))


@pytest.fixture
def gateways() -> dict[str, Gateway]:
    return {"https://one/api": Gateway(), "https://two/api": Gateway()}


@pytest.fixture
def sockets(gateways: dict[str, Gateway]) -> ApiGatewaySockets:
    return ApiGatewaySockets(lambda endpoint: cast("Any", gateways[endpoint]))


def named(name: str, endpoint: str = "https://one/api") -> Any:
    return connection(connection_id=name, endpoint=endpoint)


def test_each_connection_is_told_through_its_own_api(sockets: ApiGatewaySockets, gateways: dict[str, Gateway]) -> None:
    outcome = sockets.tell([named("a"), named("b", "https://two/api")], "Grüße")
    assert outcome.heard == 2
    assert [gateway.told for gateway in gateways.values()] == [[("a", "Grüße".encode())], [("b", "Grüße".encode())]]


def test_one_that_is_gone_or_broken_stops_no_other(sockets: ApiGatewaySockets, gateways: dict[str, Gateway]) -> None:
    all_ = [named(name) for name in ("broken-1", "a", "gone-1", "b", "broken-2", "gone-2", "c")]
    outcome = sockets.tell(all_, "text")
    assert sorted(name for name, _ in gateways["https://one/api"].told) == ["a", "b", "c"]
    assert outcome.heard == 3
    assert [one.connection_id for one in outcome.gone] == ["gone-1", "gone-2"]
    assert sorted(map(str, outcome.failed)) == ["broken-1", "broken-2"]


def test_as_many_are_told_at_the_same_time_as_is_allowed(
    sockets: ApiGatewaySockets, gateways: dict[str, Gateway]
) -> None:
    """Each waits for all the others: were they told one after the other, none would ever be."""
    gateways["https://one/api"].together = Barrier(aws.SOCKETS_AT_ONCE)
    outcome = sockets.tell([named(f"c{number}") for number in range(aws.SOCKETS_AT_ONCE)], "text")
    assert (outcome.heard, outcome.failed) == (aws.SOCKETS_AT_ONCE, [])


def test_a_client_holds_as_many_connections_as_it_is_used_at_the_same_time() -> None:
    assert aws.SOCKETS_CONFIG.max_pool_connections == aws.SOCKETS_AT_ONCE  # type: ignore[attr-defined]

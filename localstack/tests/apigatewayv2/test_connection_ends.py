"""How connections end, and what $disconnect's function is told of it."""

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK
from websockets.sync.client import ClientConnection

from .conftest import CloudProcess, Maker, WebSocketApi


def ended_with(client: ClientConnection) -> tuple[int | None, str | None]:
    """How the server ends a connection that it sends nothing on."""
    assert list(client) == []
    return client.close_code, client.close_reason


@pytest.mark.parametrize(("code", "reason"), [(1000, ""), (1001, "bye"), (4321, "my own reasons")])
def test_the_function_is_told_what_the_client_said(api: WebSocketApi, code: int, reason: str) -> None:
    client, connection_id = api.connect_known()
    with client:
        client.close(code, reason)
    end = api.disconnect_context(connection_id)
    assert (end["eventType"], end["routeKey"]) == ("DISCONNECT", "$disconnect")
    assert (end["disconnectStatusCode"], end["disconnectReason"]) == (code, reason)
    assert client.close_code == code


def test_a_socket_that_just_dies_is_an_end_too(api: WebSocketApi) -> None:
    client, connection_id = api.connect_known()
    with client:
        client.socket.shutdown(socket.SHUT_RDWR)
    end = api.disconnect_context(connection_id)
    assert (end["disconnectStatusCode"], end["disconnectReason"]) == (1006, "Connection Closed Abnormally")


def test_text_that_is_none_ends_the_connection(api: WebSocketApi) -> None:
    client, connection_id = api.connect_known()
    with client:
        client.send(b"\xff", text=True)
        with pytest.raises(ConnectionClosedError):
            client.recv(timeout=60)
        assert client.close_code == 1007
    assert api.disconnect_context(connection_id)["disconnectStatusCode"] == 1007


def test_a_client_that_never_answers_our_farewell_is_let_go(api: WebSocketApi) -> None:
    address = urlparse(api.url)
    with socket.create_connection((address.hostname, address.port)) as deaf:
        deaf.sendall(
            f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        assert deaf.recv(4096).startswith(b"HTTP/1.1 101")
        connection_id = api.function.events("CONNECT")[-1]["requestContext"]["connectionId"]
        api.management.delete_connection(ConnectionId=connection_id)
        assert api.disconnect_context(connection_id)["disconnectStatusCode"] == 1000


def test_each_end_is_told_once(api: WebSocketApi) -> None:
    (client, connection_id), (later, later_id) = api.connect_known(), api.connect_known()
    with client:
        client.close()
    api.disconnect_context(connection_id)
    with later:
        later.close()
    api.disconnect_context(later_id)
    told = [event["requestContext"]["connectionId"] for event in api.function.events("DISCONNECT")]
    assert told.count(connection_id) == 1


def test_connections_end_with_their_stage(make_api: Maker) -> None:
    api = make_api("$connect", "$disconnect")
    client, connection_id = api.connect_known()
    with client:
        api.gateway.delete_stage(ApiId=api.id, StageName=api.stage)
        assert ended_with(client) == (1001, "Going away")
    assert api.disconnect_context(connection_id)["disconnectStatusCode"] == 1001


def test_connections_end_with_their_api_and_no_others(api: WebSocketApi, make_api: Maker) -> None:
    doomed = make_api("$connect")
    with api.connect() as other, doomed.connect() as client:
        doomed.gateway.delete_api(ApiId=doomed.id)
        assert ended_with(client) == (1001, "Going away")
        other.send("still here")
        assert "still here" in other.recv(timeout=60)


IDLE_MS, DURATION_MS = 3000, 6000


def lasted_ms(end: dict[str, Any]) -> int:
    """How long the connection was open, by the context of its end."""
    return int(end["requestTimeEpoch"]) - int(end["connectedAt"])


@pytest.fixture
def hasty_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_CLOUD_WEBSOCKET_IDLE_SECONDS", str(IDLE_MS / 1000))
    monkeypatch.setenv("LOCAL_CLOUD_WEBSOCKET_DURATION_SECONDS", str(DURATION_MS / 1000))


@pytest.fixture
def hasty_api(hasty_times: None, fresh_cloud: CloudProcess, tmp_path: Path) -> WebSocketApi:
    """Give an API on a cloud that soon ends connections without a word, and all of them after twice as long."""
    return Maker(fresh_cloud.endpoint_url, tmp_path)("$connect", "$disconnect")


def test_connections_end_when_they_are_idle_or_old_or_the_cloud_stops(
    hasty_api: WebSocketApi, fresh_cloud: CloudProcess
) -> None:
    (idle, idle_id), (busy, busy_id) = hasty_api.connect_known(), hasty_api.connect_known()
    with idle, busy:
        with suppress(ConnectionClosedOK):
            while True:
                busy.ping()
                with suppress(TimeoutError):
                    busy.recv(timeout=0.3)
        assert busy.close_code == 1001
        assert ended_with(idle) == (1001, "Going away")
    end_of_idle, end_of_busy = hasty_api.disconnect_context(idle_id), hasty_api.disconnect_context(busy_id)
    assert (end_of_idle["disconnectStatusCode"], end_of_idle["disconnectReason"]) == (1001, "Going away")
    assert IDLE_MS <= lasted_ms(end_of_idle) < lasted_ms(end_of_busy)
    assert lasted_ms(end_of_busy) >= DURATION_MS

    with hasty_api.connect() as last:
        os.kill(fresh_cloud.pid, signal.SIGTERM)
        assert ended_with(last) == (1001, "Going away")

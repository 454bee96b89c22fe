"""The @connections API through boto3."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from .conftest import Clients, Cloud, Maker, WebSocketApi

MESSAGE = 128 * 1024


@pytest.fixture(params=["stage", "host", "none"])
def management(request: pytest.FixtureRequest, api: WebSocketApi, cloud: Cloud) -> Any:
    """Give the API's client by each address that it may be given."""
    if request.param == "stage":
        return api.management
    client = Clients(cloud.endpoint_url)("apigatewaymanagementapi")
    if request.param == "host":
        host = f"{api.id}.execute-api.eu-west-1.localhost"

        def to_host(params: dict[str, Any], **_: Any) -> None:
            params["url"] = params["url"].replace("/@connections", f"/{api.stage}/@connections")
            params["headers"]["Host"] = host

        client.meta.events.register("before-call", to_host)
    return client


def test_data_is_sent_to_the_client(api: WebSocketApi, management: Any) -> None:
    client, connection_id = api.connect_known()
    with client:
        management.post_to_connection(ConnectionId=connection_id, Data="grüß dich".encode())
        assert client.recv(timeout=60) == "grüß dich"


def test_data_is_sent_in_the_order_it_was_given(api: WebSocketApi) -> None:
    client, connection_id = api.connect_known()
    management = api.management
    with client:
        for number in range(50):
            management.post_to_connection(ConnectionId=connection_id, Data=str(number))
        assert [client.recv(timeout=60) for _ in range(50)] == [str(number) for number in range(50)]


def test_a_connection_is_described(api: WebSocketApi, management: Any) -> None:
    client, connection_id = api.connect_known()
    with client:
        before = management.get_connection(ConnectionId=connection_id)
        client.send("hello")
        client.recv(timeout=60)
        after = management.get_connection(ConnectionId=connection_id)
    assert before["Identity"]["SourceIp"] == "127.0.0.1"
    assert before["Identity"]["UserAgent"].startswith("Python/")
    assert before["ConnectedAt"] == after["ConnectedAt"] <= before["LastActiveAt"] < after["LastActiveAt"]


def test_a_connection_can_be_ended(api: WebSocketApi, management: Any) -> None:
    client, connection_id = api.connect_known()
    with client:
        management.delete_connection(ConnectionId=connection_id)
        assert list(client) == []
        assert client.close_code == 1000
    end = api.disconnect_context(connection_id)
    assert (end["disconnectStatusCode"], end["disconnectReason"]) == (1000, "Connection Closed Normally")
    with pytest.raises(management.exceptions.GoneException):
        management.delete_connection(ConnectionId=connection_id)


@pytest.mark.parametrize("connection_id", ["none", "L0SM9cOFvHcCIhw="])
def test_an_unknown_connection_is_gone(management: Any, connection_id: str) -> None:
    for call in (management.get_connection, management.delete_connection):
        with pytest.raises(management.exceptions.GoneException) as gone:
            call(ConnectionId=connection_id)
        assert gone.value.response["ResponseMetadata"]["HTTPStatusCode"] == 410
    with pytest.raises(management.exceptions.GoneException):
        management.post_to_connection(ConnectionId=connection_id, Data=b"hello")


def test_a_connection_that_its_client_closed_is_gone(api: WebSocketApi) -> None:
    client, connection_id = api.connect_known()
    with client:
        client.close()
    api.disconnect_context(connection_id)
    with pytest.raises(api.management.exceptions.GoneException):
        api.management.post_to_connection(ConnectionId=connection_id, Data=b"hello")


def test_the_longest_data_is_sent_and_longer_data_is_refused(api: WebSocketApi) -> None:
    client, connection_id = api.connect_known()
    with client:
        api.management.post_to_connection(ConnectionId=connection_id, Data=b"x" * MESSAGE)
        assert client.recv(timeout=60) == "x" * MESSAGE
        with pytest.raises(api.management.exceptions.PayloadTooLargeException) as refused:
            api.management.post_to_connection(ConnectionId=connection_id, Data=b"x" * (MESSAGE + 1))
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


def test_data_that_is_no_text_is_refused(api: WebSocketApi) -> None:
    client, connection_id = api.connect_known()
    with client, pytest.raises(ClientError, match="UTF-8"):
        api.management.post_to_connection(ConnectionId=connection_id, Data=b"\xff")


def test_a_connection_of_another_api_is_gone(api: WebSocketApi, make_api: Maker) -> None:
    other = make_api("$connect")
    client, connection_id = other.connect_known()
    with client, pytest.raises(api.management.exceptions.GoneException):
        api.management.get_connection(ConnectionId=connection_id)


def test_an_unknown_api_is_forbidden(api: WebSocketApi) -> None:
    unknown = api.clients("apigatewaymanagementapi", api.management.meta.endpoint_url.replace(api.id, "none"))
    with pytest.raises(unknown.exceptions.ForbiddenException):
        unknown.get_connection(ConnectionId="any")


def test_a_function_can_answer_while_its_message_is_handled(api: WebSocketApi, tmp_path: Path) -> None:
    client, connection_id = api.connect_known()
    with client:
        client.send(json.dumps({"action": "echo", "until": str(tmp_path / "go on")}))
        api.management.post_to_connection(ConnectionId=connection_id, Data=b"meanwhile")
        assert client.recv(timeout=60) == "meanwhile"
        (tmp_path / "go on").touch()
        assert "until" in client.recv(timeout=60)

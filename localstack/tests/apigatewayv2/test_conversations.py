"""What a client's messages do, and what comes back."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from .conftest import Maker, WebSocketApi, eventually

FRAME, MESSAGE = 32 * 1024, 128 * 1024


def answer(client: ClientConnection) -> dict[str, Any]:
    """The next frame's JSON."""
    received: dict[str, Any] = json.loads(client.recv(timeout=60))
    return received


def tell(client: ClientConnection, action: str, **orders: Any) -> None:
    client.send(json.dumps({"action": action, **orders}))


def close_code(client: ClientConnection) -> int | None:
    """The code of the close frame that the server sends now."""
    with pytest.raises(ConnectionClosed):
        client.recv(timeout=60)
    return client.close_code


def test_a_two_way_routes_answer_is_sent_back(api: WebSocketApi) -> None:
    with api.connect() as client:
        tell(client, "echo", size="large")
        event = answer(client)
    assert json.loads(event["body"]) == {"action": "echo", "size": "large"}
    assert event["isBase64Encoded"] is False
    context = event["requestContext"]
    assert (context["routeKey"], context["eventType"]) == ("echo", "MESSAGE")
    assert context["messageId"]


def test_a_one_way_routes_answer_is_not(api: WebSocketApi) -> None:
    with api.connect() as client:
        tell(client, "quiet")
        tell(client, "echo")
        assert answer(client)["requestContext"]["routeKey"] == "echo"


@pytest.mark.parametrize("message", ["no JSON", '{"action": "unknown"}', "", "ü" * 100])
def test_the_default_route_takes_the_rest(api: WebSocketApi, message: str) -> None:
    with api.connect() as client:
        client.send(message)
        event = answer(client)
    assert (event["requestContext"]["routeKey"], event["body"]) == ("$default", message)


def test_a_message_that_no_route_takes_is_answered_with_forbidden(make_api: Maker) -> None:
    with make_api("quiet").connect() as client:
        client.send("hello")
        error = answer(client)
    assert (error["message"], set(error)) == ("Forbidden", {"message", "connectionId", "requestId"})


@pytest.mark.parametrize("action", ["echo", "quiet"])
@pytest.mark.parametrize("orders", [{"failure": "oops"}, {"answer": None}, {"answer": {"body": "no status"}}])
def test_a_function_that_fails_is_an_internal_server_error(api: WebSocketApi, action: str, orders: Any) -> None:
    client, connection_id = api.connect_known()
    with client:
        tell(client, action, **orders)
        error = answer(client)
        assert (error["message"], error["connectionId"]) == ("Internal server error", connection_id)
        tell(client, "echo")
        assert answer(client)["body"]


def test_a_function_that_takes_too_long_is_told_apart(make_api: Maker) -> None:
    api = make_api("quiet", deployed=False)
    api.limit_integration(milliseconds=500)
    api.deploy()
    with api.connect() as client:
        tell(client, "quiet", seconds=5)
        assert answer(client)["message"] == "Endpoint request timed out"


def test_messages_are_handled_in_order_one_at_a_time(api: WebSocketApi) -> None:
    with api.connect() as client:
        for number in range(8):
            tell(client, "echo", number=number, seconds=0.2 if number % 2 == 0 else 0)
        received = [json.loads(answer(client)["body"])["number"] for _ in range(8)]
    assert received == list(range(8))


def test_far_more_messages_than_wait_at_a_time_all_arrive(api: WebSocketApi) -> None:
    with api.connect() as client:
        for number in range(100):
            tell(client, "echo", number=number)
        received = [json.loads(answer(client)["body"])["number"] for _ in range(100)]
    assert received == list(range(100))


def test_a_slow_function_holds_up_no_other_connection(api: WebSocketApi, tmp_path: Path) -> None:
    with api.connect() as slow, api.connect() as quick:
        tell(slow, "echo", until=str(tmp_path / "go on"))
        tell(quick, "echo")
        assert answer(quick)["body"]
        with pytest.raises(TimeoutError):
            slow.recv(timeout=0)
        (tmp_path / "go on").touch()
        assert answer(slow)["body"]


def test_a_message_in_many_frames_is_one(api: WebSocketApi) -> None:
    with api.connect() as client:
        client.send(["two ", "halves ", "and a third"])
        assert answer(client)["body"] == "two halves and a third"


def test_the_longest_message_of_the_longest_frames_is_taken(api: WebSocketApi) -> None:
    with api.connect() as client:
        client.send(["x" * FRAME] * (MESSAGE // FRAME))
        assert answer(client)["body"] == "x" * MESSAGE


@pytest.mark.parametrize(
    "frames", [["x" * (FRAME + 1)], ["x" * FRAME] * 4 + ["x"], ["x" * (10 * MESSAGE)]], ids=["frame", "message", "huge"]
)
def test_whatever_is_longer_closes_the_connection(api: WebSocketApi, frames: list[str]) -> None:
    client, connection_id = api.connect_known()
    with client:
        with suppress(ConnectionClosed):  # it may be closed before all of it is sent
            client.send(frames)
        assert close_code(client) == 1009
    assert api.disconnect_context(connection_id)["disconnectStatusCode"] == 1009


def test_a_binary_frame_closes_the_connection(api: WebSocketApi) -> None:
    with api.connect() as client:
        client.send(b"bytes")
        assert close_code(client) == 1003


def test_a_ping_is_answered(api: WebSocketApi) -> None:
    with api.connect() as client:
        assert client.ping("are you there").wait(60)


def test_stage_variables_reach_the_function_and_may_name_it(make_api: Maker) -> None:
    api = make_api(deployed=False)
    name = api.function.arn.rpartition(":")[2]
    integration = api.gateway.create_integration(
        ApiId=api.id,
        IntegrationType="AWS_PROXY",
        IntegrationUri=api.function.uri.replace(name, "${stageVariables.name}"),
    )
    api.add_route("$default", two_way=True, Target=f"integrations/{integration['IntegrationId']}")
    api.deploy()
    api.gateway.update_stage(ApiId=api.id, StageName=api.stage, StageVariables={"name": name})
    with api.connect() as client:
        client.send("hello")
        assert answer(client)["stageVariables"] == {"name": name}


def test_a_change_of_routes_counts_when_it_is_deployed_for_open_connections_too(make_api: Maker) -> None:
    api = make_api("quiet")
    with api.connect() as client:
        api.add_route("$default", two_way=True)
        client.send("before")
        assert answer(client)["message"] == "Forbidden"
        api.deploy()
        client.send("after")
        assert answer(client)["body"] == "after"


def test_a_message_whose_client_has_gone_is_handled_before_its_end_is_told(api: WebSocketApi) -> None:
    client, connection_id = api.connect_known()
    with client:
        tell(client, "echo", seconds=1, last="words")
    end = api.disconnect_context(connection_id)
    said = eventually(lambda: [event for event in api.function.events("MESSAGE") if "last" in event["body"]])
    assert said[-1]["requestContext"]["requestTimeEpoch"] + 1000 <= end["requestTimeEpoch"]

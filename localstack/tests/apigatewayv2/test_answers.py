import json
from typing import Any

import pytest
from local_cloud.plugins.apigatewayv2.answers import (
    HandshakeRefusedError,
    MalformedAnswerError,
    accepted_subprotocol,
    error_body,
    reply,
)

MALFORMED: list[Any] = [
    None,
    "text",
    [],
    {},
    {"body": "x"},
    {"statusCode": "ok"},
    {"statusCode": True},
    {"statusCode": 101},
]


def refused_status(answer: Any) -> int:
    with pytest.raises(HandshakeRefusedError) as refusal:
        accepted_subprotocol(answer, [])
    return refusal.value.status


@pytest.mark.parametrize("status", [200, 204, "200"])
def test_success_lets_the_client_in(status: int | str) -> None:
    assert accepted_subprotocol({"statusCode": status}, []) is None


@pytest.mark.parametrize("status", [302, 400, 401, 403, 429, 500])
def test_any_other_status_is_that_of_the_refused_handshake(status: int) -> None:
    assert refused_status({"statusCode": status}) == status


@pytest.mark.parametrize("answer", MALFORMED)
def test_an_answer_that_is_none_refuses_with_bad_gateway(answer: Any) -> None:
    assert refused_status(answer) == 502


@pytest.mark.parametrize(
    ("status", "message"), [(401, "Unauthorized"), (403, "Forbidden"), (500, "Internal server error"), (599, None)]
)
def test_a_refusal_says_what_it_is_but_not_what_broke(status: int, message: str | None) -> None:
    assert str(HandshakeRefusedError(status)) == (message or "Internal server error")


def test_the_subprotocol_is_the_functions_choice() -> None:
    answer = {"statusCode": 200, "headers": {"sec-websocket-Protocol": "chat.v2"}}
    assert accepted_subprotocol(answer, ["chat.v1", "chat.v2"]) == "chat.v2"


def test_a_subprotocol_that_was_not_offered_is_left_out() -> None:
    answer = {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "other"}}
    assert accepted_subprotocol(answer, ["chat"]) is None


def test_the_body_is_sent_back() -> None:
    assert reply({"statusCode": 200, "body": "hello"}) == "hello"
    assert reply({"statusCode": 500, "body": "sorry"}) == "sorry"


def test_a_base64_body_is_sent_decoded() -> None:
    assert reply({"statusCode": 200, "body": "w6k=", "isBase64Encoded": True}) == "é"


@pytest.mark.parametrize("answer", [{"statusCode": 200}, {"statusCode": 200, "body": None}])
def test_without_a_body_nothing_is_sent_back(answer: Any) -> None:
    assert reply(answer) is None


@pytest.mark.parametrize(
    "answer",
    [*MALFORMED, {"statusCode": 200, "body": {}}, {"statusCode": 200, "body": "?", "isBase64Encoded": True}],
)
def test_a_malformed_answer_is_told_apart(answer: Any) -> None:
    with pytest.raises(MalformedAnswerError):
        reply(answer)


def test_an_error_names_the_connection_and_the_request() -> None:
    body = json.loads(error_body("Forbidden", "c=", "r="))
    assert body == {"message": "Forbidden", "connectionId": "c=", "requestId": "r="}

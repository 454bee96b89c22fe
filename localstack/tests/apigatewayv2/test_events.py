from dataclasses import replace
from datetime import UTC, datetime

from local_cloud.plugins.apigatewayv2.events import (
    ConnectionFacts,
    HandshakeRequest,
    Occurrence,
    authorizer_event,
    connect_event,
    disconnect_event,
    message_event,
    new_id,
    with_stage_variables,
)
from local_cloud.plugins.apigatewayv2.farewell import Farewell

CONNECTED = datetime(2026, 11, 23, 9, 0, 0, tzinfo=UTC)
FACTS = ConnectionFacts("api", "live", "connection=", CONNECTED, "api.host", "127.0.0.1", "a browser")
LATER = Occurrence("request=", datetime(2026, 11, 23, 9, 0, 1, 500_000, tzinfo=UTC))
REQUEST = HandshakeRequest(
    headers=(("Host", "api.host"), ("X-Tag", "a"), ("X-Tag", "b")),
    query=(("token", "t"), ("tag", "a"), ("tag", "b")),
)
CONTEXT = {
    "messageDirection": "IN",
    "requestId": "request=",
    "extendedRequestId": "request=",
    "requestTime": "23/Nov/2026:09:00:01 +0000",
    "requestTimeEpoch": 1795424401500,
    "connectionId": "connection=",
    "connectedAt": 1795424400000,
    "apiId": "api",
    "stage": "live",
    "domainName": "api.host",
    "identity": {"sourceIp": "127.0.0.1", "userAgent": "a browser"},
}


def test_a_handshakes_event_has_headers_and_query_both_ways() -> None:
    assert connect_event(FACTS, LATER, REQUEST) == {
        "headers": {"Host": "api.host", "X-Tag": "b"},
        "multiValueHeaders": {"Host": ["api.host"], "X-Tag": ["a", "b"]},
        "queryStringParameters": {"token": "t", "tag": "b"},
        "multiValueQueryStringParameters": {"token": ["t"], "tag": ["a", "b"]},
        "requestContext": {**CONTEXT, "routeKey": "$connect", "eventType": "CONNECT"},
        "isBase64Encoded": False,
    }


def test_a_handshake_without_a_query_has_no_such_fields() -> None:
    event = connect_event(FACTS, LATER, replace(REQUEST, query=()))
    assert not {"queryStringParameters", "multiValueQueryStringParameters"} & set(event)


def test_a_messages_event_has_the_body_and_an_id() -> None:
    event = message_event(FACTS, LATER, "order", "salad")
    assert event["requestContext"].pop("messageId")
    assert event == {
        "requestContext": {**CONTEXT, "routeKey": "order", "eventType": "MESSAGE"},
        "body": "salad",
        "isBase64Encoded": False,
    }


def test_the_event_of_the_end_says_how_it_ended() -> None:
    event = disconnect_event(FACTS, LATER, Farewell(1001, "Going away"))
    assert event["requestContext"] == {
        **CONTEXT,
        "routeKey": "$disconnect",
        "eventType": "DISCONNECT",
        "disconnectStatusCode": 1001,
        "disconnectReason": "Going away",
    }
    assert event["headers"]["Host"] == "api.host"


def test_what_the_authorizer_said_is_in_every_event() -> None:
    facts = replace(FACTS, authorizer={"principalId": "ann"})
    for event in (
        connect_event(facts, LATER, REQUEST),
        message_event(facts, LATER, "$default", ""),
        disconnect_event(facts, LATER, Farewell(1000, "")),
    ):
        assert event["requestContext"]["authorizer"] == {"principalId": "ann"}


def test_an_authorizer_sees_the_handshake_and_what_it_is_for() -> None:
    connect = connect_event(FACTS, LATER, replace(REQUEST, query=()))
    event = authorizer_event(connect, "arn:api/live/$connect", {"color": "blue"})
    assert (event["type"], event["methodArn"]) == ("REQUEST", "arn:api/live/$connect")
    assert event["stageVariables"] == {"color": "blue"}
    assert event["headers"] == connect["headers"]
    assert event["queryStringParameters"] == {}
    assert "isBase64Encoded" not in event


def test_only_a_stage_with_variables_sends_them() -> None:
    assert with_stage_variables({"body": ""}, {"color": "blue"}) == {"body": "", "stageVariables": {"color": "blue"}}
    assert with_stage_variables({"body": ""}, {}) == {"body": ""}


def test_ids_look_like_those_of_aws_and_differ() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(made) == 16 and made.endswith("=") for made in ids)

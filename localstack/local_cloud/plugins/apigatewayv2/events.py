"""The events that a WebSocket API's functions receive. Pure: dictionaries from facts.

The fields are those of the API Gateway Developer Guide (apigateway-websocket-api-mapping-template-reference.html and
apigateway-websocket-api-lambda-auth.html); which event has which is as in events recorded from AWS.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any

from local_cloud.plugins.apigatewayv2.farewell import Farewell
from local_cloud.plugins.apigatewayv2.routing import CONNECT, DISCONNECT

Event = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ConnectionFacts:
    """What is known of a connection from its handshake on; `caller` is who signed it, `authorizer` what that added."""

    api_id: str
    stage: str
    connection_id: str
    connected_at: datetime
    domain_name: str
    source_ip: str
    user_agent: str
    caller: Mapping[str, str] = field(default_factory=dict)
    authorizer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Occurrence:
    """One event in a connection's life."""

    request_id: str
    at: datetime


@dataclass(frozen=True)
class HandshakeRequest:
    """The HTTP request that opens a connection: its headers and query parameters, in order, maybe repeated."""

    headers: Pairs
    query: Pairs


def new_id() -> str:
    """An id like AWS's for connections, messages and requests, such as `L0SM9cOFvHcCIhw=`."""
    return urlsafe_b64encode(token_bytes(11)).decode()


def now() -> Occurrence:
    """An occurrence of this moment."""
    return Occurrence(new_id(), datetime.now(UTC))


def connect_event(facts: ConnectionFacts, occurrence: Occurrence, request: HandshakeRequest) -> Event:
    """The event of a handshake."""
    event: Event = {
        "headers": _last_values(request.headers),
        "multiValueHeaders": _all_values(request.headers),
        "requestContext": _context(facts, occurrence, CONNECT, "CONNECT"),
        "isBase64Encoded": False,
    }
    if request.query:
        event["queryStringParameters"] = _last_values(request.query)
        event["multiValueQueryStringParameters"] = _all_values(request.query)
    return event


def authorizer_event(connect: Event, method_arn: str, stage_variables: Mapping[str, str]) -> Event:
    """The event that a REQUEST authorizer receives before `connect` reaches the route."""
    asked = {name: value for name, value in connect.items() if name != "isBase64Encoded"}
    absent: Event = {"queryStringParameters": {}, "multiValueQueryStringParameters": {}}
    return {"type": "REQUEST", "methodArn": method_arn, "stageVariables": dict(stage_variables)} | absent | asked


def message_event(facts: ConnectionFacts, occurrence: Occurrence, route_key: str, body: str) -> Event:
    """The event of a client's message."""
    context = _context(facts, occurrence, route_key, "MESSAGE")
    return {"requestContext": context | {"messageId": new_id()}, "body": body, "isBase64Encoded": False}


def disconnect_event(facts: ConnectionFacts, occurrence: Occurrence, farewell: Farewell) -> Event:
    """The event of a connection's end."""
    context = _context(facts, occurrence, DISCONNECT, "DISCONNECT")
    end = {"disconnectStatusCode": farewell.code, "disconnectReason": farewell.reason}
    headers = (("Host", facts.domain_name), ("x-api-key", ""), ("X-Forwarded-For", ""), ("x-restapi", ""))
    return {
        "headers": _last_values(headers),
        "multiValueHeaders": _all_values(headers),
        "requestContext": context | end,
        "isBase64Encoded": False,
    }


def with_stage_variables(event: Event, stage_variables: Mapping[str, str]) -> Event:
    """The event as a stage with variables sends it."""
    return event | {"stageVariables": dict(stage_variables)} if stage_variables else event


def _context(facts: ConnectionFacts, occurrence: Occurrence, route_key: str, event_type: str) -> Event:
    context: Event = {
        "routeKey": route_key,
        "eventType": event_type,
        "messageDirection": "IN",
        "requestId": occurrence.request_id,
        "extendedRequestId": occurrence.request_id,
        "requestTime": occurrence.at.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": _epoch_ms(occurrence.at),
        "connectionId": facts.connection_id,
        "connectedAt": _epoch_ms(facts.connected_at),
        "apiId": facts.api_id,
        "stage": facts.stage,
        "domainName": facts.domain_name,
        "identity": {"sourceIp": facts.source_ip, "userAgent": facts.user_agent, **facts.caller},
    }
    return context | {"authorizer": dict(facts.authorizer)} if facts.authorizer else context


def _epoch_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _last_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return dict(pairs)


def _all_values(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values

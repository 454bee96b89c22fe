"""What a function's answer means for the connection it was asked about. Pure.

A Lambda proxy integration answers `{"statusCode": .., "headers": {..}, "body": "..", "isBase64Encoded": ..}`.
"""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any


class HandshakeRefusedError(Exception):
    """The connection is not made; `status` is that of the HTTP response, the argument its message."""

    def __init__(self, status: int, message: str | None = None) -> None:
        super().__init__(message or _phrase(status))
        self.status = status


class MalformedAnswerError(Exception):
    """A function answered in none of the ways that API Gateway understands."""


def accepted_subprotocol(answer: Any, offered: Sequence[str]) -> str | None:
    """The subprotocol that $connect's function chose of those offered.

    "If the $connect request fails (e.g., due to AuthN/AuthZ failure or an integration failure), the connection will
    not be made" (apigateway-websocket-api-route-keys-connect-disconnect.html); the function's own status is the
    handshake's (websocket-connect-route-subprotocol.html). A subprotocol that was not offered is left out, since
    a client has to end such a connection.

    Raises:
        HandshakeRefusedError: the function's status is not 2xx, or its answer has no status that can be understood.
    """
    try:
        status = _status(answer)
    except MalformedAnswerError as error:
        raise HandshakeRefusedError(HTTPStatus.BAD_GATEWAY) from error
    if not 200 <= status < 300:
        raise HandshakeRefusedError(status)
    chosen = _header(answer, "sec-websocket-protocol")
    return chosen if chosen in offered else None


def reply(answer: Any) -> str | None:
    """What a two-way route sends back: the answer's body, if it has one.

    Raises:
        MalformedAnswerError: its status cannot be understood, or its body is not the text, or the Base64, it should be.
    """
    _status(answer)
    body = answer.get("body")
    if body is None or body == "":
        return None
    if not isinstance(body, str):
        raise MalformedAnswerError("body must be text")
    try:
        return b64decode(body, validate=True).decode() if answer.get("isBase64Encoded") is True else body
    except (NotBase64, UnicodeDecodeError) as error:
        raise MalformedAnswerError("body is no Base64 of UTF-8 text") from error


def error_body(message: str, connection_id: str, request_id: str) -> str:
    """What a client is told that went wrong, in a frame or in a refused handshake's response."""
    return json.dumps({"message": message, "connectionId": connection_id, "requestId": request_id})


def _status(answer: Any) -> int:
    match answer:
        case {"statusCode": bool()}:
            pass
        case {"statusCode": int(status)} if 200 <= status < 600:
            return status
        case {"statusCode": str(digits)} if digits.isascii() and digits.isdecimal() and 200 <= int(digits) < 600:
            return int(digits)
    raise MalformedAnswerError("statusCode must be the status of a finished HTTP response")


def _header(answer: Mapping[str, Any], name: str) -> str | None:
    headers = answer.get("headers")
    if not isinstance(headers, Mapping):
        return None
    return next((value for key, value in headers.items() if key.lower() == name and isinstance(value, str)), None)


def _phrase(status: int) -> str:
    """AWS says no more than "Internal server error" of whatever fails behind it."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "Internal server error"
    return HTTPStatus(status).phrase if status in HTTPStatus else "Connection refused"

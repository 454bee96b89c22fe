"""Whether a handshake is let in: by its signature, or by what a REQUEST authorizer's function said, asked elsewhere.

An authorizer is asked at each handshake: "AuthorizerResultTtlInSeconds [...] Supported only for HTTP API Lambda
authorizers" (API Gateway v2 API Reference, apis-apiid-authorizers.html). Policies of who signed are not judged.

"If authorization fails on `$connect`, the connection will not be established, and the client will receive a 401 or
403 response" (API Gateway Developer Guide, apigateway-websocket-api-route-keys-connect-disconnect.html).
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from local_cloud.plugins.apigateway.authorizers.expressions import value_of
from local_cloud.plugins.apigateway.authorizers.policies import (
    Decision,
    MalformedAnswerError,
    authorizer_context,
    decision,
)
from local_cloud.plugins.apigatewayv2.answers import HandshakeRefusedError
from local_cloud.plugins.iam.authentication import authenticated
from local_cloud.plugins.iam.signature import SentRequest, SignatureRefusedError


def signed_caller(handshake: SentRequest, region: str) -> Mapping[str, str]:
    """What all later events carry of who signed, in `requestContext.identity`.

    Raises:
        HandshakeRefusedError: the handshake is not signed well.
    """
    try:
        return authenticated(handshake, region).identity()
    except SignatureRefusedError as error:
        raise HandshakeRefusedError(HTTPStatus.FORBIDDEN, str(error)) from error


def require_identity(sources: Iterable[str], event: Mapping[str, Any]) -> None:
    """Let a handshake pass whose event has every identity source of the authorizer.

    Sources are such as `route.request.header.Auth` and `route.request.querystring.token`.

    Raises:
        HandshakeRefusedError: it lacks one; no function is asked then.
    """
    request = {
        "header": _AnyCase(event["headers"]),
        "querystring": event["queryStringParameters"],
    }
    values = {
        "route": {"request": request},
        "context": event["requestContext"],
        "stageVariables": event["stageVariables"],
    }
    if not all(value_of(source, values) for source in sources):
        raise HandshakeRefusedError(HTTPStatus.UNAUTHORIZED)


def granted_context(answer: Any, method_arn: str) -> dict[str, str]:
    """What all later events carry as `requestContext.authorizer`.

    Raises:
        HandshakeRefusedError: the answer does not allow the connection, or cannot be understood.
    """
    try:
        verdict, context = decision(answer, method_arn), authorizer_context(answer)
    except MalformedAnswerError as error:
        raise HandshakeRefusedError(HTTPStatus.INTERNAL_SERVER_ERROR) from error
    if verdict is not Decision.ALLOWED:
        raise HandshakeRefusedError(HTTPStatus.FORBIDDEN)
    return context


class _AnyCase:
    """A handshake's headers, found whatever the case of their names."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = {name.lower(): value for name, value in headers.items()}

    def get(self, name: str) -> str | None:
        return self._headers.get(name.lower())

"""A deployed WebSocket API: its routes, and which of them takes a message. Immutable, like a deployment."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from local_cloud.plugins.apigatewayv2.selection import selected_key

CONNECT, DISCONNECT, DEFAULT = "$connect", "$disconnect", "$default"

_FUNCTION = re.compile(r":lambda:path/[^/]+/functions/(?P<function>.+)/invocations$")
_STAGE_VARIABLE = re.compile(r"\$\{stageVariables\.(\w+)\}")


@dataclass(frozen=True)
class Integration:
    """What a route calls: `type` is API Gateway's (AWS_PROXY is the one served), `uri` names the function."""

    type: str
    uri: str
    timeout_seconds: float


@dataclass(frozen=True)
class Authorizer:
    """A function of type REQUEST that is asked before $connect; `identity_sources` are mapping expressions."""

    id: str
    uri: str
    identity_sources: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """A route. `authorization` is NONE, CUSTOM or AWS_IAM, and counts for $connect.

    `two_way`: "If a route has a route response, it is configured for two-way communication. Otherwise, it is
    configured for one-way communication" (API Gateway Developer Guide, apigateway-websocket-api-route-response.html).
    """

    key: str
    integration: Integration | None
    two_way: bool = False
    authorization: str = "NONE"
    authorizer: Authorizer | None = None


@dataclass(frozen=True)
class Routing:
    """All routes by key, and the expression that chooses among them."""

    selection_expression: str
    routes: Mapping[str, Route]

    def of_message(self, body: str) -> Route | None:
        """The route that takes a message; $default takes what no other does, and whatever is no JSON.

        A message never selects $connect or $disconnect, which are no clients' business.
        """
        try:
            key = selected_key(self.selection_expression, json.loads(body))
        except ValueError:
            key = DEFAULT
        if key in (CONNECT, DISCONNECT):
            key = DEFAULT
        return self.routes.get(key) or self.routes.get(DEFAULT)


def function_arn(uri: str, stage_variables: Mapping[str, str]) -> str | None:
    """The ARN or name of the function that an integration or authorizer invokes, or None if it is no function.

    `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function>/invocations`; a function's own ARN is
    understood too. `${stageVariables.x}` anywhere in it is replaced.
    """
    uri = _STAGE_VARIABLE.sub(lambda match: stage_variables.get(match[1], ""), uri)
    if match := _FUNCTION.search(uri):
        return match["function"]
    return uri if re.match(r"arn:[\w-]+:lambda:.+:function:", uri) else None

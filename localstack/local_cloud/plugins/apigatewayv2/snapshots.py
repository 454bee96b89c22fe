"""Takes a snapshot of an API's routes from moto's models, which stay changeable. Only reads them."""

from typing import Any

from local_cloud.plugins.apigatewayv2.routing import DEFAULT, Authorizer, Integration, Route, Routing

# "50 - 29,000 milliseconds" for WebSocket APIs, as for REST APIs:
# https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
_LONGEST_TIMEOUT_MS = 29_000


def routing_of(api: Any) -> Routing:
    """The routes of one of moto's APIs as they are now."""
    routes = [_route(api, route) for route in list(api.routes.values())]
    return Routing(api.route_selection_expression, {route.key: route for route in routes})


def _route(api: Any, route: Any) -> Route:
    return Route(
        key=route.route_key,
        integration=_integration(api, route.target),
        two_way=any(response.route_response_key == DEFAULT for response in route.route_responses.values()),
        authorization=route.authorization_type or "NONE",
        authorizer=_authorizer(api.authorizers.get(route.authorizer_id)),
    )


def _integration(api: Any, target: str | None) -> Integration | None:
    """What `integrations/<id>` names, if it exists."""
    integration = api.integrations.get((target or "").removeprefix("integrations/"))
    if integration is None:
        return None
    timeout_ms = min(integration.timeout_in_millis, _LONGEST_TIMEOUT_MS)
    return Integration(integration.integration_type, integration.integration_uri or "", timeout_ms / 1000)


def _authorizer(authorizer: Any) -> Authorizer | None:
    if authorizer is None or authorizer.authorizer_type != "REQUEST":
        return None
    return Authorizer(authorizer.id, authorizer.authorizer_uri, tuple(authorizer.identity_source or ()))

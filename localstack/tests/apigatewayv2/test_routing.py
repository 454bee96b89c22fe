import json

import pytest
from local_cloud.plugins.apigatewayv2.routing import Integration, Route, Routing, function_arn

FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:bar"
URI = f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"


def routing(*keys: str) -> Routing:
    integration = Integration("AWS_PROXY", URI, 29)
    return Routing("$request.body.action", {key: Route(key, integration) for key in keys})


def selected(routes: Routing, body: str) -> str | None:
    route = routes.of_message(body)
    return route.key if route else None


def test_the_message_selects_its_route() -> None:
    assert selected(routing("$default", "order"), '{"action": "order"}') == "order"


@pytest.mark.parametrize("body", ['{"action": "unknown"}', "{}", "no JSON", "", "[1]", '{"action": null}'])
def test_the_default_route_takes_what_no_other_takes(body: str) -> None:
    assert selected(routing("$default", "order"), body) == "$default"


@pytest.mark.parametrize("body", ['{"action": "unknown"}', "no JSON"])
def test_without_a_default_route_such_a_message_has_none(body: str) -> None:
    assert selected(routing("order"), body) is None


@pytest.mark.parametrize("action", ["$connect", "$disconnect"])
def test_no_message_reaches_the_routes_of_connecting_and_disconnecting(action: str) -> None:
    body = json.dumps({"action": action})
    assert selected(routing("$connect", "$disconnect"), body) is None
    assert selected(routing("$connect", "$disconnect", "$default"), body) == "$default"


@pytest.mark.parametrize("uri", [URI, FUNCTION, URI.replace("function:bar", "function:${stageVariables.name}")])
def test_the_function_is_found_in_an_integrations_uri(uri: str) -> None:
    assert function_arn(uri, {"name": "bar"}) == FUNCTION


@pytest.mark.parametrize("uri", ["", "https://example.com", "arn:aws:apigateway:eu-west-1:sqs:path/1/queue"])
def test_other_uris_name_no_function(uri: str) -> None:
    assert function_arn(uri, {}) is None

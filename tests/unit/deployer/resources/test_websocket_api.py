"""A WebSocket API is live only with the routes that Chalice gave it last, and with what its functions must know."""

from typing import Any

import pytest

from deployer.planner import Verb, plan
from deployer.problem import Problem
from deployer.resources import websocket_api
from deployer.resources.limits import Limits
from deployer.resources.resource import Found
from deployer.resources.websocket_api import (
    LIVE,
    THROTTLING,
    VARIABLES,
    WebSocketApi,
    WebSocketApiAdapter,
    find_websocket_api,
    stage_url,
)
from tests.unit.deployer.samples import offline_aws, quiet, script

WANTED = WebSocketApi(
    "bar-local-websocket-api",
    "api",
    "pool",
    "client",
    "https://cognito/pool1",
    Limits(100, 200),
    {"$connect": Limits(50, 100)},
)
LIMITS = {"ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 200}
OPEN_LIMITS = {"$connect": {"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 100}}
API: Any = {
    "ApiId": "api1",
    "Name": WANTED.name,
    "ApiEndpoint": "wss://api1.execute-api.eu-west-1.amazonaws.com",
    "ProtocolType": "WEBSOCKET",
    "RouteSelectionExpression": "$request.body.action",
}
KNOWN = {
    "issuer": "https://cognito/pool1",
    "clientId": "client1",
    "connectionsUrl": "https://api1.execute-api.eu-west-1.amazonaws.com/api",
}
ROUTES = [
    {"RouteKey": "$connect", "RouteId": "r1", "Target": "integrations/i1"},
    {"RouteKey": "$default", "RouteId": "r2", "Target": "integrations/i2"},
]
ONE_API, THESE_ROUTES, OF_API = {"Items": [API]}, {"Items": ROUTES}, {"ApiId": "api1"}


@pytest.fixture(autouse=True)
def one_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket_api, "find_user_pool", lambda *_: "pool1")
    monkeypatch.setattr(websocket_api, "find_client", lambda *_: "client1")


def label(routes: list[dict[str, str]]) -> str:
    """What the deployment of these routes is called."""
    aws = offline_aws()
    with script(aws.apigatewayv2) as gateway:
        gateway.add_response("get_routes", {"Items": routes})
        return WebSocketApiAdapter(aws, quiet)._label("api1")


def read(
    description: str, variables: dict[str, str], open_limits: dict[str, Any] = OPEN_LIMITS
) -> tuple[Verb, frozenset[str]]:
    aws = offline_aws()
    with script(aws.apigatewayv2) as gateway:
        gateway.add_response("get_apis", ONE_API)
        limits: Any = {"DefaultRouteSettings": LIMITS, "RouteSettings": open_limits}
        stage = {"StageName": "api", "DeploymentId": "d1", "StageVariables": variables, **limits}
        gateway.add_response("get_stage", stage, {**OF_API, "StageName": "api"})
        gateway.add_response("get_deployment", {"Description": description}, {**OF_API, "DeploymentId": "d1"})
        gateway.add_response("get_routes", THESE_ROUTES, OF_API)
        (step,) = plan([Found(WANTED, WebSocketApiAdapter(aws, quiet).read(WANTED))])
    return step.verb, step.differing


def test_a_stage_that_serves_its_routes_and_knows_the_pool_is_left_alone() -> None:
    assert read(label(ROUTES), KNOWN) == (Verb.LEAVE, frozenset())


def test_chalices_own_deployment_is_noticed() -> None:
    assert read("", KNOWN) == (Verb.UPDATE, frozenset({LIVE}))


def test_routes_that_chalice_made_anew_are_noticed() -> None:
    before = [{**route, "Target": f"{route['Target']}-before"} for route in ROUTES]
    assert read(label(before), KNOWN) == (Verb.UPDATE, frozenset({LIVE}))


def test_a_new_pool_is_noticed() -> None:
    assert read(label(ROUTES), {**KNOWN, "clientId": "gone"}) == (Verb.UPDATE, frozenset({VARIABLES}))


def test_an_open_route_that_takes_as_many_as_all_others_is_noticed() -> None:
    assert read(label(ROUTES), KNOWN, {}) == (Verb.UPDATE, frozenset({THROTTLING}))


@pytest.mark.parametrize("there_is_a_stage", [True, False])
@pytest.mark.parametrize("answers_pass_already", [True, False])
def test_routes_go_live_when_their_answers_pass(there_is_a_stage: bool, answers_pass_already: bool) -> None:
    """Whether or not Chalice, or we, were killed half-way."""
    aws, expected_label = offline_aws(), label(ROUTES)
    stage = {**OF_API, "StageName": "api"}
    limits = {"DefaultRouteSettings": LIMITS, "RouteSettings": OPEN_LIMITS}
    made = {**stage, "DeploymentId": "d2", "StageVariables": KNOWN, **limits}
    with script(aws.apigatewayv2) as gateway:
        gateway.add_response("get_apis", ONE_API)
        gateway.add_response("get_routes", THESE_ROUTES, OF_API)
        if answers_pass_already:
            gateway.add_client_error("create_route_response", "ConflictException")
        else:
            response = {**OF_API, "RouteId": "r2", "RouteResponseKey": "$default"}
            gateway.add_response("create_route_response", {"RouteResponseKey": "$default"}, response)
        gateway.add_response("get_routes", THESE_ROUTES, OF_API)
        gateway.add_response("create_deployment", {"DeploymentId": "d2"}, {**OF_API, "Description": expected_label})
        if there_is_a_stage:
            gateway.add_response("get_stage", {"StageName": "api"}, stage)
            gateway.add_response("update_stage", {}, made)
        else:
            gateway.add_client_error("get_stage", "NotFoundException")
            gateway.add_response("create_stage", {"StageName": "api"}, made)
        WebSocketApiAdapter(aws, quiet).update(WANTED, frozenset({LIVE}))
        gateway.assert_no_pending_responses()


def test_an_api_that_is_not_there_does_not_exist_and_is_chalices_to_make() -> None:
    aws = offline_aws()
    with script(aws.apigatewayv2) as gateway:
        gateway.add_response("get_apis", {"Items": [{**API, "ProtocolType": "HTTP"}, {**API, "Name": "other"}]})
        gateway.add_response("get_apis", {"Items": []})
        adapter = WebSocketApiAdapter(aws, quiet)
        assert adapter.read(WANTED) is None
        with pytest.raises(Problem, match="no WebSocket API bar-local-websocket-api"):
            adapter.update(WANTED, frozenset({LIVE}))


def test_several_of_one_name_are_a_problem() -> None:
    aws = offline_aws()
    with script(aws.apigatewayv2) as gateway:
        gateway.add_response("get_apis", {"Items": [API, {**API, "ApiId": "api2"}]})
        with pytest.raises(Problem, match="api1, api2"):
            find_websocket_api(aws, WANTED.name)


def test_clients_connect_to_the_apis_endpoint_and_stage() -> None:
    assert stage_url(API, "api") == "wss://api1.execute-api.eu-west-1.amazonaws.com/api"

"""Who has shown no token yet is served less, on the REST API and on the WebSocket."""

from typing import Any

import pytest

import app
from deployer import throttling
from deployer.planner import Verb, plan
from deployer.resources import api_throttling
from deployer.resources.api_throttling import BURST, EVERY_ROUTE, RATE, ApiThrottling, ApiThrottlingAdapter, method_key
from deployer.resources.limits import Limits
from deployer.resources.resource import Found
from tests.unit.deployer.samples import offline_aws, quiet, script

LIMITS = {EVERY_ROUTE: Limits(100, 200), "~1config/GET": Limits(50, 100)}
WANTED = ApiThrottling("bar", "arn:aws:lambda:eu-west-1:123456789012:function:bar-local", "api", LIMITS)
EVERY: Any = {RATE: 100.0, BURST: 200, "cachingEnabled": False}
OPEN: Any = {RATE: 50.0, BURST: 100}


@pytest.fixture(autouse=True)
def one_api(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_throttling, "find_rest_api", lambda *_: "api1")


def test_every_open_route_of_the_api_has_limits_of_its_own() -> None:
    routes = [(method, path, route) for path, methods in app.app.routes.items() for method, route in methods.items()]
    unguarded = {(method, path) for method, path, route in routes if route.authorizer is None}
    assert set(throttling.OPEN_ROUTES) == unguarded
    assert set(throttling.of_api()) == {EVERY_ROUTE, *(method_key(*route) for route in unguarded)}


def test_so_has_the_handshake_of_the_websocket() -> None:
    every, own = throttling.of_sockets()
    assert (every, set(own)) == (throttling.LIMITS, {"$connect"})


def test_any_route_beside_the_bar_may_be_open_and_need_not_be_there() -> None:
    assert throttling.of_extension_api() == {EVERY_ROUTE: throttling.OPEN_LIMITS}
    assert throttling.of_extension_sockets() == (throttling.OPEN_LIMITS, {})


def test_open_routes_take_fewer_requests_than_others() -> None:
    assert throttling.OPEN_LIMITS.a_second < throttling.LIMITS.a_second
    assert throttling.OPEN_LIMITS.at_once < throttling.LIMITS.at_once


def test_slashes_in_a_routes_path_are_escaped() -> None:
    assert method_key("GET", "/journeys/{order_id}") == "~1journeys~1{order_id}/GET"


@pytest.mark.parametrize(
    ("settings", "differing"),
    [
        ({EVERY_ROUTE: EVERY, "~1config/GET": OPEN}, frozenset()),
        ({EVERY_ROUTE: EVERY}, frozenset({"~1config/GET"})),
        ({EVERY_ROUTE: EVERY, "~1config/GET": {**OPEN, BURST: 99}}, frozenset({"~1config/GET"})),
        ({}, frozenset(LIMITS)),
    ],
)
def test_a_route_with_other_limits_is_noticed(settings: dict[str, Any], differing: frozenset[str]) -> None:
    aws = offline_aws()
    with script(aws.apigateway) as gateway:
        gateway.add_response("get_stage", {"methodSettings": settings}, {"restApiId": "api1", "stageName": "api"})
        (step,) = plan([Found(WANTED, ApiThrottlingAdapter(aws, quiet).read(WANTED))])
    assert (step.verb, step.differing) == (Verb.UPDATE if differing else Verb.LEAVE, differing)


def test_only_what_differs_is_set() -> None:
    aws = offline_aws()
    operations = [
        {"op": "replace", "path": f"/~1config/GET/throttling/{name}", "value": value}
        for name, value in (("rateLimit", "50"), ("burstLimit", "100"))
    ]
    with script(aws.apigateway) as gateway:
        asked = {"restApiId": "api1", "stageName": "api", "patchOperations": operations}
        gateway.add_response("update_stage", {}, asked)
        ApiThrottlingAdapter(aws, quiet).update(WANTED, frozenset({"~1config/GET"}))
        gateway.assert_no_pending_responses()

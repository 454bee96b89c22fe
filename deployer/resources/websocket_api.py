"""What a WebSocket API needs beside what Chalice makes of it: to know itself and the user pool, to answer, to be live.

Chalice (1.34) makes the API, its integrations, its routes, what lets it invoke its functions, and, once only, a
deployment and a stage. Each later deploy replaces routes and integrations, while the stage goes on serving a snapshot
of the old ones; and no route of Chalice's has the route response without which API Gateway drops a function's answer.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deployer.aws import Aws
from deployer.problem import Problem
from deployer.resources.limits import Limits
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.user_pool import find_user_pool
from deployer.resources.user_pool_client import find_client

if TYPE_CHECKING:
    from mypy_boto3_apigatewayv2.type_defs import ApiTypeDef

LIVE = "stage serves its routes"
VARIABLES = "stage variables"
THROTTLING = "throttling"
RATE, BURST = "ThrottlingRateLimit", "ThrottlingBurstLimit"
OTHERS = "all other routes"
DEFAULT = "$default"  # both the route's key and its response's, the only one that there can be


@dataclass(frozen=True)
class WebSocketApi(Resource):
    """The WebSocket API of this name.

    Attributes:
        stage: its one stage.
        user_pool: the name of the pool whose tokens it takes.
        client: the name of the pool's client to which they must have been issued.
        issuer: the pool's URL, as its tokens name it.
        limits: how many connections and messages each route takes.
        own_limits: of the routes that have others, by their keys.
    """

    kind = "WebSocket API"
    part = True

    stage: str
    user_pool: str
    client: str
    issuer: str
    limits: Limits
    own_limits: Mapping[str, Limits]

    def state(self) -> State:
        """That it is as it must be; ids are AWS's to choose, so there is nothing here to compare them with."""
        return {LIVE: True, VARIABLES: True, THROTTLING: self.throttling()}

    def throttling(self) -> dict[str, dict[str, float]]:
        """The limits, as a stage has them, by the route's key."""
        return {key: _settings(limits) for key, limits in {OTHERS: self.limits, **self.own_limits}.items()}


class WebSocketApiAdapter(Adapter[WebSocketApi]):
    """WebSocket APIs in API Gateway."""

    def read(self, wanted: WebSocketApi) -> State | None:
        """What of it is as it must be."""
        api = find_websocket_api(self.aws, wanted.name)
        if api is None:
            return None
        stage = self._stage(api["ApiId"], wanted.stage)
        return {
            LIVE: self._description(api["ApiId"], stage) == self._label(api["ApiId"]),
            VARIABLES: stage.get("StageVariables") == self._variables(api, wanted),
            THROTTLING: _throttling(stage, wanted.own_limits),
        }

    def create(self, wanted: WebSocketApi) -> None:
        """Fails: an API is Chalice's to make."""
        raise Problem(f"there is no WebSocket API {wanted.name}", "Run `up` again: it deploys the application first.")

    def update(self, wanted: WebSocketApi, differing: frozenset[str]) -> None:
        """Put all of it right. Only a deployment of ours has our description, and before it is made all can answer."""
        api = find_websocket_api(self.aws, wanted.name)
        if api is None:
            return self.create(wanted)
        api_id, client = api["ApiId"], self.aws.apigatewayv2
        self._have_answers_passed(api_id)
        made = client.create_deployment(ApiId=api_id, Description=self._label(api_id))
        # Chalice may have been killed before it made the stage, and makes none afterwards.
        put = client.update_stage if self._stage(api_id, wanted.stage) else client.create_stage
        put(
            ApiId=api_id,
            StageName=wanted.stage,
            DeploymentId=made["DeploymentId"],
            StageVariables=self._variables(api, wanted),
            DefaultRouteSettings=_settings(wanted.limits),  # type: ignore[arg-type]
            RouteSettings={key: _settings(limits) for key, limits in wanted.own_limits.items()},  # type: ignore[misc]
        )
        return None

    def _stage(self, api_id: str, name: str) -> Mapping[str, Any]:
        with passing("NotFoundException"):
            return self.aws.apigatewayv2.get_stage(ApiId=api_id, StageName=name)
        return {}

    def _description(self, api_id: str, stage: Mapping[str, Any]) -> str | None:
        if "DeploymentId" not in stage:
            return None
        with passing("NotFoundException"):
            found = self.aws.apigatewayv2.get_deployment(ApiId=api_id, DeploymentId=stage["DeploymentId"])
            return found.get("Description")
        return None

    def _label(self, api_id: str) -> str:
        """Describes the deployment of these very routes, whose targets have new ids after each deploy of Chalice's."""
        routes = self.aws.apigatewayv2.get_routes(ApiId=api_id)["Items"]
        targets = json.dumps(sorted((route["RouteKey"], route.get("Target", "")) for route in routes))
        return f"routes {hashlib.sha256(targets.encode()).hexdigest()[:16]}"

    def _have_answers_passed(self, api_id: str) -> None:
        client = self.aws.apigatewayv2
        for route in client.get_routes(ApiId=api_id)["Items"]:
            if route["RouteKey"] == DEFAULT:
                with passing("ConflictException"):
                    client.create_route_response(ApiId=api_id, RouteId=route["RouteId"], RouteResponseKey=DEFAULT)

    def _variables(self, api: "ApiTypeDef", wanted: WebSocketApi) -> dict[str, str]:
        """What the API's functions are told: whose tokens are good, and where messages for connections are taken."""
        pool_id = find_user_pool(self.aws, wanted.user_pool)
        client_id = find_client(self.aws, pool_id, wanted.client) if pool_id else None
        return {
            "issuer": wanted.issuer,
            "clientId": client_id or "",
            "connectionsUrl": stage_url(api, wanted.stage).replace("ws", "http", 1),
        }


def _settings(limits: Limits) -> dict[str, float]:
    return {RATE: limits.a_second, BURST: limits.at_once}


def _throttling(stage: Mapping[str, Any], own: Collection[str]) -> dict[str, dict[str, Any]]:
    settings = {OTHERS: stage.get("DefaultRouteSettings", {}), **stage.get("RouteSettings", {})}
    return {key: {name: settings.get(key, {}).get(name) for name in (RATE, BURST)} for key in (OTHERS, *own)}


def stage_url(api: "ApiTypeDef", stage: str) -> str:
    """Where clients connect to."""
    return f"{api['ApiEndpoint']}/{stage}"


def find_websocket_apis(aws: Aws, name: str) -> "list[ApiTypeDef]":
    """The WebSocket APIs of that name."""
    pages = aws.apigatewayv2.get_paginator("get_apis").paginate()
    found = [api for page in pages for api in page["Items"] if api["Name"] == name]
    return [api for api in found if api["ProtocolType"] == "WEBSOCKET"]


def find_websocket_api(aws: Aws, name: str) -> "ApiTypeDef | None":
    """The one WebSocket API of that name, or None.

    Raises:
        Problem: there are several.
    """
    found = find_websocket_apis(aws, name)
    if len(found) > 1:
        ids = ", ".join(api["ApiId"] for api in found)
        raise Problem(f"{len(found)} WebSocket APIs are named {name}: {ids}", "Delete those that nobody calls, by id.")
    return found[0] if found else None

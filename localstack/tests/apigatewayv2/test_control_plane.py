"""The operations of API Gateway v2 through boto3."""

from typing import Any

import pytest

from .conftest import Clients, Cloud, Maker, WebSocketApi


@pytest.fixture
def gateway(cloud: Cloud) -> Any:
    return Clients(cloud.endpoint_url)("apigatewayv2")


@pytest.fixture
def own_api(make_api: Maker) -> WebSocketApi:
    """Give an API with a route that is not deployed, for one test alone."""
    return make_api("$default", deployed=False)


def test_an_apis_endpoint_is_where_clients_connect(api: WebSocketApi, cloud: Cloud) -> None:
    assert api.endpoint == f"{cloud.endpoint_url.replace('http', 'ws', 1)}/_aws/execute-api/{api.id}"
    assert api.gateway.get_api(ApiId=api.id)["ApiEndpoint"] == api.endpoint


def test_deployments_are_made_listed_described_and_deleted(own_api: WebSocketApi) -> None:
    gateway, api = own_api.gateway, {"ApiId": own_api.id}
    made = gateway.create_deployment(**api, Description="first")
    assert (made["DeploymentStatus"], made["Description"]) == ("DEPLOYED", "first")
    one = {**api, "DeploymentId": made["DeploymentId"]}
    assert gateway.update_deployment(**one, Description="renamed")["Description"] == "renamed"
    assert gateway.get_deployment(**one)["Description"] == "renamed"
    assert [item["DeploymentId"] for item in gateway.get_deployments(**api)["Items"]] == [made["DeploymentId"]]
    gateway.delete_deployment(**one)
    assert gateway.get_deployments(**api)["Items"] == []


def test_stages_are_made_listed_changed_and_deleted(own_api: WebSocketApi) -> None:
    gateway, stage = own_api.gateway, {"ApiId": own_api.id, "StageName": "live"}
    first, second = (gateway.create_deployment(ApiId=own_api.id)["DeploymentId"] for _ in range(2))
    settings = {"RouteSettings": {"$default": {"LoggingLevel": "INFO"}}, "AccessLogSettings": {"Format": "x"}}
    assert gateway.create_stage(**stage, DeploymentId=first, **settings)["DeploymentId"] == first
    changed = gateway.update_stage(**stage, DeploymentId=second, StageVariables={"color": "blue"})
    assert (changed["DeploymentId"], changed["StageVariables"]) == (second, {"color": "blue"})
    gateway.delete_route_settings(**stage, RouteKey="$default")
    gateway.delete_access_log_settings(**stage)
    found = gateway.get_stage(**stage)
    assert (found["RouteSettings"], found["DeploymentId"]) == ({}, second)
    assert "AccessLogSettings" not in found
    assert [item["StageName"] for item in gateway.get_stages(ApiId=own_api.id)["Items"]] == ["live"]
    gateway.delete_stage(**stage)
    assert gateway.get_stages(ApiId=own_api.id)["Items"] == []


def test_a_deployment_can_go_to_a_stage_at_once(own_api: WebSocketApi) -> None:
    stage = {"ApiId": own_api.id, "StageName": "live"}
    own_api.gateway.create_stage(**stage)
    made = own_api.gateway.create_deployment(**stage)
    assert own_api.gateway.get_stage(**stage)["DeploymentId"] == made["DeploymentId"]


@pytest.mark.parametrize(
    ("operation", "names"),
    [
        ("create_deployment", {}),
        ("get_deployments", {}),
        ("create_stage", {"StageName": "live"}),
        ("get_stages", {}),
        ("update_stage", {"StageName": "live"}),
        ("delete_stage", {"StageName": "live"}),
        ("delete_api", {}),
    ],
)
def test_an_unknown_api_is_not_found(gateway: Any, operation: str, names: dict[str, str]) -> None:
    with pytest.raises(gateway.exceptions.NotFoundException):
        getattr(gateway, operation)(ApiId="none", **names)


@pytest.mark.parametrize(
    ("operation", "names"),
    [
        ("get_deployment", {"DeploymentId": "none"}),
        ("delete_deployment", {"DeploymentId": "none"}),
        ("create_stage", {"StageName": "new", "DeploymentId": "none"}),
        ("get_stage", {"StageName": "none"}),
        ("update_stage", {"StageName": "none"}),
        ("delete_stage", {"StageName": "none"}),
        ("create_deployment", {"StageName": "none"}),
    ],
)
def test_what_an_api_does_not_have_is_not_found(api: WebSocketApi, operation: str, names: dict[str, str]) -> None:
    with pytest.raises(api.gateway.exceptions.NotFoundException):
        getattr(api.gateway, operation)(ApiId=api.id, **names)


def test_a_second_stage_or_route_of_that_name_is_a_conflict(api: WebSocketApi) -> None:
    with pytest.raises(api.gateway.exceptions.ConflictException):
        api.gateway.create_stage(ApiId=api.id, StageName=api.stage)
    with pytest.raises(api.gateway.exceptions.ConflictException):
        api.gateway.create_route(ApiId=api.id, RouteKey="echo")


def test_an_api_without_routes_cannot_be_deployed(make_api: Maker) -> None:
    empty = make_api(deployed=False)
    with pytest.raises(empty.gateway.exceptions.BadRequestException, match="no routes exist"):
        empty.gateway.create_deployment(ApiId=empty.id)


def test_a_deployment_in_use_cannot_be_deleted(api: WebSocketApi) -> None:
    used = api.gateway.get_stage(ApiId=api.id, StageName=api.stage)["DeploymentId"]
    with pytest.raises(api.gateway.exceptions.BadRequestException, match="Active stages"):
        api.gateway.delete_deployment(ApiId=api.id, DeploymentId=used)

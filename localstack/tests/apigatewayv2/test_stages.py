from collections.abc import Mapping
from typing import Any

import pytest
from local_cloud.plugins.apigatewayv2.errors import BadRequestError, ConflictError, NotFoundError
from local_cloud.plugins.apigatewayv2.routing import Route, Routing
from local_cloud.plugins.apigatewayv2.stage_registry import StageRegistry
from local_cloud.plugins.apigatewayv2.stages import ApiIdentity, Deployment

API = ApiIdentity("api", "WEBSOCKET", "000000000000", "eu-west-1")
HTTP_API = ApiIdentity("web", "HTTP", "000000000000", "eu-west-1")
ROUTING = Routing("$request.body.action", {"$default": Route("$default", None)})


@pytest.fixture
def stages() -> StageRegistry:
    return StageRegistry({})


def deploy(stages: StageRegistry, stage: str | None = None, api: ApiIdentity = API) -> Deployment:
    return stages.deploy(api, ROUTING, None, stage)


def create(stages: StageRegistry, name: str = "live", **request: Any) -> Mapping[str, Any]:
    return stages.create_stage(API, name, request).shape()


def test_an_api_without_routes_cannot_be_deployed(stages: StageRegistry) -> None:
    with pytest.raises(BadRequestError, match="no routes exist"):
        stages.deploy(API, Routing("$request.body.action", {}), None, None)


def test_a_stage_shows_its_settings_and_deployment(stages: StageRegistry) -> None:
    deployment = deploy(stages)
    shape = create(stages, DeploymentId=deployment.id, StageVariables={"color": "blue"}, ApiId="api")
    assert shape["StageName"] == "live"
    assert shape["DeploymentId"] == deployment.id
    assert shape["StageVariables"] == {"color": "blue"}
    assert shape["DefaultRouteSettings"]["LoggingLevel"] == "OFF"
    assert shape["CreatedDate"] <= shape["LastUpdatedDate"]
    assert "ApiId" not in shape


def test_a_second_stage_of_that_name_is_a_conflict(stages: StageRegistry) -> None:
    create(stages)
    with pytest.raises(ConflictError):
        create(stages)


def test_a_stage_of_an_unknown_deployment_is_not_made(stages: StageRegistry) -> None:
    with pytest.raises(NotFoundError):
        create(stages, DeploymentId="none")
    assert stages.stages("api") == []


def test_an_update_changes_what_it_names_and_nothing_else(stages: StageRegistry) -> None:
    first, second = deploy(stages), deploy(stages)
    create(stages, DeploymentId=first.id, Description="before", StageVariables={"color": "blue"})
    shape = stages.update_stage("api", "live", {"DeploymentId": second.id, "Description": "after"}).shape()
    assert (shape["DeploymentId"], shape["Description"]) == (second.id, "after")
    assert shape["StageVariables"] == {"color": "blue"}


def test_an_update_that_fails_changes_nothing(stages: StageRegistry) -> None:
    create(stages, DeploymentId=deploy(stages).id, Description="before")
    with pytest.raises(NotFoundError):
        stages.update_stage("api", "live", {"DeploymentId": "none", "Description": "after"})
    assert stages.stage("api", "live").shape()["Description"] == "before"


def test_a_deployment_to_a_stage_is_that_stages_deployment(stages: StageRegistry) -> None:
    create(stages)
    deployment = deploy(stages, "live")
    assert stages.stage("api", "live").deployment is deployment


def test_a_deployment_to_an_unknown_stage_is_not_made(stages: StageRegistry) -> None:
    with pytest.raises(NotFoundError):
        deploy(stages, "live")
    assert stages.deployments("api") == []


def test_a_deployment_that_a_stage_shows_cannot_be_deleted(stages: StageRegistry) -> None:
    deployment = deploy(stages)
    create(stages, DeploymentId=deployment.id)
    with pytest.raises(BadRequestError, match="Active stages"):
        stages.delete_deployment("api", deployment.id)
    stages.delete_stage("api", "live")
    stages.delete_deployment("api", deployment.id)
    assert stages.deployments("api") == []


def test_route_settings_and_log_settings_can_be_dropped(stages: StageRegistry) -> None:
    create(stages, RouteSettings={"a": {}, "b": {}}, AccessLogSettings={"Format": "x"})
    stage = stages.stage("api", "live")
    stage.forget("RouteSettings", "a")
    stage.forget("AccessLogSettings")
    assert stage.shape()["RouteSettings"] == {"b": {}}
    assert "AccessLogSettings" not in stage.shape()


def test_what_is_gone_is_not_found(stages: StageRegistry) -> None:
    deployment = deploy(stages)
    create(stages, DeploymentId=deployment.id)
    stages.delete_api("api")
    for missing in (
        lambda: stages.stage("api", "live"),
        lambda: stages.deployment("api", deployment.id),
        lambda: stages.delete_stage("api", "live"),
    ):
        with pytest.raises(NotFoundError):
            missing()


def test_clients_reach_deployed_stages_of_websocket_apis_only(stages: StageRegistry) -> None:
    create(stages, "empty")
    create(stages, "live", DeploymentId=deploy(stages).id)
    stages.create_stage(HTTP_API, "web", {"DeploymentId": deploy(stages, api=HTTP_API).id})
    live = stages.live("api", "live")
    assert live is not None
    assert live.arn == "arn:aws:execute-api:eu-west-1:000000000000:api/live"
    assert (stages.live("api", "empty"), stages.live("web", "web"), stages.live("none", "live")) == (None, None, None)

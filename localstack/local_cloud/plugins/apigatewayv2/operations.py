"""Which operation of API Gateway v2 is answered by whom: deployments and stages here, the others by moto."""

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.skeleton import DispatchTable
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto
from moto.apigatewayv2.models import apigatewayv2_backends

from local_cloud.plugins.apigatewayv2.addresses import websocket_url
from local_cloud.plugins.apigatewayv2.errors import ConflictError
from local_cloud.plugins.apigatewayv2.snapshots import routing_of
from local_cloud.plugins.apigatewayv2.stage_registry import StageRegistry
from local_cloud.plugins.apigatewayv2.stages import ApiIdentity, Shape
from local_cloud.plugins.operation import Operation, Request, in_service_terms


class ControlPlane:
    """The operations that moto lacks, or answers too leniently.

    `end_connections` ends those to an API's stage, or to all its stages if it is given no stage.
    """

    def __init__(self, stages: StageRegistry, end_connections: Callable[[str, str | None], None]) -> None:
        self._stages = stages
        self._end_connections = end_connections

    def dispatch_table(self) -> DispatchTable:
        """A handler for every operation of the API."""
        operations: dict[str, Operation] = {
            **dict.fromkeys(load_service("apigatewayv2").operation_names, _by_moto),
            "CreateApi": _create_api,
            "DeleteApi": self._delete_api,
            "CreateRoute": _create_route,
            "CreateDeployment": self._create_deployment,
            "GetDeployment": self._get_deployment,
            "GetDeployments": self._get_deployments,
            "UpdateDeployment": self._update_deployment,
            "DeleteDeployment": self._delete_deployment,
            "CreateStage": self._create_stage,
            "GetStage": self._get_stage,
            "GetStages": self._get_stages,
            "UpdateStage": self._update_stage,
            "DeleteStage": self._delete_stage,
            "DeleteRouteSettings": self._delete_route_settings,
            "DeleteAccessLogSettings": self._delete_access_log_settings,
        }
        return {name: in_service_terms(operation) for name, operation in operations.items()}

    def _delete_api(self, context: RequestContext, request: Request) -> Shape:
        api = _api(context, request)
        call_moto(context)
        self._stages.delete_api(api.api_id)
        self._end_connections(api.api_id, None)
        return {}

    def _create_deployment(self, context: RequestContext, request: Request) -> Shape:
        api = _api(context, request)
        made = self._stages.deploy(
            _identity(context, api), routing_of(api), request.get("Description"), request.get("StageName")
        )
        return made.shape()

    def _get_deployment(self, context: RequestContext, request: Request) -> Shape:
        return self._stages.deployment(_api(context, request).api_id, request["DeploymentId"]).shape()

    def _get_deployments(self, context: RequestContext, request: Request) -> Shape:
        found = self._stages.deployments(_api(context, request).api_id)
        return {"Items": [deployment.shape() for deployment in found]}

    def _update_deployment(self, context: RequestContext, request: Request) -> Shape:
        deployment = self._stages.deployment(_api(context, request).api_id, request["DeploymentId"])
        deployment.description = request.get("Description", deployment.description)
        return deployment.shape()

    def _delete_deployment(self, context: RequestContext, request: Request) -> Shape:
        self._stages.delete_deployment(_api(context, request).api_id, request["DeploymentId"])
        return {}

    def _create_stage(self, context: RequestContext, request: Request) -> Shape:
        identity = _identity(context, _api(context, request))
        return self._stages.create_stage(identity, request["StageName"], request).shape()

    def _get_stage(self, context: RequestContext, request: Request) -> Shape:
        return self._stages.stage(_api(context, request).api_id, request["StageName"]).shape()

    def _get_stages(self, context: RequestContext, request: Request) -> Shape:
        return {"Items": [stage.shape() for stage in self._stages.stages(_api(context, request).api_id)]}

    def _update_stage(self, context: RequestContext, request: Request) -> Shape:
        return self._stages.update_stage(_api(context, request).api_id, request["StageName"], request).shape()

    def _delete_stage(self, context: RequestContext, request: Request) -> Shape:
        api = _api(context, request)
        self._stages.delete_stage(api.api_id, request["StageName"])
        self._end_connections(api.api_id, request["StageName"])
        return {}

    def _delete_route_settings(self, context: RequestContext, request: Request) -> Shape:
        stage = self._stages.stage(_api(context, request).api_id, request["StageName"])
        stage.forget("RouteSettings", request["RouteKey"])
        return {}

    def _delete_access_log_settings(self, context: RequestContext, request: Request) -> Shape:
        self._stages.stage(_api(context, request).api_id, request["StageName"]).forget("AccessLogSettings")
        return {}


def _by_moto(context: RequestContext, request: Request) -> Shape:
    answer: Shape = call_moto(context)
    return answer


def _create_api(context: RequestContext, request: Request) -> Shape:
    """Let moto make the API, with an endpoint that works here. As on AWS, clients append `/<stage>` to it."""
    answer: Shape = call_moto(context)
    if request["ProtocolType"] == "WEBSOCKET":
        api = _api(context, answer)
        answer["ApiEndpoint"] = api.api_endpoint = websocket_url(api.api_id)
    return answer


def _create_route(context: RequestContext, request: Request) -> Shape:
    key = request["RouteKey"]
    if any(route.route_key == key for route in list(_api(context, request).routes.values())):
        raise ConflictError(f"Route with key {key} already exists for this API")
    return _by_moto(context, request)


def _api(context: RequestContext, request: Request) -> Any:
    """Moto's model of the API that the request names.

    Raises:
        RESTError: there is none; the error is moto's.
    """
    return apigatewayv2_backends[context.account_id][context.region].get_api(request["ApiId"])


def _identity(context: RequestContext, api: Any) -> ApiIdentity:
    return ApiIdentity(api.api_id, api.protocol_type, context.account_id, context.region)

"""What moto 5.2 does not do as AWS's documentation has it, and stage `aws` needs. All else is moto's own opinion.

What it lacks of CloudFront is beside, in `lacking_distributions.py`.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from moto.apigateway.models import APIGatewayBackend
from moto.apigatewayv2 import urls
from moto.apigatewayv2.models import Api, Stage
from moto.apigatewayv2.responses import ApiGatewayV2Response
from moto.cognitoidp.models import CognitoIdpBackend
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.moto_api._internal import mock_random
from moto.s3.models import FakeBucket

from tests.aws_account.second_opinion.lacking_distributions import fill_in_distributions

type Method = Callable[..., Any]
type Answer = tuple[int, dict[str, str], str]

# What a user pool is made with and UpdateUserPool does not take (API reference of Cognito user pools).
FOR_EVER = ("UsernameAttributes", "UsernameConfiguration", "AliasAttributes", "Schema")


def fill_in() -> None:
    """Have moto do these things, in this process."""
    for owner, name, filled_in in (
        (APIGatewayBackend, "import_rest_api", _taking_swagger),
        (APIGatewayBackend, "put_rest_api", _putting_swagger),
        (APIGatewayBackend, "put_integration", _without_an_address),
        (Api, "to_json", _spoken_to_over_websockets),
        (Stage, "to_json", _naming_its_deployment),
        (CognitoIdpBackend, "update_user_pool", _keeping_what_is_for_ever),
        (FakeBucket, "get_permission", _without_conditions),
    ):
        setattr(owner, name, filled_in(getattr(owner, name)))
    fill_in_distributions()
    for operation in (create_deployment, get_deployment, update_stage):
        setattr(ApiGatewayV2Response, operation.__name__, operation)
    for path in ("deployments", "deployments/(?P<deployment_id>[^/]+)"):
        urls.url_paths[f"{{0}}/v2/apis/(?P<api_id>[^/]+)/{path}$"] = ApiGatewayV2Response.dispatch


def _taking_swagger(import_rest_api: Method) -> Method:
    """ImportRestApi takes Swagger 2.0 as well as OpenAPI 3, and a description is optional in both."""

    @wraps(import_rest_api)
    def import_any(backend: Any, api_doc: dict[str, Any], *rest: Any, **options: Any) -> Any:
        return import_rest_api(backend, _as_openapi(api_doc), *rest, **options)

    return import_any


def _putting_swagger(put_rest_api: Method) -> Method:
    """So does PutRestApi."""

    @wraps(put_rest_api)
    def put_any(backend: Any, api_id: str, api_doc: dict[str, Any], *rest: Any, **options: Any) -> Any:
        return put_rest_api(backend, api_id, _as_openapi(api_doc), *rest, **options)

    return put_any


def _as_openapi(api_doc: dict[str, Any]) -> dict[str, Any]:
    as_openapi = {name: value for name, value in api_doc.items() if name != "swagger"} | {"openapi": "3.0.0"}
    return {**as_openapi, "info": {"description": "", **api_doc["info"]}}


def _without_an_address(put_integration: Method) -> Method:
    """An integration of type MOCK has neither a URI nor a method of its own."""

    @wraps(put_integration)
    def put_any(backend: Any, *given: Any, **options: Any) -> Any:
        is_mock = options.get("integration_type", "").upper() == "MOCK"
        missing = {"uri": "", "integration_method": "POST"} if is_mock else {}
        return put_integration(backend, *given, **missing | options)

    return put_any


def _spoken_to_over_websockets(to_json: Method) -> Method:
    """The endpoint of a WebSocket API begins with wss ("Invoke WebSocket APIs")."""

    @wraps(to_json)
    def with_its_scheme(api: Any) -> Any:
        told = to_json(api)
        if api.protocol_type == "WEBSOCKET":
            told["apiEndpoint"] = told["apiEndpoint"].replace("https:", "wss:")
        return told

    return with_its_scheme


def _naming_its_deployment(to_json: Method) -> Method:
    """GetStage names the stage's deployment."""

    @wraps(to_json)
    def with_its_deployment(stage: Any) -> Any:
        return {**to_json(stage), "deploymentId": stage.config.get("deploymentId")}

    return with_its_deployment


def _keeping_what_is_for_ever(update_user_pool: Method) -> Method:
    """UpdateUserPool resets what can be changed and is not named, and nothing else."""

    @wraps(update_user_pool)
    def update(backend: Any, user_pool_id: str, extended_config: dict[str, Any]) -> Any:
        there = backend.describe_user_pool(user_pool_id).extended_config
        kept = {name: there[name] for name in FOR_EVER if name in there}
        return update_user_pool(backend, user_pool_id, {**extended_config, **kept})

    return update


def _without_conditions(get_permission: Method) -> Method:
    """A bucket policy's statement applies under its conditions only: ours refuses plain HTTP, moto everything."""

    @wraps(get_permission)
    def get_unconditional(bucket: Any, action: str, resource: str) -> Any:
        if bucket.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(bucket.policy)
        policy["Statement"] = [one for one in policy["Statement"] if "Condition" not in one]
        return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)

    return get_unconditional


def create_deployment(self: Any) -> Answer:
    """CreateDeployment of a WebSocket API, which moto does not know."""
    api = self.apigatewayv2_backend.get_api(self.path.split("/")[-2])
    made = {
        "deploymentId": mock_random.get_random_hex(6),
        "deploymentStatus": "DEPLOYED",
        "description": self._get_param("description"),
    }
    vars(api).setdefault("deployments", {})[made["deploymentId"]] = made
    return 201, {}, json.dumps(made)


def get_deployment(self: Any) -> Answer:
    """GetDeployment, as it was created."""
    *_, api_id, _, deployment_id = self.path.split("/")
    return 200, {}, json.dumps(self.apigatewayv2_backend.get_api(api_id).deployments[deployment_id])


def update_stage(self: Any) -> Answer:
    """UpdateStage of a WebSocket API: what is not named stays."""
    *_, api_id, _, name = self.path.split("/")
    api = self.apigatewayv2_backend.get_api(api_id)
    stage = self.apigatewayv2_backend.get_stage(api_id, name)
    stage.__init__(api, {**stage.config, **json.loads(self.body)})
    return 200, {}, json.dumps(stage.to_json())

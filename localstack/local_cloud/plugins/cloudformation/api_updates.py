"""LocalStack leaves an API, its deployments and stages alone when a stack changes them; here they are updated.
Since 0.2.

Ours changes them in place, under the same API id.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

PROVIDERS = "localstack.services.apigateway.resource_providers"

type Properties = Mapping[str, Any]
type Patch = dict[str, str]

API_FIELDS = {
    "Name": "name",
    "Description": "description",
    "MinimumCompressionSize": "minimumCompressionSize",
    "ApiKeySourceType": "apiKeySource",
    "DisableExecuteApiEndpoint": "disableExecuteApiEndpoint",
    "Policy": "policy",
}
STAGE_FIELDS = {
    "DeploymentId": "deploymentId",
    "Description": "description",
    "TracingEnabled": "tracingEnabled",
    "CacheClusterEnabled": "cacheClusterEnabled",
    "CacheClusterSize": "cacheClusterSize",
    "DocumentationVersion": "documentationVersion",
    "ClientCertificateId": "clientCertificateId",
}


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def update_apis_in_place() -> None:
    """LocalStack's hook: give the resource providers what they lack."""
    for provider, update, upstream in (
        ("restapi:ApiGatewayRestApiProvider", _updating_api, "658e53f99290"),
        ("stage:ApiGatewayStageProvider", _updating_stage, "0042ccc42668"),
        ("deployment:ApiGatewayDeploymentProvider", _updating_deployment, "12f62b93d1c0"),
    ):
        owner = f"{PROVIDERS}.aws_apigateway_{provider}"
        replace(owner, "update", update, why="parity", upstream=upstream, before="cloudformation")


def succeeded(model: Properties) -> Any:
    """Return what a resource provider answers when the resource is as `model` says."""
    from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent  # noqa: PLC0415

    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)


def patches(fields: Mapping[str, str], before: Properties, after: Properties) -> list[Patch]:
    """Return the patch operations for properties whose value is another; one that is left out becomes empty."""
    return [
        {"op": "replace", "path": f"/{path}", "value": _text(after.get(name))}
        for name, path in fields.items()
        if before.get(name) != after.get(name)
    ]


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def _updating_api(update: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(update)
    def update_api(_provider: Any, request: Any) -> Any:
        before, api = request.previous_state, request.aws_client_factory.apigateway
        kept = {name: before[name] for name in ("RestApiId", "Name") if name in before}
        after = {**kept, **request.desired_state, "RestApiId": before["RestApiId"]}
        body = _body(request)
        if body:
            api.put_rest_api(
                restApiId=after["RestApiId"],
                body=body,
                mode=after.get("Mode", "overwrite"),
                parameters={"basepath": "ignore", **after.get("Parameters", {})},
            )
        # A definition has a name and settings of its own, which the properties go before.
        known = {} if body else before
        fields = {name: path for name, path in API_FIELDS.items() if name in after or name in known}
        operations = [*patches(fields, known, after), *_media_type_patches(api, after)]
        if operations:
            api.update_rest_api(restApiId=after["RestApiId"], patchOperations=operations)
        (root,) = (r for r in _resources(api, after["RestApiId"]) if r["path"] == "/")
        return succeeded({**after, "RootResourceId": root["id"]})

    return update_api


def _body(request: Any) -> bytes | None:
    """Return the API's definition, if it has one."""
    model = request.desired_state
    if body := model.get("Body"):
        return (json.dumps(body) if isinstance(body, dict) else str(body)).encode()
    if place := model.get("BodyS3Location"):
        version = {"VersionId": place["Version"]} if "Version" in place else {}
        answer = request.aws_client_factory.s3.get_object(Bucket=place["Bucket"], Key=place["Key"], **version)
        content: bytes = answer["Body"].read()
        return content
    return None


def _media_type_patches(api: Any, after: Properties) -> list[Patch]:
    if "BinaryMediaTypes" not in after:
        return []
    now, wanted = set(api.get_rest_api(restApiId=after["RestApiId"]).get("binaryMediaTypes", [])), after
    added, removed = set(wanted["BinaryMediaTypes"]) - now, now - set(wanted["BinaryMediaTypes"])
    return [*_on_media_types("remove", removed), *_on_media_types("add", added)]


def _on_media_types(operation: str, types: Iterable[str]) -> list[Patch]:
    return [{"op": operation, "path": f"/binaryMediaTypes/{name.replace('/', '~1')}"} for name in sorted(types)]


def _resources(api: Any, api_id: str) -> Iterable[Mapping[str, Any]]:
    for page in api.get_paginator("get_resources").paginate(restApiId=api_id):
        yield from page["items"]


def _updating_stage(update: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(update)
    def update_stage(_provider: Any, request: Any) -> Any:
        before, after = request.previous_state, {**request.desired_state}
        after.setdefault("StageName", before["StageName"])
        operations = [
            *patches(STAGE_FIELDS, before, after),
            *_variable_patches(before.get("Variables") or {}, after.get("Variables") or {}),
            *_access_log_patches(before.get("AccessLogSetting"), after.get("AccessLogSetting")),
        ]
        if operations:
            request.aws_client_factory.apigateway.update_stage(
                restApiId=after["RestApiId"], stageName=after["StageName"], patchOperations=operations
            )
        return succeeded(after)

    return update_stage


def _variable_patches(before: Properties, after: Properties) -> list[Patch]:
    removed = [{"op": "remove", "path": f"/variables/{name}"} for name in before if name not in after]
    return [*removed, *patches({name: f"variables/{name}" for name in after}, before, after)]


def _access_log_patches(before: Properties | None, after: Properties | None) -> list[Patch]:
    if before and not after:
        return [{"op": "remove", "path": "/accessLogSettings"}]
    fields = {"DestinationArn": "accessLogSettings/destinationArn", "Format": "accessLogSettings/format"}
    return patches(fields, before or {}, after or {})


def _updating_deployment(update: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(update)
    def update_deployment(_provider: Any, request: Any) -> Any:
        before, after = request.previous_state, request.desired_state
        if operations := patches({"Description": "description"}, before, after):
            request.aws_client_factory.apigateway.update_deployment(
                restApiId=before["RestApiId"], deploymentId=before["DeploymentId"], patchOperations=operations
            )
        return succeeded({**after, "DeploymentId": before["DeploymentId"]})

    return update_deployment

"""What API Gateway's API reference, version 2, says of WebSocket APIs, their routes and stages.

Where nobody made a route response, the list of them is empty; a stage's variables are given back as they were put.
"""

from collections.abc import Mapping
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE

MISSING = "NotFoundException"


def get_apis(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Items": [_api(made["Name"]) for made in account.all("apigatewayv2:CreateApi")]}


def _api(name: str) -> Mapping[str, Any]:
    """An API has an id of AWS's making; here it begins with its name, so that several are told apart."""
    return {
        "ApiId": id_of(name),
        "ApiEndpoint": f"wss://{id_of(name)}.execute-api.{PLACE.region}.amazonaws.com",
        "Name": name,
        "ProtocolType": "WEBSOCKET",
        "RouteSelectionExpression": "$request.body.action",
    }


def id_of(name: str) -> str:
    return f"{name}-w1x2y3z4"


def get_routes(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    keys = [made["RouteKey"] for made in account.all("apigatewayv2:CreateRoute", ApiId=asked["ApiId"])]
    return {"Items": [{"RouteId": f"of-{key}", "RouteKey": key, "Target": "integrations/1"} for key in keys]}


def get_route_responses(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.all("apigatewayv2:CreateRouteResponse", ApiId=asked["ApiId"], RouteId=asked["RouteId"])
    return {"Items": [{"RouteResponseId": "one", "RouteResponseKey": one["RouteResponseKey"]} for one in made]}


def get_stage(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.last("apigatewayv2:CreateStage", MISSING, **asked)
    for update in account.all("apigatewayv2:UpdateStage", **asked):
        made = {**made, **update}
    number = len(_deployments(account, asked))
    variables = {"StageVariables": made["StageVariables"]} if "StageVariables" in made else {}
    settings = {"DataTraceEnabled": False, "DetailedMetricsEnabled": False, **made.get("DefaultRouteSettings", {})}
    stage = {"StageName": made["StageName"], "DeploymentId": f"deployment-{number}", "DefaultRouteSettings": settings}
    return {**stage, **variables, "RouteSettings": made.get("RouteSettings", {})}


def create_deployment(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"DeploymentId": f"deployment-{len(_deployments(account, asked))}"}


def get_deployment(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    number = int(asked["DeploymentId"].removeprefix("deployment-"))
    by_chalice = {"DeploymentId": asked["DeploymentId"]}
    if number == 0:
        return by_chalice
    return {**by_chalice, "Description": _deployments(account, asked)[number - 1]["Description"]}


def _deployments(account: Account, asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return account.all("apigatewayv2:CreateDeployment", ApiId=asked["ApiId"])


ANSWERS: Mapping[str, Answer] = {
    "apigatewayv2:GetApis": get_apis,
    "apigatewayv2:GetRoutes": get_routes,
    "apigatewayv2:GetRouteResponses": get_route_responses,
    "apigatewayv2:GetStage": get_stage,
    "apigatewayv2:CreateDeployment": create_deployment,
    "apigatewayv2:GetDeployment": get_deployment,
}

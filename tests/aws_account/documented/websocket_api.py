"""What API Gateway's API reference, version 2, says of WebSocket APIs, their routes and stages.

Where nobody made a route response, the list of them is empty; a stage's variables are given back as they were put.
"""

from collections.abc import Mapping
from typing import Any

from tests.aws_account.account import Account, Answer
from tests.unit.deployer.samples import PLACE

API = "w1x2y3z4"
ENDPOINT = f"wss://{API}.execute-api.{PLACE.region}.amazonaws.com"
MISSING = "NotFoundException"


def get_apis(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    api = {"ApiId": API, "ApiEndpoint": ENDPOINT, "ProtocolType": "WEBSOCKET"}
    selection = {"RouteSelectionExpression": "$request.body.action"}
    return {"Items": [{**api, **selection, "Name": made["Name"]} for made in account.all("apigatewayv2:CreateApi")]}


def get_routes(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    keys = [made["RouteKey"] for made in account.all("apigatewayv2:CreateRoute")]
    return {"Items": [{"RouteId": f"of-{key}", "RouteKey": key, "Target": "integrations/1"} for key in keys]}


def get_route_responses(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.all("apigatewayv2:CreateRouteResponse", RouteId=asked["RouteId"])
    return {"Items": [{"RouteResponseId": "one", "RouteResponseKey": one["RouteResponseKey"]} for one in made]}


def get_stage(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.last("apigatewayv2:CreateStage", MISSING, StageName=asked["StageName"])
    for update in account.all("apigatewayv2:UpdateStage", StageName=asked["StageName"]):
        made = {**made, **update}
    number = len(account.all("apigatewayv2:CreateDeployment"))
    variables = {"StageVariables": made["StageVariables"]} if "StageVariables" in made else {}
    settings = {"DataTraceEnabled": False, "DetailedMetricsEnabled": False, **made.get("DefaultRouteSettings", {})}
    stage = {"StageName": made["StageName"], "DeploymentId": f"deployment-{number}", "DefaultRouteSettings": settings}
    return {**stage, **variables, "RouteSettings": made.get("RouteSettings", {})}


def create_deployment(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"DeploymentId": f"deployment-{len(account.all('apigatewayv2:CreateDeployment'))}"}


def get_deployment(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    number = int(asked["DeploymentId"].removeprefix("deployment-"))
    by_chalice = {"DeploymentId": asked["DeploymentId"]}
    if number == 0:
        return by_chalice
    return {**by_chalice, "Description": account.all("apigatewayv2:CreateDeployment")[number - 1]["Description"]}


ANSWERS: Mapping[str, Answer] = {
    "apigatewayv2:GetApis": get_apis,
    "apigatewayv2:GetRoutes": get_routes,
    "apigatewayv2:GetRouteResponses": get_route_responses,
    "apigatewayv2:GetStage": get_stage,
    "apigatewayv2:CreateDeployment": create_deployment,
    "apigatewayv2:GetDeployment": get_deployment,
}

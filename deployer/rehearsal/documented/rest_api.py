"""What API Gateway's API reference says of REST APIs, their resources, gateway responses and stages.

All types of gateway responses are given, those that nobody put with `defaultResponse`.
"""

from collections.abc import Mapping
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE

LIMITS = {"throttling/rateLimit": "throttlingRateLimit", "throttling/burstLimit": "throttlingBurstLimit"}
BY_DEFAULT: Mapping[str, str] = {"DEFAULT_4XX": "", "DEFAULT_5XX": "", "UNAUTHORIZED": "401", "WAF_FILTERED": "403"}


def get_rest_apis(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """An API has an id of AWS's making; here it begins with its name, so that several are told apart."""
    gone = {one["restApiId"] for one in account.all("apigateway:DeleteRestApi")}
    there = [made for made in account.all("apigateway:CreateRestApi") if _id(made) not in gone]
    return {"items": [{"id": _id(made), "name": made["name"]} for made in there]}


def _id(made: Mapping[str, Any]) -> str:
    return f"{made['name']}-a1b2c3d4e5"


def get_resources(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.all("apigateway:CreateRestApi")
    function = next(one["function"] for one in made if _id(one) == asked["restApiId"])
    uri = f"arn:aws:apigateway:{PLACE.region}:lambda:path/2015-03-31/functions/{function}/invocations"
    method = {"httpMethod": "GET", "methodIntegration": {"type": "AWS_PROXY", "uri": uri}}
    return {
        "items": [{"id": "root", "path": "/"}, {"id": "one", "path": "/config", "resourceMethods": {"GET": method}}]
    }


def get_gateway_responses(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    put = {
        one["responseType"]: one for one in account.all("apigateway:PutGatewayResponse", restApiId=asked["restApiId"])
    }
    mine = [{**_but_api(one), "defaultResponse": False} for one in put.values()]
    theirs = [
        {
            "responseType": kind,
            **({"statusCode": status} if status else {}),
            "responseParameters": {},
            "responseTemplates": {"application/json": '{"message":$context.error.messageString}'},
            "defaultResponse": True,
        }
        for kind, status in BY_DEFAULT.items()
        if kind not in put
    ]
    return {"items": mine + theirs}


def get_stage(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Settings for every route are those of `*/*`; a route's key is as it stands in the path; who set none has none."""
    number = len(account.all("apigateway:CreateDeployment", restApiId=asked["restApiId"]))
    stage = {"stageName": asked["stageName"], "deploymentId": f"deployment-{number}"}
    settings: dict[str, Any] = {}
    for update in account.all("apigateway:UpdateStage", restApiId=asked["restApiId"], stageName=asked["stageName"]):
        for one in update["patchOperations"]:
            _, path, method, *what = one["path"].split("/")
            set_before = settings.setdefault(f"{path}/{method}", {"cachingEnabled": False})
            set_before[LIMITS["/".join(what)]] = int(one["value"])
    return {**stage, **({"methodSettings": settings} if settings else {})}


def get_deployment(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    number = int(asked["deploymentId"].removeprefix("deployment-"))
    by_chalice = {"id": asked["deploymentId"]}
    if number == 0:
        return by_chalice
    made = account.all("apigateway:CreateDeployment", restApiId=asked["restApiId"])
    return {**by_chalice, "description": made[number - 1]["description"]}


def _but_api(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "restApiId"}


ANSWERS: Mapping[str, Answer] = {
    "apigateway:GetRestApis": get_rest_apis,
    "apigateway:GetResources": get_resources,
    "apigateway:GetGatewayResponses": get_gateway_responses,
    "apigateway:GetStage": get_stage,
    "apigateway:UpdateStage": get_stage,
    "apigateway:GetDeployment": get_deployment,
}

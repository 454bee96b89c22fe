"""What Lambda's API reference says of functions, their policies, event invoke configurations and event source mappings.

AddPermission writes `SourceArn` into the policy as the condition ArnLike of AWS:SourceArn.
"""

import json
from collections.abc import Mapping
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE


def get_function(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    name = asked["FunctionName"]
    tags = account.last("lambda:CreateFunction", FunctionName=name)["Tags"]
    for tagged in account.all("lambda:TagResource", Resource=PLACE.function_arn(name)):
        tags = {**tags, **tagged["Tags"]}
    return {"Configuration": _configuration(name), "Tags": tags}


def list_functions(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    functions = account.left("lambda:CreateFunction", "lambda:DeleteFunction", "FunctionName")
    return {"Functions": [_configuration(made["FunctionName"]) for made in functions]}


def list_tags(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Tags": get_function(account, {"FunctionName": asked["Resource"].rpartition(":")[2]})["Tags"]}


def _configuration(name: str) -> dict[str, Any]:
    arn = PLACE.function_arn(name)
    return {"FunctionName": name, "FunctionArn": arn, "State": "Active", "LastUpdateStatus": "Successful"}


def get_account_settings(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """A new account may run few functions at once ("Lambda quotas" do not say how few), until AWS lets it run more."""
    granted = account.all("service-quotas:RequestServiceQuotaIncrease")
    at_once = granted[-1]["DesiredValue"] if granted else 10
    return {"AccountLimit": {"ConcurrentExecutions": at_once, "UnreservedConcurrentExecutions": at_once}}


def get_policy(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    name = asked["FunctionName"]
    added = account.all("lambda:AddPermission", FunctionName=name)
    account.last("lambda:AddPermission", FunctionName=name)
    statements = [
        {
            "Sid": one["StatementId"],
            "Effect": "Allow",
            "Principal": {"Service": one["Principal"]},
            "Action": one["Action"],
            "Resource": PLACE.function_arn(name),
            "Condition": {"ArnLike": {"AWS:SourceArn": one["SourceArn"]}},
        }
        for one in added
    ]
    return {
        "Policy": json.dumps({"Version": "2012-10-17", "Id": "default", "Statement": statements}),
        "RevisionId": "r",
    }


def get_function_event_invoke_config(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    put = account.last("lambda:PutFunctionEventInvokeConfig", FunctionName=asked["FunctionName"])
    settings = {name: value for name, value in put.items() if name != "FunctionName"}
    destinations = {"OnSuccess": {}, **put["DestinationConfig"]}
    arn = f"{PLACE.function_arn(asked['FunctionName'])}:$LATEST"
    return {**settings, "FunctionArn": arn, "DestinationConfig": destinations}


def list_event_source_mappings(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"EventSourceMappings": [_mapping(one) for one in account.all("lambda:CreateEventSourceMapping")]}


def get_event_source_mapping(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.all("lambda:CreateEventSourceMapping")
    return next(_mapping(one) for one in made if _mapping(one)["UUID"] == asked["UUID"])


def _mapping(made: Mapping[str, Any]) -> dict[str, Any]:
    settings = {name: value for name, value in made.items() if name != "FunctionName"}
    of_lambda = {"UUID": f"of-{made['FunctionName']}", "FunctionArn": made["FunctionName"], "State": "Enabled"}
    return {**settings, **of_lambda, "ParallelizationFactor": 1, "StateTransitionReason": "User action"}


ANSWERS: Mapping[str, Answer] = {
    "lambda:GetFunction": get_function,
    "lambda:ListFunctions": list_functions,
    "lambda:ListTags": list_tags,
    "lambda:GetAccountSettings": get_account_settings,
    "lambda:GetPolicy": get_policy,
    "lambda:GetFunctionEventInvokeConfig": get_function_event_invoke_config,
    "lambda:ListEventSourceMappings": list_event_source_mappings,
    "lambda:GetEventSourceMapping": get_event_source_mapping,
}

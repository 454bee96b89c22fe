"""What a function does on AWS, recorded call by call, and what its policy allows, as IAM would judge it.

No emulator enforces policies, so a permission that is missing would show on AWS only, and one too many never.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import reduce
from typing import Any

from tests.architecture.source import ROOT

HERE = "us-east-1:000000000000"
PREFIXES = {"stepfunctions": "states", "apigatewaymanagementapi": "execute-api"}
NEEDS_NO_PERMISSION = {"sts:GetCallerIdentity"}
# What Lambda does with the function's role, not the function: its log, its stream and its dead letters.
DONE_BY_LAMBDA = {
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "sqs:SendMessage",
}


@dataclass(frozen=True, order=True)
class Done:
    """One action on one thing."""

    action: str
    arn: str


@dataclass
class Recording:
    """What was done so far.

    Attributes:
        names: what the test calls a table, bus, bucket or state machine, and its name in the project's configuration.
    """

    names: Mapping[str, str]
    done: set[Done] = field(default_factory=set)

    def record(self, params: dict[str, Any], model: Any, **_: object) -> None:
        """botocore's `provide-client-params`: a call is about to be made."""
        for action in actions(model.service_model.service_name, model.name, params):
            self.done.add(replace(action, arn=self._in_project_terms(action.arn)))

    def _in_project_terms(self, arn: str) -> str:
        return reduce(lambda text, name: text.replace(name, self.names[name]), self.names, arn)


def actions(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[Done]:
    """What a call does, as IAM judges it: one call may write to several tables."""
    prefix = PREFIXES.get(service, service)
    yield from (Done(f"{prefix}:{action}", arn) for action, arn in _parts(service, operation, params))


def _parts(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if operation == "TransactWriteItems":
        for item in params["TransactItems"]:
            ((verb, write),) = item.items()
            yield f"{verb}Item", _arn("dynamodb", write)
    elif operation == "BatchWriteItem":
        yield from ((operation, _arn("dynamodb", {"TableName": name})) for name in params["RequestItems"])
    elif service == "apigatewaymanagementapi":
        yield "ManageConnections", f"arn:aws:execute-api:{HERE}:api/api/POST/@connections/{params['ConnectionId']}"
    else:
        yield operation, _arn(service, params)


def _arn(service: str, params: Mapping[str, Any]) -> str:
    match service:
        case "s3":
            return f"arn:aws:s3:::{params['Bucket']}/{params['Key']}"
        case "stepfunctions":
            # A task token belongs to an execution of the one state machine that there is.
            machine = f"arn:aws:states:{HERE}:stateMachine:OrderProcessorWorkflow"
            return str(params.get("executionArn") or params.get("stateMachineArn") or machine)
        case "sns":
            return "a phone number"  # which has no ARN
    return f"arn:aws:{service}:{HERE}:{_resource(service, params)}"


def _resource(service: str, params: Mapping[str, Any]) -> str:
    match service:
        case "dynamodb":
            index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
            return f"table/{params['TableName']}{index}"
        case "events":
            return f"event-bus/{params['Entries'][0]['EventBusName']}"
        case "ses":
            return f"identity/{params['Source']}"
    return "anything"


def statements(policy: str) -> list[dict[str, Any]]:
    """All that a policy says."""
    content: dict[str, list[dict[str, Any]]] = json.loads((ROOT / ".chalice" / policy).read_text())
    return content["Statement"]


def denied(policy: str, done: set[Done]) -> set[Done]:
    """What was done that no statement allows."""
    demanding = {one for one in done if one.action not in NEEDS_NO_PERMISSION}
    return {one for one in demanding if not any(_allows(statement, one) for statement in statements(policy))}


def never_needed(policy: str, done: set[Done]) -> set[str]:
    """Actions and things, in its statements about what the function itself does, that nothing done made use of."""
    own = (one for one in statements(policy) if not DONE_BY_LAMBDA.issuperset(_listed(one["Action"])))
    return {idle for statement in own for idle in _idle(statement, done)}


def _idle(statement: dict[str, Any], done: set[Done]) -> set[str]:
    used = [one for one in done if _allows(statement, one)]
    actions = set(_listed(statement["Action"])) - {one.action for one in used}
    things = _listed(statement.get("Resource", []))
    return actions | {thing for thing in things if not any(fnmatchcase(one.arn, thing) for one in used)}


def _allows(statement: dict[str, Any], one: Done) -> bool:
    if one.action not in _listed(statement["Action"]):
        return False
    if "NotResource" in statement:
        return not any(fnmatchcase(one.arn, pattern) for pattern in _listed(statement["NotResource"]))
    return any(fnmatchcase(one.arn, pattern) for pattern in _listed(statement["Resource"]))


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value

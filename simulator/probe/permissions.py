"""What a function does, call by call, and what its policy allows, as IAM would judge it of statements that allow. Pure.

No emulator enforces policies, so a permission that is missing would show on AWS only, and one too many never.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

# What one statement of a policy says.
type Statement = Mapping[str, Any]

_HERE = "us-east-1:000000000000"
_PREFIXES = {"stepfunctions": "states", "apigatewaymanagementapi": "execute-api"}
_NEEDS_NO_PERMISSION = {"sts:GetCallerIdentity"}
# What Lambda does with the function's role, not the function: its log, its stream and its dead letters.
_DONE_BY_LAMBDA = {
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


def actions(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[Done]:
    """What a call does, as IAM judges it: one call may be about several tables."""
    prefix = _PREFIXES.get(service, service)
    yield from (Done(f"{prefix}:{action}", arn) for action, arn in _parts(service, operation, params))


def _parts(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if operation in {"TransactWriteItems", "TransactGetItems"}:
        for item in params["TransactItems"]:
            ((verb, part),) = item.items()
            yield f"{verb}Item", _arn("dynamodb", part)
    elif operation in {"BatchWriteItem", "BatchGetItem"}:
        yield from ((operation, _arn("dynamodb", {"TableName": name})) for name in params["RequestItems"])
    elif service == "apigatewaymanagementapi":
        yield "ManageConnections", f"arn:aws:execute-api:{_HERE}:api/api/POST/@connections/{params['ConnectionId']}"
    else:
        yield operation, _arn(service, params)


def _arn(service: str, params: Mapping[str, Any]) -> str:
    match service:
        case "s3":
            return f"arn:aws:s3:::{params['Bucket']}/{params['Key']}"
        case "stepfunctions":
            # A task token belongs to an execution of the one state machine that there is.
            machine = f"arn:aws:states:{_HERE}:stateMachine:OrderProcessorWorkflow"
            return str(params.get("executionArn") or params.get("stateMachineArn") or machine)
        case "sns":
            return "a phone number"  # which has no ARN
    return f"arn:aws:{service}:{_HERE}:{_resource(service, params)}"


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


def denied(statements: Iterable[Statement], done: Iterable[Done]) -> set[Done]:
    """What was done that no statement allows."""
    known = list(statements)
    demanding = {one for one in done if one.action not in _NEEDS_NO_PERMISSION}
    return {one for one in demanding if not any(_allows(statement, one) for statement in known)}


def never_needed(statements: Iterable[Statement], done: set[Done]) -> set[str]:
    """Actions and things, in the statements about what the function itself does, that nothing done made use of."""
    return {idle for statement in of_the_function(statements) for idle in _idle(statement, done)}


def of_the_function(statements: Iterable[Statement]) -> list[Statement]:
    """The statements about what the function itself does, not Lambda for it."""
    return [one for one in statements if not _DONE_BY_LAMBDA.issuperset(listed(one["Action"]))]


def _idle(statement: Statement, done: set[Done]) -> set[str]:
    used = [one for one in done if _allows(statement, one)]
    actions = {one for one in listed(statement["Action"]) if not any(fnmatchcase(use.action, one) for use in used)}
    things = listed(statement.get("Resource", []))
    return actions | {thing for thing in things if not any(fnmatchcase(one.arn, thing) for one in used)}


def _allows(statement: Statement, one: Done) -> bool:
    if not any(fnmatchcase(one.action, action) for action in listed(statement["Action"])):
        return False
    if "NotResource" in statement:
        return not any(fnmatchcase(one.arn, pattern) for pattern in listed(statement["NotResource"]))
    return any(fnmatchcase(one.arn, pattern) for pattern in listed(statement["Resource"]))


def listed(value: str | list[str]) -> list[str]:
    """What a policy says of one thing or of several."""
    return [value] if isinstance(value, str) else value

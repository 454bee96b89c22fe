"""A project on its way to an account that reaches nobody: planned, deployed, and taken away again."""

import json
from collections.abc import Iterator

from rich.console import Console

from deployer import access, desired
from deployer.executor import execute
from deployer.pipeline import Pipeline
from deployer.planner import Step, to_do
from deployer.project import Project
from deployer.rehearsal.account import Account
from deployer.rehearsal.documented import (
    alarms,
    cognito,
    distributions,
    dynamodb,
    events,
    iam,
    lambda_functions,
    others,
    rest_api,
    state_machines,
    storage,
    websocket_api,
)
from deployer.rehearsal.place import PLACE
from deployer.report import Report
from deployer.resources.chalice_app import FINGERPRINT, ChaliceApp
from deployer.resources.chalice_remains import CHALICE_TAG
from deployer.resources.our_own import OWNER, PREFIX, US
from deployer.resources.resource import Resource

_BOOKS = (
    alarms,
    cognito,
    distributions,
    dynamodb,
    events,
    iam,
    lambda_functions,
    others,
    rest_api,
    state_machines,
    storage,
    websocket_api,
)
DOCUMENTED = {operation: answer for book in _BOOKS for operation, answer in book.ANSWERS.items()}


def empty_account() -> Account:
    """An account in which nothing was done yet."""
    return Account(DOCUMENTED)


def way_to(account: Account, project: Project) -> Pipeline:
    """The way of a project to such an account; nothing is printed."""
    return Pipeline(project, PLACE, account.aws(), Report(Console(quiet=True)))


def planned(way: Pipeline) -> list[Step]:
    """All steps that `up` would take, also those that leave things as they are."""
    return [step for steps in way.plan_up().values() for step in steps]


def wanted(way: Pipeline) -> Iterator[Resource]:
    """All that must be there."""
    return (step.resource for step in planned(way))


def deploy(way: Pipeline, account: Account) -> None:
    """Everything is done as `up` does it; of what Chalice does only that it was done."""
    for stage in desired.STAGES:
        steps = to_do(way.plan()[stage])
        execute([step for step in steps if not isinstance(step.resource, ChaliceApp)], way.adapters, way.report)
        for app in (step.resource for step in steps if isinstance(step.resource, ChaliceApp)):
            by_chalice(app, account)


def role_of(function: str, app: ChaliceApp) -> str:
    """Chalice's name for a function's role."""
    return f"{function}-api_handler" if function == f"{app.name}-{app.stage}" else function


def by_chalice(app: ChaliceApp, account: Account) -> None:
    """What `chalice deploy` leaves behind, as far as the deployer looks at it."""
    own = {OWNER: US} if app.name.startswith(PREFIX) else {}  # as an extension's configuration says
    tags = {CHALICE_TAG: f"version=1:stage={app.stage}:app={app.name}", **own}
    trust = json.dumps(access.trusting("lambda.amazonaws.com"))
    for name in app.function_names:
        account.has("iam:CreateRole", RoleName=role_of(name, app), AssumeRolePolicyDocument=trust)
        account.has("lambda:CreateFunction", FunctionName=name, Tags=tags)
        account.has("events:PutRule", Name=f"{name}-event", State="ENABLED")
        account.has("events:PutTargets", Rule=f"{name}-event", Targets=[{"Id": "1", "Arn": PLACE.function_arn(name)}])
    account.has("apigateway:CreateRestApi", name=app.name, function=app.arn)
    if app.has_websocket:
        name = f"{app.name}-{app.stage}-websocket-api"
        account.has("apigatewayv2:CreateApi", Name=name)
        account.has("apigatewayv2:CreateRoute", ApiId=websocket_api.id_of(name), RouteKey="$default")
        account.has("apigatewayv2:CreateStage", ApiId=websocket_api.id_of(name), StageName="api")
    account.has("lambda:TagResource", Resource=app.arn, Tags={FINGERPRINT: app.fingerprint})

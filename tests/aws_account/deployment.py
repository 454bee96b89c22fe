"""This checkout's stage `aws` on its way to an account that reaches nobody."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import Console

from deployer import access, desired
from deployer.executor import execute
from deployer.fingerprint import etags_of
from deployer.overlay import NO_OVERLAY, Overlay
from deployer.pipeline import Pipeline
from deployer.planner import Step, to_do
from deployer.project import Project, read_project
from deployer.report import Report
from deployer.resources.chalice_app import FINGERPRINT, ChaliceApp
from deployer.resources.chalice_remains import CHALICE_TAG
from deployer.resources.our_own import OWNER, PREFIX, US
from deployer.resources.resource import Resource
from tests.aws_account.account import Account
from tests.aws_account.documented import (
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
from tests.unit.deployer.samples import PLACE, ROOT

STAGE = "aws"
SENDER = "bar@some-coffee-bar.org"
DOMAIN = "bar.some-coffee-bar.org"
CERTIFICATE = f"arn:aws:acm:us-east-1:{PLACE.account}:certificate/b9a1d3c2-0000-4000-8000-000000000000"
OWN_DOMAIN = {"PAGES_DOMAIN": DOMAIN, "PAGES_CERTIFICATE": CERTIFICATE}
UNBUILT_PAGES = ROOT / "frontend" / "order"  # any page will do, and building them takes Node
BOOKS = (
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
DOCUMENTED = {operation: answer for book in BOOKS for operation, answer in book.ANSWERS.items()}


def empty_account() -> Account:
    return Account(DOCUMENTED)


def whole_project(sender: str = SENDER, overlay: Overlay = NO_OVERLAY, /, **settings: str) -> Project:
    """This checkout with pages, with a sender, whom everybody must name by themselves, and with these settings."""
    project = read_project(ROOT, STAGE, overlay)
    environment = {**project.environment, "LETTER_SENDER": sender, **settings}
    return replace(project, environment=environment, pages_folder=UNBUILT_PAGES, pages=etags_of(UNBUILT_PAGES))


def with_certificate(account: Account, status: str = "ISSUED", names: Sequence[str] = (DOMAIN,)) -> Account:
    """An account in which somebody asked for a certificate."""
    about = {"DomainName": names[0], "SubjectAlternativeNames": list(names), "Status": status}
    account.has("acm:RequestCertificate", CertificateArn=CERTIFICATE, **about)
    return account


def way_to(account: Account, project: Project | None = None) -> Pipeline:
    return Pipeline(project or whole_project(), PLACE, account.aws(), Report(Console(quiet=True)))


def planned(way: Pipeline) -> list[Step]:
    return [step for steps in way.plan_up().values() for step in steps]


def wanted(way: Pipeline) -> Iterator[Resource]:
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
    tags = {CHALICE_TAG: f"version=1:stage={STAGE}:app={app.name}", **own}
    trust = json.dumps(access.trusting("lambda.amazonaws.com"))
    for name in app.function_names:
        account.has("iam:CreateRole", RoleName=role_of(name, app), AssumeRolePolicyDocument=trust)
        account.has("lambda:CreateFunction", FunctionName=name, Tags=tags)
        account.has("events:PutRule", Name=f"{name}-event", State="ENABLED")
        account.has("events:PutTargets", Rule=f"{name}-event", Targets=[{"Id": "1", "Arn": PLACE.function_arn(name)}])
    account.has("apigateway:CreateRestApi", name=app.name, function=app.arn)
    if app.has_websocket:
        name = f"{app.name}-{STAGE}-websocket-api"
        account.has("apigatewayv2:CreateApi", Name=name)
        account.has("apigatewayv2:CreateRoute", ApiId=websocket_api.id_of(name), RouteKey="$default")
        account.has("apigatewayv2:CreateStage", ApiId=websocket_api.id_of(name), StageName="api")
    account.has("lambda:TagResource", Resource=app.arn, Tags={FINGERPRINT: app.fingerprint})

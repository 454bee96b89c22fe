"""A place and a project as the deployer's tests want them, and clients that answer from a script."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.stub import Stubber

from deployer.aws import Aws
from deployer.json_source import JsonSource
from deployer.project import Project, read_project
from deployer.rehearsal import place as rehearsal_place

ROOT = Path(__file__).parents[3]
PLACE = rehearsal_place.PLACE
POOL_ARN = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_one"


def own_project() -> Project:
    """This very checkout's stage `local`."""
    return read_project(ROOT, "local")


def small_project(workflow: str = "{}", rules: Sequence[Mapping[str, Any]] = (), **changes: Any) -> Project:
    """A project of two functions, two tables and no rule."""
    settings = {"EVENT_BUS_NAME": "bus", "ORDERS_TABLE": "the-orders", "SHOPS_TABLE": "the-shops"}
    values: dict[str, Any] = {
        "root": ROOT,
        "app": "bar",
        "stage": "test",
        "api_stage": "api",
        "environment": settings,
        "functions": ("ask_customer", "take_number"),
        "workflow": JsonSource("workflow.asl.json", workflow),
        "rules": rules,
        "rules_file": JsonSource("rules.json", json.dumps(rules)),
        "code": "c0de",
        "pages_folder": ROOT / "there" / "is" / "none",
    }
    return Project(**{**values, **changes})


@cache
def _session() -> boto3.Session:
    return boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=PLACE.region)


def offline_aws() -> Aws:
    """Clients that reach nobody; stub those that are to answer."""
    return Aws(_session())


def script(client: Any) -> Stubber:
    """Have the client answer only from a script, and fail at any call that is not in it."""
    stubber = Stubber(client)
    stubber.activate()
    return stubber


def quiet(_: str) -> None:
    """Nobody listens."""

"""The role that docs/aws.md has CI take on may do what deploying takes, hand over our roles only, and no more."""

import ast
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.model import OperationModel

from deployer.pipeline import Pipeline
from deployer.planner import to_do
from deployer.rehearsal.account import Account
from deployer.rehearsal.limits import breaches
from deployer.rehearsal.linted import complaints
from deployer.rehearsal.rehearsed import deploy, planned
from tests.unit.deployer.samples import PLACE, ROOT

TEMPLATE = json.loads((ROOT / "docs" / "account" / "deploying-role.json").read_text())
BUDGET = json.loads((ROOT / "docs" / "account" / "budget.json").read_text())
POLICIES = [one["Properties"] for one in TEMPLATE["Resources"].values() if one["Type"] == "AWS::IAM::ManagedPolicy"]
STATEMENTS: list[dict[str, Any]] = [one for policy in POLICIES for one in policy["PolicyDocument"]["Statement"]]
SERVICES = {"cognito": "cognito-idp", "lambda_": "lambda"}  # those that deployer/aws.py calls otherwise
# IAM's names of actions where they are not the operation's: "Actions, resources, and condition keys for Amazon S3" and
# the like, https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
ACTIONS = {
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:DeleteObjects": "s3:DeleteObjectVersion",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:PutBucketCors": "s3:PutBucketCORS",
    "s3:DeleteBucketCors": "s3:PutBucketCORS",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
}
PREFIXES = {"stepfunctions": "states"}
# What Chalice calls to deploy and delete functions, their roles, rules and APIs (chalice/awsclient.py), and what the
# seed writes by the application's own store.
BY_OTHERS = {
    *(f"lambda:{verb}" for verb in ("CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration")),
    *("lambda:GetFunctionConfiguration", "lambda:UntagResource", "lambda:DeleteFunctionConcurrency", "iam:PassRole"),
    *("apigateway:PUT", "s3:DeleteObject", "dynamodb:PutItem", "dynamodb:GetItem"),
    # Whoever makes a table with tags needs it: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html
    "dynamodb:TagResource",
}

# What the sources call on an emulator only: on AWS the pages are no website (docs/adr/0020).
ON_A_LAPTOP = {"s3:GetBucketWebsite", "s3:PutBucketWebsite"}


def called() -> Iterator[str]:
    """The IAM actions of all operations that the deployer's sources call, by the clients that each file uses.

    What follows saves is left out: it is for a laptop's bar only.
    """
    for path in {*(ROOT / "deployer").rglob("*.py")} - {*(ROOT / "deployer" / "watching").iterdir()}:
        tree = ast.parse(path.read_text())
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        for service in services_of(tree):
            model = boto3.Session("a", "b", region_name=PLACE.region).client(service).meta.service_model  # type: ignore[call-overload]
            operations = [name for name in model.operation_names if xform_name(name) in names]
            yield from (action(service, model.operation_model(name)) for name in operations)


def services_of(tree: ast.AST) -> Iterator[str]:
    """The services whose clients a module takes from an Aws, as in `self.aws.s3`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"aws", "self.aws"}:
            service = SERVICES.get(node.attr, node.attr)
            if service not in {"table", "exceptions"}:
                yield service


def action(service: str, operation: OperationModel) -> str:
    if service.startswith("apigateway"):
        return f"apigateway:{operation.http['method']}"
    name = f"{service}:{operation.name}"
    return ACTIONS.get(name, f"{PREFIXES.get(service, service)}:{operation.name}")


def test_it_may_do_all_that_deploying_and_removing_take_and_nothing_else() -> None:
    allowed = {one for statement in STATEMENTS for one in statement["Action"]}
    assert allowed == {*called(), *BY_OTHERS} - ON_A_LAPTOP


def test_all_that_is_asked_of_an_account_is_allowed_and_nothing_that_only_a_laptop_has(
    account: Account, way: Pipeline
) -> None:
    deploy(way, account)
    assert to_do(planned(way)) == []
    way.plan_removal()
    way.configure_pages(way.outputs())
    asked = {action(one.operation.partition(":")[0], one.model) for one in account.asked if one.model}
    assert asked & ON_A_LAPTOP == set()
    assert asked - {one for statement in STATEMENTS for one in statement["Action"]} == set()


def test_it_hands_over_the_bars_roles_only_and_only_to_who_needs_them() -> None:
    (passing,) = (one for one in STATEMENTS if "iam:PassRole" in one["Action"])
    (role,) = passing["Resource"]
    assert role["Fn::Sub"].endswith(":role/serverlesspresso-*")
    assert passing["Condition"]["StringEquals"]["iam:PassedToService"]


def test_it_cannot_change_itself() -> None:
    assert not TEMPLATE["Resources"]["Deploying"]["Properties"]["RoleName"].startswith("serverlesspresso-")


def test_only_the_main_branch_of_the_named_repository_takes_it_on() -> None:
    (trust,) = TEMPLATE["Resources"]["Deploying"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    conditions = trust["Condition"]["StringEquals"]
    assert conditions["token.actions.githubusercontent.com:sub"] == {
        "Fn::Sub": "repo:${Repository}:ref:refs/heads/main"
    }
    assert conditions["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"


def test_the_template_is_as_aws_wants_it() -> None:
    assert complaints(TEMPLATE) == []


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy["Description"][:20])
def test_each_policy_fits(policy: dict[str, Any]) -> None:
    """6,144 characters without white space for a managed policy ("IAM and AWS STS quotas"), placeholders filled."""
    assert len("".join(json.dumps(policy["PolicyDocument"]).split())) < 6_144


def test_the_budget_is_as_aws_wants_it() -> None:
    model = boto3.client("budgets", region_name="us-east-1").meta.service_model.operation_model("CreateBudget")
    assert model.input_shape is not None
    assert list(breaches(model.input_shape, BUDGET)) == []

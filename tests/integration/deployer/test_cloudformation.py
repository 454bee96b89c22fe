"""The application is Chalice's: what `chalice package` makes of it becomes a stack of CloudFormation's, without us.

Its WebSocket API does not: LocalStack's CloudFormation passes over API Gateway's second kind.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deployer.rehearsal.packaged import Package
from tests.aws_account.packaged import package
from tests.integration.deployer.checkout import Checkout

STACK = "made-by-cloudformation"
BUCKET = "packages-for-cloudformation"


@pytest.fixture
def stack(deployed: Checkout, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The outputs of a stack of the application, beside what the deployer made; gone afterwards."""
    pool = deployed.outputs()["userPoolId"]
    arn = f"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{pool}"
    template = uploaded(deployed, package(tmp_path, "local", arn))
    cloudformation = deployed.client("cloudformation")
    cloudformation.create_stack(
        StackName=STACK, TemplateURL=template, Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
    )
    cloudformation.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1})
    (made,) = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    yield {one["OutputKey"]: one["OutputValue"] for one in made["Outputs"]}
    cloudformation.delete_stack(StackName=STACK)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1})
    assert [name for name in functions(deployed) if name.startswith(STACK)] == []
    s3 = deployed.client("s3")
    s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "code.zip"}, {"Key": "template.json"}]})
    s3.delete_bucket(Bucket=BUCKET)


def uploaded(checkout: Checkout, packaged: Package) -> str:
    """What `aws cloudformation package` does: the code and the template lie in a bucket; gives the template's URL."""
    s3 = checkout.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.upload_file(str(packaged.archive), BUCKET, "code.zip")
    template = packaged.template
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{BUCKET}/code.zip"
    s3.put_object(Bucket=BUCKET, Key="template.json", Body=json.dumps(template))
    url: str = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "template.json"})
    return url


def functions(checkout: Checkout) -> list[str]:
    pages = checkout.client("lambda").get_paginator("list_functions").paginate()
    found: list[dict[str, Any]] = [function for page in pages for function in page["Functions"]]
    return [function["FunctionName"] for function in found]


def test_a_stack_of_the_packaged_application_serves_its_api(deployed: Checkout, stack: dict[str, str]) -> None:
    assert sum(name.startswith(STACK) for name in functions(deployed)) == 19
    url = f"{deployed.endpoint}/_aws/execute-api/{stack['RestAPIId']}/api"
    assert deployed.deployer("up", "--seed").returncode == 0
    menu = httpx.get(f"{url}/config", params={"eventId": "ABC"}, timeout=60).raise_for_status().json()["menu"]
    assert "Flat White" in {item["drink"] for item in menu}
    assert httpx.get(f"{url}/orders", timeout=60).status_code == 401

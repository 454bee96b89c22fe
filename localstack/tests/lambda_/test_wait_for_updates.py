"""A change of a function has taken effect when it is answered: nobody has to wait for it."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
import pytest
from local_cloud.testing import Cloud

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


@pytest.fixture
def functions(cloud: Cloud) -> "LambdaClient":
    return boto3.client(
        "lambda",
        endpoint_url=cloud.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@pytest.fixture
def function(functions: "LambdaClient") -> Iterator[str]:
    name = f"f-{uuid4().hex[:8]}"
    functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Handler="app.handler",
        Role="arn:aws:iam::000000000000:role/function",
        Code={"ZipFile": _zip("before")},
    )
    yield name
    functions.delete_function(FunctionName=name)


def test_a_function_is_active_when_its_creation_is_answered(functions: "LambdaClient", function: str) -> None:
    assert functions.get_function_configuration(FunctionName=function)["State"] == "Active"


def test_new_code_runs_when_its_update_is_answered(functions: "LambdaClient", function: str) -> None:
    functions.update_function_code(FunctionName=function, ZipFile=_zip("after"))
    assert functions.get_function_configuration(FunctionName=function)["LastUpdateStatus"] == "Successful"
    assert functions.invoke(FunctionName=function)["Payload"].read() == b'"after"'


def test_new_settings_hold_when_their_update_is_answered(functions: "LambdaClient", function: str) -> None:
    functions.update_function_configuration(FunctionName=function, Timeout=7)
    settled = functions.get_function_configuration(FunctionName=function)
    assert (settled["LastUpdateStatus"], settled["Timeout"]) == ("Successful", 7)


LOOKED = """
from local_cloud.plugins.lambda_ import wait_for_updates
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.utils import sync
wait_for_updates.settle_functions()
for replacement in REPLACEMENTS:
    replacement.apply()

from localstack.services.lambda_ import provider
slept, looks = [], iter([False, False, True])
sync.time.sleep = slept.append
print(provider.poll_condition(lambda: next(looks), timeout=5), slept)
"""


def test_lambda_looks_a_hundred_times_a_second_whether_a_function_is_ready(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(LOOKED)
    assert ran.stdout.strip() == "True [0.01, 0.01]", ran.stderr


UPDATED = """
from types import SimpleNamespace
from local_cloud.plugins.lambda_ import wait_for_updates
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.lambda_ import provider

statuses = iter(["InProgress", "InProgress", "Successful"])
class Function:
    def latest(self):
        return SimpleNamespace(config=SimpleNamespace(last_update=SimpleNamespace(status=next(statuses))))

provider.lambda_stores = {{"000000000000": {{"us-east-1": SimpleNamespace(functions={{"f": Function()}})}}}}
arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
provider.LambdaProvider.{update} = lambda *_: {{"FunctionArn": arn}}
wait_for_updates.settle_functions()
for replacement in REPLACEMENTS:
    replacement.apply()
print(provider.LambdaProvider.{update}(None) == {{"FunctionArn": arn}}, next(statuses, "looked until it was done"))
"""


@pytest.mark.parametrize("update", ["update_function_code", "update_function_configuration"])
def test_an_update_is_answered_when_it_is_in_progress_no_more(cloud: Cloud, update: str) -> None:
    ran = cloud.run_in_localstack_environment(UPDATED.format(update=update))
    assert ran.stdout.strip() == "True looked until it was done", ran.stderr


def _zip(answer: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("app.py", f"def handler(event, context):\n    return {answer!r}\n")
    return archive.getvalue()

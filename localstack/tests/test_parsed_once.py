"""Content types, and Step Functions' definitions with each JSONPath in them, are parsed once; nobody is the worse."""

import json
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud
from tenacity import retry, stop_after_delay, wait_fixed

DEFINITION = {
    "StartAt": "First",
    "States": {
        "First": {"Type": "Pass", "Parameters": {"copy.$": "$.name"}, "ResultPath": "$.made", "Next": "Second"},
        "Second": {"Type": "Choice", "Choices": [{"Variable": "$.fails", "BooleanEquals": True, "Next": "Failed"}],
                   "Default": "Last"},
        "Failed": {"Type": "Fail", "Error": "AsAsked"},
        "Last": {"Type": "Pass", "OutputPath": "$.made.copy", "End": True},
    },
}  # fmt: skip

PARSED_TWICE = """
from types import SimpleNamespace
from local_cloud.plugins.stepfunctions import definition_cache as parsed_definitions, jsonpath_cache as parsed_paths
from localstack.services.stepfunctions.asl.parse.asl_parser import AmazonStateLanguageParser
from localstack.services.stepfunctions.asl.utils import json_path
from localstack.services.stepfunctions.backend.execution_worker import ExecutionWorker

parsed = []
for place, name in ((AmazonStateLanguageParser, "parse"), (json_path, "parse")):
    def noting(text, original=getattr(place, name)):
        parsed.append(text)
        return original(text)
    setattr(place, name, staticmethod(noting) if place is AmazonStateLanguageParser else noting)
parsed_definitions.install()
parsed_paths.install()

DEFINITION = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
details = SimpleNamespace(state_machine_details=SimpleNamespace(definition=DEFINITION))
worker = SimpleNamespace(_evaluation_details=details)
programs = [ExecutionWorker._get_evaluation_entrypoint(worker) for _ in range(2)]
values = [json_path.extract_json("$.a.b", {"a": {"b": n}}) for n in (1, 2)]
print([len(parsed), programs[0] is programs[1], *values])
"""


def test_what_was_parsed_is_not_parsed_again_and_no_execution_runs_anothers_program(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(PARSED_TWICE)
    assert ran.stdout.strip() == "[2, False, 1, 2]", ran.stderr


CONTENT_TYPE_PARSED_TWICE = """
from twisted.web import http
from local_cloud.plugins.runtime.content_type_cache import keep_parsed_content_types

parsed = []
def noting(line, original=http._parseContentType):
    parsed.append(line)
    return original(line)
http._parseContentType = noting
keep_parsed_content_types()
lines = [b"application/json; charset=utf-8", b"application/json; charset=utf-8", b"multipart/form-data; boundary=x"]
print([http._parseContentType(line) for line in lines] + [len(parsed)])
"""


def test_a_content_type_is_parsed_once_and_said_as_before(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(CONTENT_TYPE_PARSED_TWICE)
    assert ran.stdout.strip() == "[b'application/json', b'application/json', b'multipart/form-data', 2]", ran.stderr


@pytest.fixture
def machine(cloud: Cloud) -> str:
    created = cloud.client("stepfunctions").create_state_machine(
        name=f"m-{uuid4().hex[:8]}", definition=json.dumps(DEFINITION), roleArn="arn:aws:iam::000000000000:role/any"
    )
    arn: str = created["stateMachineArn"]
    return arn


@retry(wait=wait_fixed(0.05), stop=stop_after_delay(60), reraise=True)
def ended(cloud: Cloud, arn: str) -> dict[str, Any]:
    execution: dict[str, Any] = cloud.client("stepfunctions").describe_execution(executionArn=arn)
    assert execution["status"] != "RUNNING"
    return execution


def test_executions_at_the_same_time_keep_to_their_own_input(cloud: Cloud, machine: str) -> None:
    stepfunctions, inputs = cloud.client("stepfunctions"), [{"name": n, "fails": n % 3 == 0} for n in range(12)]
    started = [
        stepfunctions.start_execution(stateMachineArn=machine, input=json.dumps(one))["executionArn"] for one in inputs
    ]
    outcomes = [(execution["status"], execution.get("output")) for execution in (ended(cloud, arn) for arn in started)]
    expected = [("FAILED", None) if one["fails"] else ("SUCCEEDED", json.dumps(one["name"])) for one in inputs]
    assert outcomes == expected


def test_a_changed_definition_is_what_the_next_execution_runs(cloud: Cloud, machine: str) -> None:
    stepfunctions = cloud.client("stepfunctions")
    changed = {"StartAt": "Only", "States": {"Only": {"Type": "Pass", "Result": "changed", "End": True}}}
    stepfunctions.update_state_machine(stateMachineArn=machine, definition=json.dumps(changed))
    arn = stepfunctions.start_execution(stateMachineArn=machine, input="{}")["executionArn"]
    assert ended(cloud, arn)["output"] == '"changed"'

"""Step Functions' definitions, and each JSONPath in them, are parsed once; no execution is the worse."""

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
from local_cloud.plugins.patches import REPLACEMENTS
from local_cloud.plugins.stepfunctions import definition_cache, jsonpath_cache
from localstack.services.stepfunctions.asl.component.common.path import result_path
from localstack.services.stepfunctions.asl.parse.asl_parser import AmazonStateLanguageParser
from localstack.services.stepfunctions.asl.utils import json_path
from localstack.services.stepfunctions.backend.execution_worker import ExecutionWorker

parsed = []
for place in (AmazonStateLanguageParser, json_path, result_path):
    def noting(text, original=place.parse):
        parsed.append(text)
        return original(text)
    place.parse = staticmethod(noting) if place is AmazonStateLanguageParser else noting
definition_cache.keep_parsed_definitions()
jsonpath_cache.keep_parsed_paths()
for replacement in REPLACEMENTS:
    replacement.apply()

DEFINITION = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
details = SimpleNamespace(state_machine_details=SimpleNamespace(definition=DEFINITION))
worker = SimpleNamespace(_evaluation_details=details)
programs = [ExecutionWorker._get_evaluation_entrypoint(worker) for _ in range(2)]
values = [json_path.extract_json("$.a.b", {"a": {"b": n}}) for n in (1, 2)]
written = [result_path.parse("$.made").find({"made": n})[0].value for n in (3, 4)]
print([len(parsed), programs[0] is programs[1], *values, *written])
"""


def test_what_was_parsed_is_not_parsed_again_and_no_execution_runs_anothers_program(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(PARSED_TWICE)
    assert ran.stdout.strip() == "[3, False, 1, 2, 3, 4]", ran.stderr


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

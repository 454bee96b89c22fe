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
from ply import yacc
from local_cloud.plugins.patches import REPLACEMENTS
from local_cloud.plugins.stepfunctions import definition_cache, jsonpath_cache
from localstack.services.stepfunctions.asl.component.common.path import result_path
from localstack.services.stepfunctions.asl.parse.asl_parser import AmazonStateLanguageParser
from localstack.services.stepfunctions.asl.utils import json_path
from localstack.services.stepfunctions.backend.execution_worker import ExecutionWorker

done = []
def noting(original, kind):
    def note(*args, **kwargs):
        done.append(kind)
        return original(*args, **kwargs)
    return note
AmazonStateLanguageParser.parse = staticmethod(noting(AmazonStateLanguageParser.parse, "definition"))
yacc.yacc = noting(yacc.yacc, "grammar")
yacc.LRParser.parse = noting(yacc.LRParser.parse, "path")
definition_cache.keep_parsed_definitions()
jsonpath_cache.keep_parsed_paths()
for replacement in REPLACEMENTS:
    replacement.apply()

DEFINITION = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
details = SimpleNamespace(state_machine_details=SimpleNamespace(definition=DEFINITION))
worker = SimpleNamespace(_evaluation_details=details)
programs = [ExecutionWorker._get_evaluation_entrypoint(worker) for _ in range(2)]
values = [json_path.extract_json("$.a.b", {"a": {"b": n}}) for n in (1, 2)]
other = json_path.extract_json("$.a[?(@.c == 1)].c", {"a": [{"c": 1}, {"c": 2}]})
written = [result_path.parse("$.made").find({"made": n})[0].value for n in (3, 4)]
print({kind: done.count(kind) for kind in done})
print([programs[0] is programs[1], *values, other, *written])
"""


def test_what_was_parsed_is_not_parsed_again_and_no_execution_runs_anothers_program(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(PARSED_TWICE)
    counts, values = ran.stdout.splitlines() or [ran.stderr, ""]
    assert counts == "{'definition': 1, 'grammar': 2, 'path': 3}"  # a grammar for each of two sorts of paths
    assert values == "[False, 1, 2, 1, 3, 4]"


WRONG_BETWEEN_RIGHT = """
from local_cloud.plugins.patches import REPLACEMENTS
from local_cloud.plugins.stepfunctions import jsonpath_cache
from localstack.services.stepfunctions.asl.utils import json_path
jsonpath_cache.keep_parsed_paths()
for replacement in REPLACEMENTS:
    replacement.apply()
for path in ("$.a", "$.[", "$.a.", "$.b"):
    try:
        print(json_path.extract_json(path, {"a": 1, "b": 2}))
    except Exception:
        print("wrong")
"""


def test_a_path_that_is_none_does_not_hurt_the_next(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(WRONG_BETWEEN_RIGHT)
    assert ran.stdout.split() == ["1", "wrong", "wrong", "2"], ran.stderr


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

"""What the cloud finds wrong in a workflow or a pattern is told by file and line."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deployer.json_source import JsonSource
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import LOCAL, read_project
from deployer.watching.definitions import check_patterns, check_workflow, steps_of
from tests.architecture.source import ROOT

PLACE = Place("0" * 12, "us-east-1")
WORKFLOW = (
    '{\n  "StartAt": "Look",\n  "States": {\n    "Look": {\n      "Type": "Pass",\n      "Next": "Gone"\n    }\n  }\n}'
)
BAR = read_project(ROOT, LOCAL)


def judging(*diagnostics: dict[str, str]) -> Any:
    """An AWS that finds these in every workflow."""
    answer = {"result": "FAIL", "diagnostics": list(diagnostics)}
    return SimpleNamespace(stepfunctions=SimpleNamespace(validate_state_machine_definition=lambda **_: answer))


def refusing(pattern: object) -> Any:
    """An AWS that takes no such pattern."""

    def judge(EventPattern: str, Event: str) -> None:  # noqa: N803  # as boto3 has it
        assert json.loads(Event).keys() >= {"id", "source", "detail-type", "account", "time", "region", "resources"}
        if json.loads(EventPattern) == pattern:
            error = {"Code": "InvalidEventPatternException", "Message": "Event pattern is not valid. Reason: a list"}
            raise ClientError({"Error": error}, "TestEventPattern")  # type: ignore[typeddict-item]

    return SimpleNamespace(events=SimpleNamespace(test_event_pattern=judge))


def test_a_workflows_error_is_told_by_its_line_and_a_warning_is_not() -> None:
    bar = replace(BAR, workflow=JsonSource("mine.json", WORKFLOW))
    warning = {"severity": "WARNING", "message": "nobody comes here", "location": "/States/Look"}
    error = {"severity": "ERROR", "message": "there is no state Gone", "location": "/States/Look/Next"}
    check_workflow(bar, PLACE, judging(warning))
    with pytest.raises(Problem, match=r"^mine.json:6: there is no state Gone"):
        check_workflow(bar, PLACE, judging(warning, error))


@pytest.mark.parametrize(("pointer", "steps"), [("", []), ("/States/a~1b/Next", ["States", "a/b", "Next"])])
def test_a_pointer_names_the_way(pointer: str, steps: Sequence[str]) -> None:
    assert steps_of(pointer) == steps


def test_a_pattern_that_is_none_is_told_by_its_line(tmp_path: Path) -> None:
    text = '[\n  {\n    "name": "serverlesspresso-x",\n    "pattern": {"source": "bar"}\n  }\n]'
    bar = replace(BAR, rules=json.loads(text), rules_file=JsonSource("rules.json", text))
    check_patterns(bar, refusing({"source": ["bar"]}))
    with pytest.raises(Problem, match=r"^rules.json:4: rule serverlesspresso-x: Event pattern is not valid"):
        check_patterns(bar, refusing({"source": "bar"}))

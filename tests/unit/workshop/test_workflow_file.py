"""A workflow that cannot be is told by its line before it is deployed, with what to try."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from deployer.json_source import JsonSource
from tests.statemachine.definition import DEFINITION
from workshop.checks.workflow_file import workflow_in
from workshop.finding import DoesNotHold
from workshop.workflow_steps import STEPS

LOOK, OPEN, PLACE = "Look at the shop", "Is the shop open?", "Take a place at the bar"
type States = dict[str, Any]


def spoilt(spoil: Callable[[States], object]) -> JsonSource:
    workflow = json.loads(json.dumps(STEPS[1].built(DEFINITION)))
    spoil(workflow["States"])
    return JsonSource("my-bar/workflow.asl.json", json.dumps(workflow, indent=2))


def line_with(text: str, of: JsonSource) -> int:
    return next(number for number, line in enumerate(of.text.splitlines(), 1) if text in line)


def test_a_good_workflow_is_given_as_it_is_written() -> None:
    assert workflow_in(spoilt(lambda _: None)) == STEPS[1].built(DEFINITION)


@pytest.mark.parametrize(
    ("spoil", "line", "seen", "attempt"),
    [
        (
            lambda states: states[LOOK].pop("Next"),
            f'"{LOOK}": {{',
            'does not have required field "Next"',
            '"End": true',
        ),
        (lambda states: states[LOOK].update(Next="Nowhere"), "Nowhere", 'No state found named "Nowhere"', "alike"),
        (lambda states: states[LOOK].update(ResultPath="shop"), '"ResultPath": "shop"', "Reference Path", "$.shop"),
        (lambda states: states[LOOK].update(ResultPth="$.a"), f'"{LOOK}": {{', '"ResultPth" not allowed', "capitals"),
        (lambda states: states.update(Extra={"Type": "Succeed"}), '"Extra"', "No transition found", "leads to"),
        (
            lambda states: states[LOOK]["Parameters"]["Key"]["eventId"].update({"S.$": "detail"}),
            '"eventId": {',
            "is not a JSONPath",
            "$.detail.eventId",
        ),
        (lambda states: states[PLACE]["Catch"][0].pop("ErrorEquals"), '"Catch": [', '"ErrorEquals"', ""),
        (lambda states: states[OPEN].pop("Default"), '"Shop closed"', "No transition found", '"Default"'),
    ],
)
def test_what_makes_it_no_workflow_is_told(
    spoil: Callable[[States], object], line: str, seen: str, attempt: str
) -> None:
    source = spoilt(spoil)
    with pytest.raises(DoesNotHold) as raised:
        workflow_in(source)
    assert seen in raised.value.seen
    assert attempt in raised.value.attempt
    assert "State Machine" not in raised.value.seen
    (where,) = raised.value.where
    assert abs(int(where.rpartition(":")[2]) - line_with(line, source)) <= 1


def test_a_comma_too_many_is_told_with_its_line() -> None:
    with pytest.raises(DoesNotHold, match=r"my-bar/workflow\.asl\.json:2: this is not JSON"):
        workflow_in(JsonSource("my-bar/workflow.asl.json", '{"States": {},\n"a"}'))


def test_a_list_is_no_workflow() -> None:
    with pytest.raises(DoesNotHold, match="is no object"):
        workflow_in(JsonSource("my-bar/workflow.asl.json", "[]"))

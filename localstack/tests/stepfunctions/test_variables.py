"""Variables: who assigns them, who sees them, and how JSONPath states read them."""

import json
from typing import Any

from .conftest import StateMachines, jsonata, one_state

GIVEN = {
    "name": "Anna",
    "quote": 'it\'s a "good day"\n\\',
    "order": {"drinks": [{"name": "lamp", "price": 3.5}, {"name": "shade", "price": 4}]},
}


def test_what_a_state_assigns_is_seen_by_later_states_and_not_by_its_own_output(machines: StateMachines) -> None:
    first = {"Assign": {"count": 1, "text": "{% $states.input.quote %}", "list": [1, "{% 1 + 1 %}"]}}
    second = {"Assign": {"count": "{% $count + 1 %}", "was": "{% $count %}"}, "Output": "{% $count %}"}
    third = {
        "Output": {"in": "{% $states.input %}", "all": ["{% $count %}", "{% $was %}", "{% $text %}", "{% $list %}"]}
    }
    passes: list[tuple[str, dict[str, Any]]] = [("First", first), ("Second", second), ("Third", third)]
    ended = machines.run(jsonata(*((name, {"Type": "Pass", **fields}) for name, fields in passes)), GIVEN)
    assert ended.output == {"in": 1, "all": [2, 1, GIVEN["quote"], [1, 2]]}, ended.cause


def test_the_history_has_what_was_assigned_as_json(machines: StateMachines) -> None:
    assigned = {"quote": "{% $states.input.quote %}", "list": [1, {"a": None}]}
    ended = machines.run(jsonata(("Keep", {"Type": "Pass", "Assign": assigned})), GIVEN)
    (left,) = (event for event in ended.history if event["type"] == "PassStateExited")
    told = left["stateExitedEventDetails"]["assignedVariables"]
    assert {name: json.loads(value) for name, value in told.items()} == {
        "quote": GIVEN["quote"],
        "list": [1, {"a": None}],
    }


def test_variables_are_read_by_jsonpath_states_with_paths_below_them(machines: StateMachines) -> None:
    definition = {
        "StartAt": "Keep",
        "States": {
            "Keep": {"Type": "Pass", "Assign": {"order.$": "$.order", "name.$": "$.name", "one": 1}, "Next": "Use"},
            "Use": {
                "Type": "Pass",
                "Parameters": {
                    "whole.$": "$name",
                    "below.$": "$order.drinks[1].name",
                    "many.$": "$order.drinks[*].price",
                    "called.$": "States.Format('{} {}', $name, $one)",
                },
                "Next": "Choose",
            },
            "Choose": {
                "Type": "Choice",
                "Choices": [{"Variable": "$order.drinks[0].name", "StringEquals": "lamp", "Next": "Lamp"}],
            },
            "Lamp": {"Type": "Pass", "End": True},
        },
    }
    ended = machines.run(definition, GIVEN)
    expected = {"whole": "Anna", "below": "shade", "many": [3.5, 4], "called": "Anna 1"}
    assert ended.output == expected, ended.cause


def test_a_variable_that_is_not_there_fails_a_jsonpath_state(machines: StateMachines) -> None:
    ended = machines.run(one_state(Parameters={"a.$": "$nobody.name"}))
    assert (ended.status, ended.error) == ("FAILED", "States.Runtime")
    assert "$nobody.name" in (ended.cause or "")

"""Choice compares what is there, fails for what is not, and says when nothing fits."""

from typing import Any

import pytest

from .conftest import Definition, StateMachines, jsonata

COMPARISONS: list[dict[str, Any]] = [
    {"NumericEquals": 1},
    {"NumericGreaterThanEquals": 1},
    {"StringEquals": "a"},
    {"StringMatches": "*"},
    {"BooleanEquals": True},
    {"TimestampLessThan": "2026-01-01T00:00:00Z"},
    {"NumericEqualsPath": "$.there"},
    {"IsNull": True},
    {"IsString": False},
]


def choice(*rules: dict[str, Any], default: bool = True) -> Definition:
    rule = {
        "Type": "Choice",
        "Choices": [{**each, "Next": "Yes"} for each in rules],
        **({"Default": "No"} if default else {}),
    }
    no = {"No": {"Type": "Pass", "Result": "no", "End": True}} if default else {}
    return {
        "StartAt": "Choose",
        "States": {"Choose": rule, "Yes": {"Type": "Pass", "Result": "yes", "End": True}, **no},
    }


@pytest.mark.parametrize("comparison", COMPARISONS, ids=str)
def test_a_path_that_is_not_there_fails(machines: StateMachines, comparison: dict[str, Any]) -> None:
    for rule in ({"Variable": "$.absent", **comparison}, {"Not": {"Variable": "$.absent", **comparison}}):
        ended = machines.run(choice(rule), {"there": 1})
        assert (ended.status, ended.error) == ("FAILED", "States.Runtime")
        assert "Invalid path '$.absent'" in (ended.cause or "")


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        ({"Variable": "$.a", "IsPresent": False}, {}, "yes"),
        ({"Variable": "$.a", "IsPresent": True}, {}, "no"),
        ({"Variable": "$.a", "IsPresent": True}, {"a": None}, "yes"),
        ({"And": [{"Variable": "$.a", "IsPresent": True}, {"Variable": "$.a", "NumericEquals": 1}]}, {}, "no"),
        ({"Or": [{"Variable": "$.a", "IsPresent": False}, {"Variable": "$.a", "NumericEquals": 1}]}, {}, "yes"),
        ({"Variable": "$.a", "NumericEquals": 1}, {"a": "1"}, "no"),
        ({"Variable": "$.a", "IsNull": True}, {"a": None}, "yes"),
        ({"Variable": "$.a", "StringMatches": "log-*.txt"}, {"a": "log-a.b.txt"}, "yes"),
        ({"Variable": "$.a", "StringMatches": "log-*.txt"}, {"a": "log-a\n.txt"}, "yes"),
        ({"Variable": "$.a", "StringMatches": r"a\*b"}, {"a": "a*b"}, "yes"),
        ({"Variable": "$.a", "StringMatches": r"a\*b"}, {"a": "axb"}, "no"),
        ({"Variable": "$.a", "StringMatches": r"a\\*"}, {"a": "a\\b"}, "yes"),
        ({"Variable": "$.a", "StringMatches": "a?[bc]"}, {"a": "a?[bc]"}, "yes"),
        ({"Variable": "$.a", "StringMatches": "a?[bc]"}, {"a": "axb"}, "no"),
    ],
    ids=str,
)
def test_a_rule_holds_or_does_not(
    machines: StateMachines, rule: dict[str, Any], given: dict[str, Any], expected: str
) -> None:
    ended = machines.run(choice(rule), given)
    assert ended.output == expected, ended.cause


def test_without_a_default_something_has_to_match(machines: StateMachines) -> None:
    ended = machines.run(choice({"Variable": "$.a", "NumericEquals": 1}, default=False), {"a": 2})
    assert (ended.status, ended.error) == ("FAILED", "States.NoChoiceMatched")


@pytest.mark.parametrize(("given", "output"), [(1, "of the rule"), (2, "of the default")])
def test_a_rule_that_leads_where_the_default_leads_has_its_own_output(
    machines: StateMachines, given: int, output: str
) -> None:
    rule = {"Condition": "{% $states.input = 1 %}", "Output": "of the rule", "Next": "End"}
    choose = {"Type": "Choice", "Choices": [rule], "Default": "End", "Output": "of the default"}
    ended = machines.run(jsonata(("Choose", choose), ("End", {"Type": "Pass"})), given)
    assert ended.output == output, ended.cause

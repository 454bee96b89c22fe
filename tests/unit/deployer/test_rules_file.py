"""A file of rules is checked before anything is asked of AWS, and what is wrong in it is told by its line."""

import json
from typing import Any

import pytest

from deployer.json_source import JsonSource
from deployer.problem import Problem
from deployer.rules_file import rules_in

RULE: dict[str, Any] = {
    "name": "serverlesspresso-x",
    "description": "x",
    "eventBus": "bus",
    "pattern": {"source": ["a"]},
    "target": {"function": "f"},
}


def source(*rules: Any) -> JsonSource:
    return JsonSource("rules.json", json.dumps(rules, indent=2))


def test_rules_are_given_as_they_are_written() -> None:
    assert list(rules_in(source(RULE, RULE))) == [RULE, RULE]


def test_there_may_be_none() -> None:
    assert list(rules_in(source())) == []


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ({}, "target of rule 2 must contain at least 1 properties"),
        ({"queue": "q"}, "target of rule 2 must not contain {'queue'} properties"),
        ({"function": "f", "logGroup": "/x"}, "target of rule 2 must contain less than or equal to 1 properties"),
        ("f", "target of rule 2 must be object"),
        ({"function": ""}, "function of target of rule 2 must be longer than or equal to 1 characters"),
    ],
)
def test_a_rule_has_one_target_of_a_known_kind(target: Any, told: str) -> None:
    with pytest.raises(Problem, match=r"rules.json:") as raised:
        rules_in(source(RULE, {**RULE, "target": target}))
    assert told in raised.value.what
    assert "a target is one of stateMachine, logGroup, function" in raised.value.suggestion


@pytest.mark.parametrize(
    ("changes", "line", "told"),
    [
        ({"pattern": "Validator.NewOrder"}, 6, "pattern of rule 1 must be object"),
        ({"eventPattern": {}}, 2, "rule 1 must not contain {'eventPattern'} properties"),
        ({"name": None}, 3, "name of rule 1 must be string"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_on_its_line(changes: dict[str, Any], line: int, told: str) -> None:
    with pytest.raises(Problem) as raised:
        rules_in(source({**RULE, **changes}))
    assert raised.value.what == f"rules.json:{line}: {told}"


def test_what_a_rule_lacks_is_told() -> None:
    with pytest.raises(Problem, match=r"rules.json:2: rule 1 must contain .*'description'"):
        rules_in(source({"name": "serverlesspresso-x"}))


def test_something_else_than_a_list_is_told() -> None:
    with pytest.raises(Problem, match=r"rules.json:1: the rules must be array"):
        rules_in(JsonSource("rules.json", "{}"))

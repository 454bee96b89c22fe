"""Each rule reaches its target, with the whole event and with no more rights than it needs."""

from typing import Any

import pytest

from deployer import bus_rules
from deployer.problem import Problem
from tests.unit.deployer.samples import PLACE, small_project

ROLE_ARN = PLACE.role_arn("serverlesspresso-rules")


def entry(target: dict[str, str], **changes: Any) -> dict[str, Any]:
    rule = {"name": "serverlesspresso-x", "description": "x", "eventBus": "bus", "pattern": {"source": ["a"]}}
    return {**rule, "target": target, **changes}


@pytest.mark.parametrize(
    ("target", "arn", "role"),
    [
        ({"stateMachine": "Machine"}, PLACE.state_machine_arn("Machine"), ROLE_ARN),
        ({"logGroup": "/aws/events/x"}, PLACE.log_group_arn("/aws/events/x"), None),
        ({"function": "take_number"}, PLACE.function_arn("bar-test-take_number"), None),
    ],
)
def test_each_kind_of_target_is_addressed_as_eventbridge_wants_it(
    target: dict[str, str], arn: str, role: str | None
) -> None:
    (rule,) = bus_rules.rules(small_project(rules=[entry(target)]), PLACE)
    assert (rule.target, rule.role) == (arn, role)


def test_a_target_gets_the_whole_event() -> None:
    (rule,) = bus_rules.rules(small_project(rules=[entry({"stateMachine": "Machine"})]), PLACE)
    assert rule.target_entry().keys() == {"Id", "Arn", "RoleArn", "DeadLetterConfig", "RetryPolicy"}


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (entry({"function": "wash_up"}), "rules.json:1: stage test has no function wash_up"),
        (entry({"logGroup": "/x"}, eventBus="default"), "is on bus default, and the bar's events are on bus"),
        (entry({"logGroup": "/x"}, name="log-everything"), "must have a name that begins with serverlesspresso-"),
    ],
)
def test_a_rule_that_cannot_be_is_told(rule: dict[str, Any], told: str) -> None:
    with pytest.raises(Problem, match=told):
        bus_rules.rules(small_project(rules=[rule]), PLACE)


def test_the_rules_role_may_start_just_the_state_machines_that_are_targets() -> None:
    targets: list[dict[str, str]] = [{"stateMachine": "Machine"}, {"logGroup": "/x"}, {"function": "take_number"}]
    rules = [entry(target, name=f"serverlesspresso-{number}") for number, target in enumerate(targets)]
    access = bus_rules.role(small_project(rules=rules), PLACE).access
    assert access is not None
    (statement,) = access["Statement"]
    assert statement["Action"] == ["states:StartExecution"]
    assert statement["Resource"] == [PLACE.state_machine_arn("Machine")]


def test_a_function_lets_in_just_the_rule_that_targets_it() -> None:
    rules = [entry({"function": "take_number"}), entry({"logGroup": "/x"}, name="serverlesspresso-y")]
    (permission,) = bus_rules.permissions(small_project(rules=rules), PLACE)
    assert permission.name == "bar-test-take_number"
    assert permission.principal == "events.amazonaws.com"
    assert permission.source == PLACE.rule_arn("bus", "serverlesspresso-x")


def test_each_function_that_is_a_target_is_named_once() -> None:
    twice = [entry({"function": "take_number"}), entry({"function": "take_number"}, name="serverlesspresso-y")]
    assert bus_rules.functions(small_project(rules=[*twice, entry({"logGroup": "/x"})])) == ["bar-test-take_number"]


def test_only_the_rules_that_write_into_a_log_group_are_its_writers() -> None:
    rules = [entry({"logGroup": "/x"}), entry({"logGroup": "/y"}, name="serverlesspresso-y")]
    writers = bus_rules.writers(small_project(rules=rules), PLACE, "/y")
    assert writers == [PLACE.rule_arn("bus", "serverlesspresso-y")]

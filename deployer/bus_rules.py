"""The bus's rules, from `statemachine/rules.json`, and what lets each of them reach its target. Pure."""

from collections.abc import Mapping
from typing import Any

from deployer import access, dead_letters
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import Project
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.role import Role
from deployer.resources.rule import Rule

ROLE = "serverlesspresso-rules"


def rules(project: Project, place: Place) -> list[Rule]:
    """The rules with their targets.

    Raises:
        Problem: a rule is on another bus, has a name that is not ours, or a target of an unknown kind.
    """
    return [_rule(entry, project, place) for entry in project.rules]


def role(project: Project, place: Place) -> Role:
    """The role that EventBridge takes on to start state machines."""
    machines = sorted({rule.target for rule in rules(project, place) if rule.role})
    return Role(ROLE, access.trusting("events.amazonaws.com"), access.starting(machines))


def permissions(project: Project, place: Place) -> list[FunctionPermission]:
    """What lets rules invoke functions."""
    return [
        FunctionPermission(
            project.function_name(entry["target"]["function"]),
            f"rule-{entry['name']}",
            "events.amazonaws.com",
            place.rule_arn(entry["eventBus"], entry["name"]),
        )
        for entry in project.rules
        if "function" in entry["target"]
    ]


def arns(project: Project, place: Place) -> list[str]:
    """The ARNs of all rules."""
    return [place.rule_arn(rule.bus, rule.name) for rule in rules(project, place)]


def functions(project: Project) -> list[str]:
    """Chalice's names of the functions that are targets."""
    return sorted({entry["target"]["function"] for entry in project.rules if "function" in entry["target"]})


def writers(project: Project, place: Place, log_group: str) -> list[str]:
    """The ARNs of the rules that write into a log group."""
    target = place.log_group_arn(log_group)
    return [place.rule_arn(rule.bus, rule.name) for rule in rules(project, place) if rule.target == target]


def _rule(entry: Mapping[str, Any], project: Project, place: Place) -> Rule:
    name, bus = entry["name"], entry["eventBus"]
    if bus != project.setting("EVENT_BUS_NAME"):
        raise Problem(f"rule {name} is on bus {bus}, but the bus is {project.setting('EVENT_BUS_NAME')}")
    if not name.startswith(Rule.prefix):
        raise Problem(
            f"rule {name} must have a name that begins with {Rule.prefix}: by that the deployer knows its own"
        )
    target, role_arn = _target(name, entry["target"], project, place)
    return Rule(name, bus, entry["description"], entry["pattern"], target, role_arn, dead_letters.delivery(place))


def _target(name: str, target: Mapping[str, str], project: Project, place: Place) -> tuple[str, str | None]:
    match dict(target):
        case {"stateMachine": machine, **others} if not others:
            return place.state_machine_arn(machine), place.role_arn(ROLE)
        case {"logGroup": group, **others} if not others:
            return place.log_group_arn(group), None
        case {"function": function, **others} if not others:
            return place.function_arn(project.function_name(function)), None
    raise Problem(f"rule {name} needs one target: a stateMachine, a logGroup or a function, not {dict(target)}")

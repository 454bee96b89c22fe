"""The bus's rules, from `statemachine/rules.json`, and what lets each of them reach its target. Pure."""

from collections.abc import Mapping

from deployer import access, dead_letters
from deployer.place import Place
from deployer.problem import Problem, problems_at
from deployer.project import Project
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.role import Role
from deployer.resources.rule import Rule

ROLE = "serverlesspresso-rules"
_OWN = "By that the deployer knows its own."


def rules(project: Project, place: Place) -> list[Rule]:
    """The rules with their targets.

    Raises:
        Problem: a rule is on another bus, has a name that is not ours, or a target that is not there; and where.
    """
    return [_rule(index, project, place) for index in range(len(project.rules))]


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


def _rule(index: int, project: Project, place: Place) -> Rule:
    entry, file = project.rules[index], project.rules_file
    name, bus, ours = entry["name"], entry["eventBus"], project.setting("EVENT_BUS_NAME")
    with problems_at(file.at([index, "eventBus"])):
        if bus != ours:
            raise Problem(f"rule {name} is on bus {bus}, and the bar's events are on {ours}: it would never see one")
    with problems_at(file.at([index, "name"])):
        if not name.startswith(Rule.prefix):
            raise Problem(f"rule {name} must have a name that begins with {Rule.prefix}", _OWN)
    with problems_at(file.at([index, "target"])):
        target, role_arn = _target(entry["target"], project, place)
    described_in = file.at([index]) if project.overlay.rules else ""
    delivery = dead_letters.delivery(place)
    return Rule(name, bus, entry["description"], entry["pattern"], target, role_arn, delivery, described_in)


def _target(target: Mapping[str, str], project: Project, place: Place) -> tuple[str, str | None]:
    match dict(target):
        case {"stateMachine": machine}:
            return place.state_machine_arn(machine), place.role_arn(ROLE)
        case {"logGroup": group}:
            return place.log_group_arn(group), None
        case {"function": function}:
            return place.function_arn(project.function_name(function)), None
    raise AssertionError("rules_file.rules_in lets no other kind of target in")

"""The bus's rules, from `statemachine/rules.json` and the extensions', and what lets each reach its target. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from deployer import access, dead_letters
from deployer.extension import Extension
from deployer.place import Place
from deployer.problem import Problem, problems_at
from deployer.project import Project
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.our_own import PREFIX
from deployer.resources.role import Role
from deployer.resources.rule import Rule

ROLE = "serverlesspresso-rules"
_OWN = "By that the deployer knows its own."

# Who describes rules: the bar, or an extension.
type Describer = Project | Extension


def rules(project: Project, place: Place) -> list[Rule]:
    """The rules with their targets.

    Raises:
        Problem: a rule is on another bus, has a name that is not ours or that another rule has, or a target that is not
            there; and where.
    """
    described: dict[str, Rule] = {}
    for who, index in _entries(project):
        rule = _rule(index, who, project, place)
        if rule.name in described:
            raise Problem(f"{who.rules_file.at([index, 'name'])}: another rule is called {rule.name} too")
        described[rule.name] = rule
    return list(described.values())


def role(project: Project, place: Place) -> Role:
    """The role that EventBridge takes on to start state machines."""
    machines = sorted({rule.target for rule in rules(project, place) if rule.role})
    return Role(ROLE, access.trusting("events.amazonaws.com"), access.starting(machines))


def permissions(project: Project, place: Place) -> list[FunctionPermission]:
    """What lets rules invoke functions."""
    return [
        FunctionPermission(
            function, f"rule-{entry['name']}", "events.amazonaws.com", place.rule_arn(entry["eventBus"], entry["name"])
        )
        for entry, function in _calls(project)
    ]


def arns(project: Project, place: Place) -> list[str]:
    """The ARNs of all rules."""
    return [place.rule_arn(rule.bus, rule.name) for rule in rules(project, place)]


def functions(project: Project) -> list[str]:
    """Lambda's names for the functions that are targets."""
    return sorted({function for _, function in _calls(project)})


def names(project: Project) -> frozenset[str]:
    """The names of all rules."""
    return frozenset(who.rules[index]["name"] for who, index in _entries(project))


def writers(project: Project, place: Place, log_group: str) -> list[str]:
    """The ARNs of the rules that write into a log group."""
    target = place.log_group_arn(log_group)
    return [place.rule_arn(rule.bus, rule.name) for rule in rules(project, place) if rule.target == target]


def _entries(project: Project) -> Iterator[tuple[Describer, int]]:
    """Each rule: who describes it, and its place among theirs."""
    describers: list[Describer] = [project, *project.extensions]
    for who in describers:
        yield from ((who, index) for index in range(len(who.rules)))


def _calls(project: Project) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each rule whose target is a function, with Lambda's name for that."""
    for who, index in _entries(project):
        if function := who.rules[index]["target"].get("function"):
            yield who.rules[index], _function_name(function, who, project)


def _function_name(function: str, who: Describer, project: Project) -> str:
    """Lambda's name for a function of the one that describes the rule, or else of any other application.

    Raises:
        Problem: none has it.
    """
    has_it = (one for one in (who, project, *project.extensions) if function in one.functions)
    return next(has_it, who).function_name(function)


def _rule(index: int, who: Describer, project: Project, place: Place) -> Rule:
    entry, file = who.rules[index], who.rules_file
    name, bus, ours = entry["name"], entry["eventBus"], project.setting("EVENT_BUS_NAME")
    with problems_at(file.at([index, "eventBus"])):
        if bus != ours:
            raise Problem(f"rule {name} is on bus {bus}, and the bar's events are on {ours}: it would never see one")
    with problems_at(file.at([index, "name"])):
        if not name.startswith(PREFIX):
            raise Problem(f"rule {name} must have a name that begins with {PREFIX}", _OWN)
    with problems_at(file.at([index, "target"])):
        target, role_arn = _target(entry["target"], who, project, place)
    described_in = file.at([index]) if project.overlay.rules or who is not project else ""
    delivery = dead_letters.delivery(place)
    return Rule(name, bus, entry["description"], entry["pattern"], target, role_arn, delivery, described_in)


def _target(target: Mapping[str, str], who: Describer, project: Project, place: Place) -> tuple[str, str | None]:
    match dict(target):
        case {"stateMachine": machine}:
            return place.state_machine_arn(machine), place.role_arn(ROLE)
        case {"logGroup": group}:
            return place.log_group_arn(group), None
        case {"function": function}:
            return place.function_arn(_function_name(function, who, project)), None
    raise AssertionError("rules_file.rules_in lets no other kind of target in")

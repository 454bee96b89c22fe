"""Whether the running bar is as it is described: by the deployer's plan, and where the deployer does not look."""

import json
from collections.abc import Iterator

from chalicelib.orders.workflow import BAD_ENDS
from deployer.dead_letters import WITH_CHALICE_RULE
from workshop.attempt import Attempt
from workshop.finding import DoesNotHold

MOST_NAMED = 3


def is_as_described(attempt: Attempt) -> None:
    """No part of it was changed by hand, or left changed.

    Raises:
        DoesNotHold: one was; and which.
    """
    planned = attempt.bar.deployer.planned()
    if planned:
        raise DoesNotHold(
            f"the deployer would change {len(planned)} things: {_named(planned)}",
            "nothing is left to do: the bar is as its files describe it",
            ["in make shell: python -m deployer plan, with --with my-bar where that is what runs"],
            "make local puts the finished bar back, make check of the module that you built yours",
        )
    by_hand = [*_changed_functions(attempt), *_changed_rules(attempt)]
    if by_hand:
        raise DoesNotHold(
            f"changed by hand, where the deployer does not look: {_named(by_hand)}",
            "as it was deployed",
            [by_hand[0]],
            "put it back by hand (awslocal, in make shell): what you change in a hurry, you take back afterwards",
        )


def _named(things: list[str]) -> str:
    more = [f"and {len(things) - MOST_NAMED} more"] if len(things) > MOST_NAMED else []
    return "; ".join([*things[:MOST_NAMED], *more])


def _changed_functions(attempt: Attempt) -> Iterator[str]:
    """The functions with other variables than those that are described, or with a limit that nobody described."""
    project, functions = attempt.finished(), attempt.bar.client("lambda")
    for name in project.function_names:
        found = functions.get_function_configuration(FunctionName=name).get("Environment", {}).get("Variables", {})
        for variable in sorted(found.keys() | project.environment.keys()):
            if found.get(variable) != project.environment.get(variable):
                yield f"variable {variable} of function {name}"
        limit = functions.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions")
        if limit is not None:
            yield f"reserved concurrency of function {name} ({limit})"


def _changed_rules(attempt: Attempt) -> Iterator[str]:
    """The rules of Chalice's that are switched off, call somebody else, or overhear what they should not."""
    project, events = attempt.finished(), attempt.bar.client("events")
    for function in WITH_CHALICE_RULE:
        name = project.event_rule_name(function)
        rule = events.describe_rule(Name=name)
        if rule["State"] != "ENABLED" or called_by(attempt, name) != [project.function_name(function)]:
            yield f"rule {name}, which does not call {function}"
        statuses = json.loads(rule.get("EventPattern", "{}")).get("detail", {}).get("status", BAD_ENDS)
        if {*statuses} != {*BAD_ENDS}:
            yield f"rule {name}, which hears of executions that are {', '.join(statuses)} only"


def called_by(attempt: Attempt, rule: str) -> list[str]:
    """The names of the functions that a rule on the account's own bus calls."""
    targets = attempt.bar.client("events").list_targets_by_rule(Rule=rule)["Targets"]
    return [target["Arn"].rpartition(":")[2] for target in targets]

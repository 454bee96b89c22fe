"""Whether a microservice's functions may do what they did in this very run, and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from deployer.json_source import JsonSource
from simulator.probe.permissions import Done, Statement, denied, listed, never_needed, of_the_function
from workshop.attempt import Attempt
from workshop.finding import DoesNotHold
from workshop.microservice import Microservice


def rights_are_no_wider_than_needed(of: Microservice) -> Callable[[Attempt], None]:
    """A check that each policy allows what its function called, and no action or thing that it did not."""

    def check(attempt: Attempt) -> None:
        service = attempt.microservice(of)
        functions = {of.function: service.function, "api": service.extension.api_function}
        for name, function in functions.items():
            judge(name, attempt.source(of.policies[name]), service.called(function))

    return check


def judge(name: str, source: JsonSource, done: set[Done]) -> None:
    """Hold a policy against what its function did.

    Args:
        name: the function's, for people.
        source: the policy's file.
        done: what it did in this run.

    Raises:
        DoesNotHold: it did what is not allowed, or may do what it did not.
    """
    statements: Sequence[Statement] = source.parsed()["Statement"]
    did = ", ".join(sorted(_in_words(one) for one in done)) or "nothing"
    if lacking := sorted(denied(statements, done)):
        first = lacking[0]
        told = f"“{name}” did {_in_words(first)}, and its policy does not allow it: on AWS that would be refused"
        resource = f'"Resource": "{_anywhere(first.arn)}"'
        advice = f'a statement with "Effect": "Allow", "Action": ["{first.action}"], {resource}'
        raise DoesNotHold(told, "a policy allows what its function does", [source.at(["Statement"])], advice)
    for one in (*too_wide(statements), *map(_may, sorted(never_needed(statements, done)))):
        raise DoesNotHold(
            f"“{name}” may do {one}; in this run it did {did}",
            "a policy allows what its function does, and nothing else",
            [source.at(["Statement", _index_of(one, statements)])],
            "name just those actions, on just those things",
        )


def too_wide(statements: Sequence[Statement]) -> Iterator[str]:
    """Actions and things with a wildcard where they should be named."""
    for statement in of_the_function(statements):
        yield from (action for action in listed(statement["Action"]) if "*" in action)
        things = listed(statement["Resource"])
        yield from (f"it on {thing}" for thing in things if "*" in thing.rpartition(":")[2])


def _may(one: str) -> str:
    """An action or a thing, as it goes on behind "may do"."""
    return f"it on {one}" if one.startswith("arn:") else one


def _index_of(what: str, statements: Sequence[Any]) -> int:
    thing = what.removeprefix("it on ")
    said = [[*listed(one["Action"]), *listed(one["Resource"])] for one in statements]
    return next((index for index, of_one in enumerate(said) if thing in of_one), 0)


def _in_words(done: Done) -> str:
    return f"{done.action} on {done.arn.rpartition(':')[2]}"


def _anywhere(arn: str) -> str:
    """An ARN in any account and region."""
    partition, service, _, _, resource = arn.removeprefix("arn:").split(":", 4)
    return f"arn:{partition}:{service}:*:*:{resource}"

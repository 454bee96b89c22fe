"""Compares what must exist with what does, and says what to do about each difference. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deployer.resources.resource import Found, Resource, State

_LONGEST_VALUE = 60
_MOST_DIFFERENCES = 3


class Verb(StrEnum):
    """What to do with a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    REMOVE = "remove"
    LEAVE = "leave"
    REFUSE = "refuse"  # it differs in what cannot be changed, and it is not ours to lose


@dataclass(frozen=True)
class Difference:
    """An attribute that is not as it must be."""

    attribute: str
    actual: Any
    wanted: Any

    def __str__(self) -> str:
        now, then = _brief(self.actual), _brief(self.wanted)
        return f"{self.attribute}: {now} -> {then}" if now and then else f"{self.attribute} differs"


@dataclass(frozen=True)
class Step:
    """What to do with one resource.

    Attributes:
        reason: why, for people.
        differing: the attributes to change.
    """

    verb: Verb
    resource: Resource
    reason: str = ""
    differing: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """What is done, for people."""
        return f"{self.verb} {self.resource.title}"


def plan(found: Iterable[Found]) -> list[Step]:
    """What to do: a step for each wanted resource, in their order."""
    return [_step(one.wanted, one.actual) for one in found]


def clearing(strays: Iterable[Resource]) -> list[Step]:
    """What to do about those that nobody wants any more: nothing about those that last."""
    return [Step(Verb.REMOVE, stray, "nobody describes it any more") for stray in strays if not stray.lasting]


def removal(remaining: Iterable[tuple[Resource, Sequence[str]]]) -> list[Step]:
    """What to do to have nothing left: a step for each resource of which something is.

    Args:
        remaining: resources in the order in which they can be removed, each with what is left of it, in words.
    """
    return [Step(Verb.REMOVE, resource, ", ".join(left)) for resource, left in remaining if left]


def to_do(steps: Iterable[Step]) -> list[Step]:
    """The steps that change something."""
    return [step for step in steps if step.verb is not Verb.LEAVE]


def refusals(steps: Iterable[Step]) -> list[Step]:
    """The steps that nobody can take."""
    return [step for step in steps if step.verb is Verb.REFUSE]


def _step(wanted: Resource, actual: State | None) -> Step:
    if actual is None:
        return Step(Verb.CREATE, wanted, "does not exist yet")
    differences = differences_of(wanted.state(), actual)
    if not differences:
        return Step(Verb.LEAVE, wanted, wanted.remark(actual))
    obstacles = [reason for one in differences if (reason := wanted.obstacle(one.attribute, one.actual))]
    reason = _reason(differences)
    if obstacles:
        return Step(Verb.REFUSE, wanted, f"{reason}. {'; '.join(obstacles)}")
    verb = Verb.REPLACE if wanted.replaceable else Verb.UPDATE
    return Step(verb, wanted, reason, frozenset(one.attribute for one in differences))


def _reason(differences: Sequence[Difference]) -> str:
    more = len(differences) - _MOST_DIFFERENCES
    told = [str(one) for one in differences[:_MOST_DIFFERENCES]]
    return "; ".join([*told, f"{more} more"] if more > 0 else told)


def differences_of(wanted: State, actual: State) -> Sequence[Difference]:
    """The attributes that are wanted otherwise than they are; others do not matter."""
    return [
        Difference(attribute, actual.get(attribute), value)
        for attribute, value in wanted.items()
        if actual.get(attribute) != value
    ]


def _brief(value: Any) -> str:
    """The value in a few characters, or nothing where that is impossible."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST_VALUE else ""

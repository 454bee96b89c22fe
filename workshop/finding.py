"""What a check says: that something holds, or what was seen instead, what was expected, where to look and what to try.

A finding speaks the learner's language: a state or a line of theirs, what happened in this very run, no Python.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_KIND_OF_ERROR = re.compile(r"\b\w*(?:Error|Exception)\b(?:: )?")


def without_kinds(told: str) -> str:
    """What a language says of an error, without what it calls such errors: that is nothing to somebody who learns."""
    return _KIND_OF_ERROR.sub("", told)


class DoesNotHold(Exception):
    """A check saw something that must not be.

    Args:
        seen: what happened, in this run.
        expected: what should have.
        where: files with their lines, states, or addresses to look at.
        attempt: what to try.
    """

    def __init__(self, seen: str, expected: str = "", where: Sequence[str] = (), attempt: str = "") -> None:
        super().__init__(seen)
        self.seen = seen
        self.expected = expected
        self.where = tuple(where)
        self.attempt = attempt

    def lines(self) -> list[tuple[str, str]]:
        """Its parts with their headings, those that there are."""
        parts = [("seen", self.seen), ("expected", self.expected), *(("look", one) for one in self.where)]
        headed = [(heading, text) for heading, text in [*parts, ("try", self.attempt)] if text]
        return [(_once(heading, index, headed), text) for index, (heading, text) in enumerate(headed)]


def _once(heading: str, index: int, headed: Sequence[tuple[str, str]]) -> str:
    """The heading where it is the first of its kind."""
    return heading if index == 0 or headed[index - 1][0] != heading else ""


class CannotBeTried(DoesNotHold):
    """Whether something holds cannot be seen, for a reason that is not the learner's."""


class Verdict(StrEnum):
    """What came of a check."""

    HOLDS = "holds"
    FAILS = "does not hold"
    NOT_TRIED = "not tried"


@dataclass(frozen=True)
class Check[Subject]:
    """Something that must hold of what the learner built.

    Attributes:
        title: what holds, as a sentence: "an order in an open shop comes to its end".
        holds: looks at the subject; raises DoesNotHold. It may give something worth knowing.
        scene: the one that it asks about, if any: all checks' scenes are played at once.
    """

    title: str
    holds: Callable[[Subject], str | None]
    scene: str = ""


@dataclass(frozen=True)
class Result:
    """A check's title, its verdict and, where it does not hold, why; where it does, what is worth knowing."""

    title: str
    verdict: Verdict
    finding: DoesNotHold | None = None
    remark: str = ""


def tried[Subject](checks: Sequence[Check[Subject]], subject: Subject, told: Callable[[Result], None]) -> list[Result]:
    """Try the checks in their order up to the first that does not hold: what lies behind it could say nothing true.

    Args:
        checks: those that the others rest on come first.
        subject: what is looked at.
        told: hears of each result as it comes.
    """
    results: list[Result] = []
    for check in checks:
        failed = any(one.verdict is Verdict.FAILS for one in results)
        results.append(Result(check.title, Verdict.NOT_TRIED) if failed else _tried(check, subject))
        told(results[-1])
    return results


def each_tried[Subject](checks: Sequence[Check[Subject]], subject: Subject) -> Iterator[Result]:
    """Try every check, whatever became of the others: none rests on another."""
    return (_tried(check, subject) for check in checks)


def _tried[Subject](check: Check[Subject], subject: Subject) -> Result:
    try:
        remark = check.holds(subject) or ""
    except DoesNotHold as finding:
        return Result(check.title, Verdict.FAILS, finding)
    return Result(check.title, Verdict.HOLDS, remark=remark)

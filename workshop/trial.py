"""Tries a module: its checks in their order, with the scenes of all of them played at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workshop.attempt import Attempt
from workshop.finding import CannotBeTried, Result, Verdict, tried
from workshop.modules import Module


@dataclass(frozen=True)
class Trial:
    """What came of it.

    Attributes:
        results: of each check, in their order.
        failed_step: the step whose check does not hold; None where all do.
        held_steps: those before it; all that were tried where all do.
    """

    results: Sequence[Result]
    failed_step: str | None
    held_steps: Sequence[str] = ()

    @property
    def failure(self) -> Result | None:
        """The check that does not hold, if one does not."""
        return next((one for one in self.results if one.verdict is Verdict.FAILS), None)

    @property
    def says_something(self) -> bool:
        """Whether it was seen what holds; where no bar runs, for example, it was not."""
        return self.failure is None or not isinstance(self.failure.finding, CannotBeTried)

    def remark(self) -> dict[str, Any] | None:
        """What does not hold, for the learner's notes; None where all does."""
        if self.failure is None or self.failure.finding is None:
            return None
        found = self.failure.finding
        told = {"seen": found.seen, "expected": found.expected, "where": list(found.where), "try": found.attempt}
        return {"step": self.failed_step, "title": self.failure.title, **told}


def scenes_of(module: Module, step: str | None) -> Sequence[str]:
    """The scenes of all checks up to those of a step, of all steps where none is given."""
    return tuple(dict.fromkeys(check.scene for _, check in module.checks(step) if check.scene))


def try_module(attempt: Attempt, module: Module, step: str | None, told: Callable[[Result], None]) -> Trial:
    """Try the checks up to the first that does not hold.

    Args:
        attempt: what they look at.
        module: whose checks.
        step: the last one whose checks are tried; None for all.
        told: hears of each result as it comes.
    """
    steps_and_checks = module.checks(step)
    ours = attempt if module.deploys else replace(attempt, deploy=attempt.meet)
    with ours.clearing():
        results = tried([check for _, check in steps_and_checks], ours, told)
    steps = [one.name for one, _ in steps_and_checks]
    verdicts = [(name, result.verdict) for name, result in zip(steps, results, strict=True)]
    failed = next((name for name, verdict in verdicts if verdict is Verdict.FAILS), None)
    held = dict.fromkeys(name for name, verdict in verdicts if verdict is Verdict.HOLDS and name != failed)
    return Trial(results, failed, tuple(held))

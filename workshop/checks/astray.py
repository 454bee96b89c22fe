"""Puts into words how an order went astray, and where in the learner's workflow that is likely to come from."""

from dataclasses import dataclass

from chalicelib.orders.model import Reason
from workshop.attempt import Attempt
from workshop.checks.stage import PATIENCE_S, Seen
from workshop.checks.suspicions import Suspicion, suspicions
from workshop.finding import DoesNotHold


@dataclass(frozen=True)
class Advice:
    """What to try where nothing in the workflow is suspicious.

    Attributes:
        attempt: what to try.
        state: where; the execution's last state if none is given.
    """

    attempt: str = "the execution's history, backstage, shows what each state was given and what it gave"
    state: str = ""


_NONE = Advice()


def astray(attempt: Attempt, seen: Seen, told: str, expected: str, advice: Advice = _NONE) -> DoesNotHold:
    """What to say of an order that came to another end than it should have.

    Args:
        attempt: the one in which it happened.
        seen: what became of the order.
        told: what that is, in words, where the execution itself came to a good end.
        expected: what should have become of it.
        advice: what to try, where nothing in the workflow is suspicious.
    """
    suspect = next(suspicions(attempt.states, seen.course.states), None)
    where = [_place(attempt, suspect, advice.state or seen.course.last), attempt.backstage(seen.course)]
    happened = _happened(seen) or told
    because = f"{happened}: {suspect.seen}" if suspect else happened
    return DoesNotHold(because, expected, [one for one in where if one], (suspect or advice).attempt)


def _place(attempt: Attempt, suspect: Suspicion | None, state: str) -> str:
    if suspect:
        return attempt.at(suspect.state, *suspect.steps)
    return attempt.at(state) if state else attempt.workflow_source.name


def _happened(seen: Seen) -> str:
    """How the execution failed, unless it did so by its own decision, having given the order up."""
    if seen.course.failed and seen.order.reason != Reason.BROKEN:
        return f"the execution failed in “{seen.course.last}”: {seen.course.why}"
    return ""


def still_there(seen: Seen) -> str:
    """What is told of an order that nothing became of."""
    if seen.course.is_running:
        return f"nothing happened for {PATIENCE_S} seconds: the execution is still in “{seen.course.last}”"
    return f"the order is {_state(seen)}, and the execution came to its end: {seen.course.way}"


def _state(seen: Seen) -> str:
    reason = f", “{seen.order.reason}”" if seen.order.reason else ""
    return f"{seen.order.state}{reason}"

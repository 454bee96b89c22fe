"""Does what a plan says, and reports each step as it ends. Decides nothing.

Neighbouring steps about one kind of resource do not depend on each other, so they are done at once; Ctrl-C is heeded
when they have ended.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from itertools import groupby
from typing import Protocol

from deployer.aws_problems import explained
from deployer.planner import Step, Verb
from deployer.problem import Problem
from deployer.remote import Adapters

AT_ONCE = 8


class Witness(Protocol):
    """Who is told how the work goes."""

    def begins(self, steps: Sequence[Step]) -> None:
        """These steps are done now, at once."""

    def done(self, step: Step) -> None:
        """The step has ended well."""

    def failed(self, step: Step) -> None:
        """The step has ended badly."""


def execute(steps: Iterable[Step], adapters: Adapters, witness: Witness, *, keep_going: bool = False) -> None:
    """Do the steps in their order.

    Args:
        steps: what to do.
        adapters: who can do it.
        witness: is told how it goes.
        keep_going: go on with other kinds after a failure, as removing should, but for what must outlive what failed.

    Raises:
        ExceptionGroup: of Problems, one for each step that failed. Steps that were begun have ended.
    """
    failed: list[tuple[str, Problem]] = []
    for _, of_kind in groupby(steps, key=lambda step: type(step.resource)):
        failed += _at_once(list(of_kind), adapters, witness, [title for title, _ in failed])
        if failed and not keep_going:
            break
    if failed:
        raise ExceptionGroup("some steps failed", [problem for _, problem in failed])


def _at_once(
    steps: Sequence[Step], adapters: Adapters, witness: Witness, standing: Collection[str]
) -> list[tuple[str, Problem]]:
    """The titles of what the steps failed at, each with why."""
    witness.begins(steps)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        futures = {threads.submit(_deed(step, adapters, standing)): step for step in steps}
        endings = [(futures[future], _ending(future, futures[future], witness)) for future in as_completed(futures)]
    return [(step.resource.title, problem) for step, problem in endings if problem]


def _ending(future: "Future[None]", step: Step, witness: Witness) -> Problem | None:
    error = future.exception()
    if error is None:
        witness.done(step)
        return None
    if not isinstance(error, Exception):
        raise error
    witness.failed(step)
    return explained(error, step.title)


def _deed(step: Step, adapters: Adapters, standing: Collection[str]) -> Callable[[], None]:
    """What a step does; nothing is removed before what uses it, if that is one of those that stand yet."""
    adapter, resource = adapters[type(step.resource)], step.resource

    def remove() -> None:
        if resource.goes_after in standing:
            raise Problem(f"it is kept, since {resource.goes_after} is not gone", "Run this again when that is mended.")
        adapter.delete(resource)

    def replace() -> None:
        adapter.delete(resource)
        adapter.create(resource)

    deeds: dict[Verb, Callable[[], None]] = {
        Verb.CREATE: lambda: adapter.create(resource),
        Verb.UPDATE: lambda: adapter.update(resource, step.differing),
        Verb.REPLACE: replace,
        Verb.REMOVE: remove,
    }
    return deeds[step.verb]

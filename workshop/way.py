"""How far a learner is: which module they build, what held, which step does not hold yet, and what hints were seen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from workshop.learners_folder import LearnersFolder


@dataclass(frozen=True)
class Way:
    """A learner's way so far.

    Attributes:
        module: the one that they build; None before the first.
        held: when each module held first, in ISO 8601, by its name.
        failed_step: the one that did not hold at the last check; None if all did.
        hints: how many hints were seen, by step.
    """

    module: str | None
    held: Mapping[str, str]
    failed_step: str | None
    hints: Mapping[str, int]

    @classmethod
    def in_folder(cls, folder: LearnersFolder) -> Self:
        """The way that the folder's notes tell of; what somebody spoilt in them is taken for unknown."""
        known = folder.progress()
        module, step = known.get("module"), known.get("failedStep")
        return cls(
            module if isinstance(module, str) else None,
            _entries(known.get("held"), str),
            step if isinstance(step, str) else None,
            _entries(known.get("hints"), int),
        )

    def note(self, folder: LearnersFolder) -> None:
        """Write it into the folder."""
        notes = {"module": self.module, "held": self.held, "failedStep": self.failed_step, "hints": self.hints}
        folder.note(notes)

    def at(self, module: str) -> "Way":
        """The way when that module is begun, or gone on with."""
        return self if module == self.module else replace(self, module=module, failed_step=None)

    def tried(self, module: str, failed_step: str | None, whole: bool, now: str) -> "Way":
        """The way after a check.

        Args:
            module: which was checked.
            failed_step: the step that does not hold.
            whole: whether all its steps were tried.
            now: in ISO 8601.
        """
        held = {module: now, **self.held} if whole and failed_step is None else self.held
        return replace(self.at(module), held=held, failed_step=failed_step)

    def hinted(self, step: str) -> "Way":
        """The way when one more hint was seen."""
        return replace(self, hints={**self.hints, step: self.hints.get(step, 0) + 1})


def _entries[T](found: Any, kind: type[T]) -> Mapping[str, T]:
    return {name: one for name, one in found.items() if isinstance(one, kind)} if isinstance(found, dict) else {}

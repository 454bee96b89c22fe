"""How far a learner is: which module they build, what held, which step does not hold yet and what was found there, and
what hints were seen. The text shows it beside its paragraphs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
        steps: when each step held first since it last did not, in ISO 8601, by its name.
        finding: what the last check found that did not hold, as `trial.remark` tells it; None if all did.
    """

    module: str | None
    held: Mapping[str, str]
    failed_step: str | None
    hints: Mapping[str, int]
    steps: Mapping[str, str] = field(default_factory=dict)
    finding: Mapping[str, Any] | None = None

    @classmethod
    def in_folder(cls, folder: LearnersFolder) -> Self:
        """The way that the folder's notes tell of; what somebody spoilt in them is taken for unknown."""
        known = folder.progress()
        module, step, finding = known.get("module"), known.get("failedStep"), known.get("finding")
        return cls(
            module if isinstance(module, str) else None,
            _entries(known.get("held"), str),
            step if isinstance(step, str) else None,
            _entries(known.get("hints"), int),
            _entries(known.get("steps"), str),
            finding if isinstance(finding, dict) else None,
        )

    def note(self, folder: LearnersFolder) -> None:
        """Write it into the folder."""
        notes = {"module": self.module, "held": self.held, "failedStep": self.failed_step, "hints": self.hints}
        folder.note({**notes, "steps": self.steps, "finding": self.finding})

    def at(self, module: str) -> "Way":
        """The way when that module is begun, or gone on with."""
        return self if module == self.module else replace(self, module=module, failed_step=None, finding=None)

    def rewritten(self) -> "Way":
        """The way when files were written over: what was found in those says nothing of these."""
        return replace(self, finding=None)

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

    def noticed(self, held: Sequence[str], finding: Mapping[str, Any] | None, now: str) -> "Way":
        """The way when what a check found is known: a step that does not hold now, or lies behind one, loses its mark.

        Args:
            held: the steps of the module that hold.
            finding: what does not; None if all that was tried does.
            now: in ISO 8601.
        """
        kept = {name: when for name, when in self.steps.items() if finding is None or not self._is_built_in(name)}
        return replace(self, steps={**kept, **{name: self.steps.get(name, now) for name in held}}, finding=finding)

    def _is_built_in(self, step: str) -> bool:
        """Whether it is a step of the module."""
        return step.rpartition("-")[0] == self.module

    def hinted(self, step: str) -> "Way":
        """The way when one more hint was seen."""
        return replace(self, hints={**self.hints, step: self.hints.get(step, 0) + 1})

    def unhinted(self, step: str) -> "Way":
        """The way when none of a step's hints was seen."""
        return replace(self, hints={name: count for name, count in self.hints.items() if name != step})


def _entries[T](found: Any, kind: type[T]) -> Mapping[str, T]:
    return {name: one for name, one in found.items() if isinstance(one, kind)} if isinstance(found, dict) else {}

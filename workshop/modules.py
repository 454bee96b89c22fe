"""The workshop's modules as their files describe them: steps with hints, and mistakes that are typical."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from workshop.attempt import Attempt
from workshop.checks import (
    account_and_back,
    first_half,
    first_order,
    game_day,
    page_at_work,
    rules_at_work,
    rush,
    second_half,
    stamps_at_work,
    waits_at_work,
)
from workshop.finding import Check

FOLDER = "my-bar"
_FOLDER = Path(__file__).parent / "syllabus"
ORDER = ("0", "1a", "1b", "2", "3", "4", "5a", "5b", "5c", "6")
GAME_DAY = "5c"
_CHECKS = {
    **first_order.STEPS,
    **first_half.STEPS,
    **second_half.STEPS,
    **rules_at_work.STEPS,
    **stamps_at_work.STEPS,
    **page_at_work.STEPS,
    **rush.STEPS,
    **waits_at_work.STEPS,
    **game_day.STEPS,
    **account_and_back.STEPS,
}


class NoSuchModule(Exception):
    """There is no module, or no step, of that name."""


@dataclass(frozen=True)
class Step:
    """A part of a module that can be checked.

    Attributes:
        name: such as `1a-1`.
        title: what is built.
        hints: the first is vague, the last nearly says it.
    """

    name: str
    title: str
    hints: Sequence[str]

    @property
    def checks(self) -> Sequence[Check[Attempt]]:
        """What must hold after it, beside what held before."""
        return _CHECKS[self.name]


@dataclass(frozen=True)
class Mistake:
    """A typical mistake: an edit of a step's solution, and what is said of it.

    Attributes:
        step: whose solution is edited.
        replace: a text of it, which becomes `by`.
        says: parts of what must be told.
        cloud: whether it shows only when an order meets it.
        file: which of the solution's files; the module's if it has but one.
    """

    name: str
    step: str
    replace: str
    by: str
    says: Sequence[str]
    cloud: bool = False
    file: str = ""


@dataclass(frozen=True)
class Module:
    """A module of the workshop.

    Attributes:
        name: such as `1a`.
        title: what it is about.
        minutes: how long it takes somebody who reads.
        file: the one that is built in the learner's folder, or the folder of those; empty where nothing is.
        deploys: whether what is in the learner's folder is brought to the bar before it is tried.
    """

    name: str
    title: str
    minutes: int
    file: str
    steps: Sequence[Step]
    mistakes: Sequence[Mistake]
    deploys: bool = True

    @property
    def place(self) -> str:
        """Where it is built, for people; its page, where nothing is."""
        return f"{FOLDER}/{self.file}" if self.file else self.page

    @property
    def page(self) -> str:
        """Where to read what to do."""
        return f"docs/workshop/{self.name}.md"

    def checks(self, step: str | None = None) -> Sequence[tuple[Step, Check[Attempt]]]:
        """All checks up to those of a step, of all steps if none is given."""
        upto = self.steps if step is None else self.steps[: self._index(step) + 1]
        return [(one, check) for one in upto for check in one.checks]

    def step(self, name: str) -> Step:
        """The step with that name or, as `2`, that number.

        Raises:
            NoSuchModule: it has none.
        """
        return self.steps[self._index(name)]

    def _index(self, name: str) -> int:
        for index, step in enumerate(self.steps):
            if name in {step.name, str(index + 1)}:
                return index
        raise NoSuchModule(f"module {self.name} has the steps {', '.join(step.name for step in self.steps)}")


@cache
def modules() -> Sequence[Module]:
    """All modules in their order."""
    return tuple(_read(name) for name in ORDER)


def module(name: str) -> Module:
    """The module of that name.

    Raises:
        NoSuchModule: there is none.
    """
    found = next((one for one in modules() if one.name == name), None)
    if found is None:
        raise NoSuchModule(f"there is no module {name}; there are: {', '.join(ORDER)}")
    return found


def after(name: str) -> Module | None:
    """The module behind that one; None behind the last."""
    index = ORDER.index(name) + 1
    return modules()[index] if index < len(ORDER) else None


def _read(name: str) -> Module:
    described: dict[str, Any] = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Module(
        name,
        described["title"],
        described["minutes"],
        described["file"],
        tuple(Step(**step) for step in described["step"]),
        tuple(Mistake(**mistake) for mistake in described["mistake"]),
        described.get("deploys", True),
    )

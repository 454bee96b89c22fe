"""What a learner asks for, one method a verb: begin, check, a hint, the difference, the solution, back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workshop.attempt import Attempt
from workshop.comparison import differences
from workshop.game_day.game import GameDay
from workshop.learners_folder import LearnersFolder
from workshop.lectern import Lectern
from workshop.modules import GAME_DAY, Module, NoSuchModule, Step, after, module, modules
from workshop.solutions import FILES, beginning, solution
from workshop.trial import Trial, scenes_of, try_module
from workshop.way import Way

BROKEN = "what is broken"  # as which the hints of a game day are counted
HOLDS, DOES_NOT_HOLD, COULD_NOT_BE_TRIED = 0, 1, 2


@dataclass(frozen=True)
class Lessons:
    """A learner with their folder.

    Attributes:
        attempt: begins a trial of what is in a folder, with the scenes that may be asked for.
        game: breaks the running bar, and mends it.
    """

    folder: LearnersFolder
    lectern: Lectern
    attempt: Callable[[Path, Sequence[str]], Attempt]
    game: GameDay

    @property
    def way(self) -> Way:
        """How far the learner is."""
        return Way.in_folder(self.folder)

    def waiting(self) -> None:
        """Say that somebody else is at the bar."""
        self.lectern.line("Another check is at this bar; waiting for its end ...")

    def current(self, name: str | None) -> Module:
        """The module of that name, or the one that the learner is at, or the first."""
        known = [one.name for one in modules()]
        return module(name or (self.way.module if self.way.module in known else None) or known[0])

    def begin(self, name: str | None) -> None:
        """Begin a module, the next one if the last holds; files that are there stay as they are."""
        chosen = self._next() if name is None else module(name)
        files = {one: text for one, text in beginning(chosen.name).items() if self.folder.read(one) is None}
        kept = sorted(beginning(chosen.name).keys() - files.keys())
        self.folder.add(files)
        self._note(self.way.at(chosen.name))
        self.lectern.heading(chosen)
        for written in sorted(files):
            self.lectern.line(f"{self.folder.root.name}/{written} is there to be built on.")
        for one in kept:
            self.lectern.line(f"{self.folder.root.name}/{one} stays as you left it; make reset begins the module anew.")
        self.lectern.line(f"Read on in {chosen.page} or by make read ({chosen.minutes} minutes), then: make check")

    def check(self, name: str | None, step: str | None) -> int:
        """Try a module; gives the exit code."""
        chosen = self.current(name)
        last = chosen.step(step).name if step else None
        self.lectern.heading(chosen)
        with self.lectern.busy("Deploying what changed, and trying it ..." if chosen.deploys else "Trying it ..."):
            trial = self._try(chosen, last)
        self.lectern.verdict(chosen, trial, after(chosen.name))
        whole = last in {None, chosen.steps[-1].name}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        way = self.way.tried(chosen.name, trial.failed_step, whole, now)
        self._note(way.noticed(trial.held_steps, trial.remark(), now) if trial.says_something else way)
        if trial.failure is None:
            if chosen.name == GAME_DAY and whole:
                self.game.end()
            return HOLDS
        return DOES_NOT_HOLD if trial.says_something else COULD_NOT_BE_TRIED

    def hint(self, name: str | None, step_name: str | None = None) -> None:
        """Tell the next hint of a step, of the one that does not hold unless one is given; behind the last, how to see
        the solution.
        """
        chosen = self.current(name)
        step = self._step(chosen, step_name)
        broken = self.game.hints if chosen.name == GAME_DAY else None
        subject, hints = (BROKEN, broken) if broken else (step.name, step.hints)
        seen = self.way.hints.get(subject, 0)
        self.lectern.line(f"{step.name}  {step.title}\n", "bold")
        for number, hint in enumerate(hints[: seen + 1], 1):
            self.lectern.line(f"{number}. {hint}")
        if seen < len(hints):
            self._note(self.way.hinted(subject))
        self.lectern.hints_left(chosen, len(hints) - seen)

    def diff(self, name: str | None, step_name: str | None = None) -> None:
        """Show the learner's files beside the solution of a step, of the one that does not hold unless one is given."""
        chosen = self._built(name)
        step = self._step(chosen, step_name)
        solved = solution(step.name)
        lines = [one for file in solved for one in differences(file, self.folder.read(file) or "", solved[file])]
        self.lectern.differences(lines or [f"{chosen.place} says what the solution of {step.name} says."])

    def break_something(self, number: int | None) -> None:
        """Break something at the running bar, and do not say what.

        Raises:
            NotNow: something is broken already, or the bar is not well to begin with.
        """
        chosen = module(GAME_DAY)
        with self.lectern.busy("Looking whether the bar is well, and breaking something ..."):
            self.game.begin(number)
        self._note(self.way.at(chosen.name).unhinted(BROKEN).rewritten())
        self.lectern.line(f"Something is wrong at the bar. Find it and mend it ({chosen.page}); make check tells.")

    def solve(self, name: str | None, step: str | None) -> None:
        """Write a solution, of the last step unless one is given; on a game day, mend what is broken."""
        if self.current(name).name == GAME_DAY:
            with self.lectern.busy("Mending it ..."):
                broken = self.game.mend()
            self.lectern.line(f"Mended: {broken}. make check sees whether all is well.")
            return
        chosen = self._built(name)
        solved = chosen.step(step) if step else chosen.steps[-1]
        written = self._put(chosen, dict(solution(solved.name)))
        self.lectern.written(written, f"{chosen.place} is the solution of {solved.name} already.")

    def reset(self, name: str | None) -> None:
        """Begin a module anew, as if all before it were built; files of later ones are taken away, with a copy."""
        chosen = self.current(name)
        written = self._put(chosen, {**dict.fromkeys(FILES), **beginning(chosen.name)})
        self.lectern.written(written, f"Module {chosen.name} is at its beginning already.")

    def undo(self) -> int:
        """Bring back what solve or reset wrote over; gives the exit code."""
        if not self.folder.can_undo:
            self.lectern.line("There is nothing to undo: nothing was written over.")
            return DOES_NOT_HOLD
        self._note(self.way.rewritten())
        names = self.folder.undo()
        self.lectern.line(
            f"As before: {', '.join(names)}. What was there now lies in {self.folder.root.name}/.history."
        )
        return HOLDS

    def _built(self, name: str | None) -> Module:
        """The module that somebody wants the solution of.

        Raises:
            NoSuchModule: nothing is built in it.
        """
        chosen = self.current(name)
        if not chosen.file:
            raise NoSuchModule(f"in module {chosen.name} nothing is built: read {chosen.page}, or ask make hint")
        return chosen

    def _try(self, chosen: Module, last: str | None) -> Trial:
        attempt = self.attempt(self.folder.root, scenes_of(chosen, last))
        return try_module(attempt, chosen, last, self.lectern.result)

    def _next(self) -> Module:
        current = self.current(None)
        return (after(current.name) or current) if current.name in self.way.held else current

    def _step(self, chosen: Module, name: str | None) -> Step:
        """The step of that name; without one, that which did not hold last, or the module's first."""
        if name:
            return chosen.step(name)
        names = [step.name for step in chosen.steps]
        return chosen.step(self.way.failed_step if self.way.failed_step in names else names[0])

    def _put(self, chosen: Module, files: Mapping[str, str | None]) -> list[str]:
        """Move to a module and write its files; first forget what was found in the old ones, lest it outlive them."""
        way = self.way.at(chosen.name)
        self._note(way.rewritten() if self.folder.differing(files) else way)
        return self.folder.put(files)

    def _note(self, way: Way) -> None:
        way.note(self.folder)
        self.folder.explain(_readme(self.current(None), way))


def _readme(current: Module, way: Way) -> str:
    """Where the learner is, as a page."""
    lines = [f"- {one.name} {one.title}: {_state(one, current, way)}" for one in modules()]
    return "\n".join(
        [
            "# My bar",
            "",
            "What lies here stands instead of the finished bar's files, or beside them.",
            "Nothing is ever taken away without a copy.",
            "",
            *lines,
            "",
            f"Read on in [{current.page}](../{current.page}), then `make check`.",
            "",
        ]
    )


def _state(one: Module, current: Module, way: Way) -> str:
    if one.name in way.held:
        return f"holds since {way.held[one.name]}"
    return "you are here" if one is current else "to come"

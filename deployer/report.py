"""What people see: plans line by line, steps as they end, problems last. Decides nothing."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from deployer.planner import Step, Verb, to_do
from deployer.problem import Problem

_SIGNS: Mapping[Verb, tuple[str, str]] = {
    Verb.CREATE: ("+", "green"),
    Verb.UPDATE: ("~", "yellow"),
    Verb.REPLACE: ("±", "yellow"),
    Verb.REMOVE: ("-", "red"),
    Verb.LEAVE: ("=", "dim"),
    Verb.REFUSE: ("!", "bold red"),
}


class Report:
    """Tells whoever sits at the terminal, or reads the log, what goes on."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status = console.status("")
        self._doing = ""
        self._began = 0.0

    def line(self, text: str, style: str = "") -> None:
        """Print one line as it is."""
        self._print((text, style))

    def steps(self, steps: Sequence[Step]) -> None:
        """Print each step and why."""
        width = max((len(step.resource.title) for step in steps), default=0)
        for step in steps:
            sign, style = _SIGNS[step.verb]
            reason = step.reason or ("is as it should be" if step.verb is Verb.LEAVE else "")
            self._print((f"{sign} {step.resource.title:{width}}", style), (f"  {reason}", "dim"))

    @contextmanager
    def working(self) -> Iterator[None]:
        """Show a spinner while the body works, where there is a terminal."""
        with self._status:
            yield

    def say(self, text: str) -> None:
        """Show how far the present step is; only a terminal shows it, in one line."""
        room = self._console.width - len("* ")
        self._status.update(Text(f"{self._doing}: {text}"[:room], "dim"))

    def begins(self, steps: Sequence[Step]) -> None:
        """Show what is done now."""
        kinds = f"{len(steps)} of kind {steps[0].resource.kind}" if len(steps) > 1 else steps[0].title
        self._doing, self._began = kinds, time.monotonic()
        self.say("...")

    def done(self, step: Step) -> None:
        """Print a step that has ended well, and how long it took."""
        sign, style = _SIGNS[step.verb]
        reason = f"  {step.reason}" if step.verb in {Verb.UPDATE, Verb.REPLACE} else ""
        took = f"  {time.monotonic() - self._began:.1f} s"
        self._print((f"{sign} {step.resource.title}", style), (reason + took, "dim"))

    def failed(self, step: Step) -> None:
        """Print a step that has ended badly; why comes at the end."""
        self.line(f"! {step.title}: failed", "bold red")

    def summary(self, steps: Sequence[Step], seconds: float) -> None:
        """Print what a run came to."""
        for step in steps:
            if step.verb is Verb.LEAVE and step.reason:
                self.line(f"{step.resource.title}: {step.reason}", "yellow")
        changed = len(to_do(steps))
        idle = f"Nothing to do: all {len(steps)} are as they should be"
        self.line(f"{f'{changed} of {len(steps)} changed' if changed else idle} ({seconds:.1f} s)", "bold")

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print what went wrong and what to do."""
        for problem in problems:
            self.line(str(problem), "red")

    def _print(self, *parts: tuple[str, str]) -> None:
        self._console.print(Text.assemble(*parts), soft_wrap=True)

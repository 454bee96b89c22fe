"""What a learner reads in the terminal: results as they come, hints, differences, what was written. Decides nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from workshop.finding import DoesNotHold, Result, Verdict
from workshop.modules import Module
from workshop.trial import Trial

_SIGNS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.HOLDS: ("✓", "green"),
    Verdict.FAILS: ("✗", "bold red"),
    Verdict.NOT_TRIED: ("·", "dim"),
}
_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_HEADING_WIDTH = 8


class Lectern:
    """Tells it to one console."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def line(self, text: str = "", style: str = "") -> None:
        """One line as it is, however wide the terminal."""
        self._console.print(Text(text, style), soft_wrap=True)

    @contextmanager
    def busy(self, doing: str) -> Iterator[None]:
        """Show that something is done, where there is a terminal."""
        with self._console.status(doing):
            yield

    def heading(self, module: Module) -> None:
        """What is tried."""
        self.line(f"{module.name}  {module.title}\n", "bold")

    def hints_left(self, module: Module, left: int) -> None:
        """What there is behind a hint, which was one of so many."""
        if left > 1:
            self.line(f"\n{left - 1} more: make hint", "dim")
        elif not module.file:
            self.line("\nThat was all.", "dim")
        elif left:
            self.line("\nmake diff shows more.", "dim")
        else:
            self.line("\nThat was all. make diff shows yours beside the solution, make solve writes it.", "dim")

    def result(self, result: Result) -> None:
        """What came of a check, with why if it does not hold."""
        sign, style = _SIGNS[result.verdict]
        remark = "not tried" if result.verdict is Verdict.NOT_TRIED else result.remark
        self.line(f"  {sign} {result.title}{f'  {remark}' if remark else ''}", style)
        if result.finding:
            self._finding(result.finding)

    def verdict(self, module: Module, trial: Trial, next_module: Module | None) -> None:
        """What came of all checks; the last line names the module and the file."""
        held = sum(one.verdict is Verdict.HOLDS for one in trial.results)
        self.line()
        if trial.failure:
            told = f"{module.name} does not hold yet: {held} of {len(trial.results)} ({module.place})"
            self.line(f"{told}. More help: make hint", "bold")
        else:
            onward = f"make workshop goes on with {next_module.name}: {next_module.title}" if next_module else _DONE
            self.line(f"{module.name} holds, {held} of {held} ({module.place}). {onward}", "bold green")

    def written(self, names: Sequence[str], otherwise: str) -> None:
        """Which files of the folder were written, or that none was."""
        if names:
            self.line(f"Changed: {', '.join(names)}. make undo brings back what was there before.")
        else:
            self.line(otherwise)

    def differences(self, lines: Iterable[str]) -> None:
        """A difference of lines."""
        for line in lines:
            self.line(line, _STYLES.get(line[:1], ""))

    def _finding(self, finding: DoesNotHold) -> None:
        for heading, text in finding.lines():
            self.line(f"      {heading:<{_HEADING_WIDTH}}  {text}")


_DONE = "That was the last one: the bar is yours"

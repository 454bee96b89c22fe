"""The robots' run in the terminal: bars of orders by state meanwhile, tables of what became of them at the end."""

from collections import Counter
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from chalicelib.orders.model import TERMINAL, OrderState
from simulator.measuring import Figure
from simulator.robots.ledger import Ledger
from simulator.robots.running import Outcome

NOT_YET = "not here yet"
STATISTICS = ("min", "p50", "p95", "max")
SHOWN_AT_MOST = 20

# What a person who watches would wonder about.
EXPLANATIONS = {
    "NoTokensRemaining": "The code is used up: customers wait for the next one, which comes within five minutes.",
    "BarFull": "The bar is full: customers wait until a drink is out.",
}
SPANS = {
    "from scan to choice": (OrderState.CREATED, OrderState.SUBMITTED),
    "from choice to claim": (OrderState.SUBMITTED, OrderState.IN_PRODUCTION),
    "from claim to cup": (OrderState.IN_PRODUCTION, OrderState.COMPLETED),
    "from scan to cup": (OrderState.CREATED, OrderState.COMPLETED),
}


class Scoreboard:
    """A bar for each state of orders, while it is entered."""

    def __init__(self, console: Console, ledger: Ledger) -> None:
        columns = (TextColumn("{task.description:>13}"), BarColumn(), MofNCompleteColumn())
        self._ledger = ledger
        self._explained: set[str] = set()
        self._progress = Progress(*columns, console=console)
        self._rows = {state: self._progress.add_task(state, total=ledger.planned) for state in (NOT_YET, *OrderState)}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.refresh()
        self._progress.stop()

    def refresh(self) -> None:
        """Show how things are now."""
        by_state = Counter({NOT_YET: self._ledger.not_begun}) + self._ledger.by_state
        for state, row in self._rows.items():
            self._progress.update(row, completed=by_state[state])
        for why in EXPLANATIONS.keys() & self._ledger.tried_again.keys() - self._explained:
            self._explained.add(why)
            self.say(EXPLANATIONS[why])

    def say(self, text: str) -> None:
        """Say something above the bars."""
        self._progress.console.print(text, highlight=False, soft_wrap=True)


def report(console: Console, ledger: Ledger, outcome: Outcome, signing_in: list[float]) -> None:
    """What became of every order, how long things took, and what is left."""
    console.print(_endings(ledger))
    waits = _waits(ledger, signing_in)
    if waits:
        console.print(_spreads(waits))
    _tell(console, "Put off by the bar", [f"{why}: {count}" for why, count in sorted(ledger.tried_again.items())])
    _tell(console, "Trouble", [f"{what} ({count} times)" for what, count in Counter(ledger.troubles).most_common()])
    _tell(console, "Not accounted for", [_left(ledger, outcome), *_leftovers(ledger)] if not ledger.is_complete else [])
    console.print(_verdict(ledger, outcome), highlight=False, soft_wrap=True)


def _endings(ledger: Ledger) -> Table:
    ended = Counter((track.state, track.reason or "") for track in ledger.tracks if track.is_accounted_for)
    table = Table("ended", "why", title="Orders", show_footer=True)
    table.columns[0].footer = "together"
    table.add_column("orders", justify="right", footer=str(ended.total() + ledger.turned_away.total()))
    for (state, reason), count in sorted(ended.items()):
        table.add_row(state, reason, str(count))
    for reason, count in sorted(ledger.turned_away.items()):
        table.add_row("turned away", reason, str(count))
    return table


def _verdict(ledger: Ledger, outcome: Outcome) -> str:
    ended, away = len(ledger.tracks) - len(ledger.unaccounted), ledger.turned_away.total()
    verdict = "[green]All orders are accounted for" if ledger.is_complete else "[red]Not all orders are accounted for"
    told = f"{ended} of {ledger.planned - away} ended in exactly one way"
    told += f", {away} customers were turned away" if away else ""
    return f"{verdict}[/]: {told}. {_pace(ended, outcome.seconds)}"


def _pace(orders: int, seconds: float) -> str:
    return f"{orders / seconds:.2f} orders a second in {seconds:.1f} s."


def _waits(ledger: Ledger, signing_in: list[float]) -> list[Figure]:
    """The spans that at least one order was seen to go through."""
    values = {"signing up and in": list(signing_in)}
    for name, (start, end) in SPANS.items():
        took = (track.took(start, end) for track in ledger.tracks)
        values[name] = [seconds for seconds in took if seconds is not None]
    return [Figure(name, "s", seconds) for name, seconds in values.items() if seconds]


def _spreads(waits: list[Figure]) -> Table:
    table = Table("seconds", title="Waits")
    for name in ("orders", *STATISTICS):
        table.add_column(name, justify="right")
    for wait in waits:
        table.add_row(wait.name, str(len(wait.values)), *(f"{wait.spread[name]:.2f}" for name in STATISTICS))
    return table


def _left(ledger: Ledger, outcome: Outcome) -> str:
    alive = [track for track in ledger.tracks if track.state not in TERMINAL]
    if not outcome.interrupted:
        return f"{ledger.not_begun} customers got no order, {len(alive)} orders have not ended"
    return (
        f"stopped before {ledger.not_begun} customers got an order; {len(alive)} orders are left at the bar, "
        "which gives them up when its waits are over"
    )


def _leftovers(ledger: Ledger) -> list[str]:
    lines = [f"{track.order_id} {' and '.join(track.since) or track.state}" for track in ledger.unaccounted]
    more = len(lines) - SHOWN_AT_MOST
    return [*lines[:SHOWN_AT_MOST], *([f"and {more} more"] if more > 0 else [])]


def _tell(console: Console, heading: str, lines: list[str]) -> None:
    if lines:
        console.print(f"{heading}:")
    for line in lines:
        console.print(f"  {line}", highlight=False, markup=False, soft_wrap=True)

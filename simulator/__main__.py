"""`python -m simulator`: reads options, calls one function, shows what came of it. No rule lives here."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import boto3
import click
import httpx
from rich.console import Console
from rich.markup import escape

from simulator import bench_commands
from simulator.bench import measure_a_thousand, measure_the_bar
from simulator.bench_progress import orders_bar
from simulator.bench_report import table, write_report
from simulator.bench_throughput import Unaccounted
from simulator.costs.command import count_at
from simulator.costs.cost_report import cost_json, cost_page, cost_table
from simulator.costs.order_count import Disturbed
from simulator.ended_once import end_once
from simulator.entrance import Entrance, browser, entrance
from simulator.measuring import Figure
from simulator.order import Wish, tell_an_order
from simulator.outputs import NotDeployed, read_outputs
from simulator.outputs_option import outputs_option
from simulator.replay.command import play_file, record_file
from simulator.replay.player import NotTaken
from simulator.replay.recording import BadRecording
from simulator.robots.choices import BadHabits, Habits
from simulator.robots.command import Plan, RushPlan, send_robots
from simulator.robots.rush_report import DEFAULT_PATH
from simulator.robots.shop import NoShop
from simulator.story import FAILURES, StepFailed, Story

_console = Console()

_ABOVE_0 = click.FloatRange(min=0, min_open=True)

_OURS = (
    *(NotDeployed, StepFailed, BadHabits, NoShop, BadRecording, NotTaken),
    *(bench_commands.CommandFailed, Unaccounted, Disturbed),
)


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (*_OURS, *FAILURES) as error:
            raise click.ClickException(str(error)) from error
        except httpx.HTTPError as error:
            raise click.ClickException(f"the bar does not answer ({error}): run make local first") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Customers and baristas at the running bar, over its public API.

    What these cannot do takes AWS credentials: opening a shop, making somebody a barista, the bus.
    """


@main.command()
@outputs_option
@click.option("--shop", default="ABC", show_default=True, help="The shop's eventId.")
@click.option("--drink", help="A drink on the menu.  [default: Flat White with Oat]")
@click.option("--modifier", "modifiers", multiple=True, help="An option of the drink; may be repeated.")
def order(path: Path, shop: str, drink: str | None, modifiers: tuple[str, ...]) -> None:
    """Play one real order, from scan to cup."""
    wish = Wish(shop, drink, modifiers) if drink else Wish(shop, "Flat White", modifiers or ("Oat",))
    with browser() as http:
        tell_an_order(Story(_console), entrance(http, read_outputs(path)), wish)


@main.command()
@outputs_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=".local/bench.json",
    show_default=True,
    help="The JSON file to write.",
)
@click.option("--up", is_flag=True, help="Also time `python -m deployer up` on the running bar.")
@click.option("--from-nothing", is_flag=True, help="Also time `make local` from stopped; empties the running bar.")
@click.option("--thousand", is_flag=True, help="Also serve a thousand orders, 32 at a time.")
def bench(path: Path, out: Path, up: bool, from_nothing: bool, thousand: bool) -> None:
    """Measure the running bar."""
    figures: list[Figure] = []
    if from_nothing:
        figures += _measured("Timing make local", bench_commands.from_nothing)
    if up:
        figures += _measured("Timing the deployer", bench_commands.redeploy)
    outputs = read_outputs(path)
    with browser() as http:
        way_in = entrance(http, outputs)
        figures += _measured("Waiting for the bar to rest", lambda: bench_commands.idle_memory(outputs))
        order = _measured("Counting what one order uses", lambda: count_at(way_in))
        figures += _measured("Measuring", lambda: measure_the_bar(way_in))
        figures += _measured("Watching the screens", lambda: _screens(way_in))
        if thousand:
            with orders_bar(_console) as served:
                figures += measure_a_thousand(way_in, served)
    write_report(out, figures, cost_json(order))
    _console.print(table(figures), cost_table(order))
    _console.print(f"Written to {out}", highlight=False, soft_wrap=True)


@main.command()
@outputs_option
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="Also write it as a page, in Markdown.")
def cost(path: Path, page: Path | None) -> None:
    """Count what one order uses, and price it."""
    with browser() as http:
        order = count_at(entrance(http, read_outputs(path)))
    if page:
        page.write_text(cost_page(order, datetime.now(UTC).date()))
    _console.print(cost_table(order))


@main.command()
@outputs_option
@click.option("--orders", default=50, show_default=True, type=click.IntRange(1), help="How many customers come.")
@click.option(
    "--at-once",
    default=4,
    show_default=True,
    type=click.IntRange(1, 90),
    help="How many at a time; in a rush, how many sign in.",
)
@click.option(
    "--baristas", default=2, show_default=True, type=click.IntRange(0, 20), help="How many serve; with 0, people do."
)
@click.option("--shop", help="The shop's eventId.  [default: ABC if its code makes enough drinks, else their own]")
@click.option(
    "--speed", default=1.0, show_default=True, type=_ABOVE_0, help="How many times faster than people they are."
)
@click.option(
    "--rush",
    type=_ABOVE_0,
    help="So many customers come a second, whoever is there; who is turned away leaves, and limits stay as they are.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_PATH,
    show_default=True,
    help="Where a rush is written down, JSON.",
)
@click.option("--cancel-share", default=0.1, show_default=True, help="Which part of the orders is called off.")
@click.option("--forget-share", default=0.05, show_default=True, help="Which part of the customers never chooses.")
def robots(  # noqa: PLR0913, PLR0917, one for each option
    path: Path,
    orders: int,
    at_once: int,
    baristas: int,
    shop: str | None,
    speed: float,
    rush: float | None,
    report: Path,
    cancel_share: float,
    forget_share: float,
) -> None:
    """Let robots order, make and cancel, and account for every order.

    They act over the public API. Only hiring the baristas and opening the robots' own shop take AWS credentials.
    """
    end_once()  # the shop's limits are put back
    habits = Habits(cancel_share, forget_share, speed)
    plan = Plan(orders, at_once, baristas, shop, habits, RushPlan(rush, report) if rush else None)
    with browser() as http:
        sys.exit(send_robots(_console, entrance(http, read_outputs(path)), boto3.Session(), plan, Random()))  # noqa: S311, no secrets


@main.command()
@outputs_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--speed", default=1.0, show_default=True, type=_ABOVE_0, help="How many times faster than it happened.")
@click.option("--shop", help="The eventId to play in.  [default: as recorded]")
def play(path: Path, file: Path, speed: float, shop: str | None) -> None:
    """Play a recorded day onto the bus; no order comes of it."""
    sys.exit(play_file(_console, boto3.Session(), read_outputs(path), file, shop=shop, speed=speed))


@main.command()
@outputs_option
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--minutes", default=5.0, show_default=True, type=_ABOVE_0, help="How long; Ctrl-C ends it earlier.")
def record(path: Path, file: Path, minutes: float) -> None:
    """Record everything on the bus to a new FILE."""
    record_file(_console, boto3.Session(), read_outputs(path), file, minutes)


def _screens(way_in: Entrance) -> list[Figure]:
    from simulator.screens.bench import measure_the_screens  # noqa: PLC0415  # what drives a browser is not everywhere
    from simulator.screens.chromium import NoChromium  # noqa: PLC0415

    try:
        return measure_the_screens(way_in)
    except NoChromium as error:
        _console.print(
            f"[yellow]The screens were not measured:[/] {escape(str(error))}", highlight=False, soft_wrap=True
        )
        return []


def _measured[T](what: str, measure: Callable[[], T]) -> T:
    """What comes of it, with a word while it takes its time."""
    with _console.status(f"{what} ..."):
        return measure()


main()

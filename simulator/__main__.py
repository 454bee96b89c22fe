"""`python -m simulator`: reads options, calls one function, shows what came of it. No rule lives here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import httpx
from rich.console import Console

from simulator import bench_commands
from simulator.bench import measure_the_bar
from simulator.bench_report import table, write_report
from simulator.entrance import browser, entrance
from simulator.order import Wish, tell_an_order
from simulator.outputs import DEFAULT_PATH, NotDeployed, read_outputs
from simulator.story import FAILURES, StepFailed, Story

_console = Console()

_outputs_option = click.option(
    "--outputs",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="BAR_OUTPUTS",
    default=DEFAULT_PATH,
    show_envvar=True,
    show_default=True,
    help="Where the deployer wrote down the running bar.",
)


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (NotDeployed, StepFailed, bench_commands.CommandFailed, *FAILURES) as error:
            raise click.ClickException(str(error)) from error
        except httpx.HTTPError as error:
            raise click.ClickException(f"the bar does not answer ({error}): run make local first") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Customers and baristas at the running bar, over its public API."""


@main.command()
@_outputs_option
@click.option("--shop", default="ABC", show_default=True, help="The shop's eventId.")
@click.option("--drink", help="A drink on the menu.  [default: Flat White with Oat]")
@click.option("--modifier", "modifiers", multiple=True, help="An option of the drink; may be repeated.")
def order(path: Path, shop: str, drink: str | None, modifiers: tuple[str, ...]) -> None:
    """Play one real order, from scan to cup."""
    wish = Wish(shop, drink, modifiers) if drink else Wish(shop, "Flat White", modifiers or ("Oat",))
    with browser() as http:
        tell_an_order(Story(_console), entrance(http, read_outputs(path)), wish)


@main.command()
@_outputs_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=".local/bench.json",
    show_default=True,
    help="The JSON file to write.",
)
@click.option("--up", is_flag=True, help="Also time `python -m deployer up` on the running bar.")
@click.option("--from-nothing", is_flag=True, help="Also time `make local` from stopped; empties the running bar.")
def bench(path: Path, out: Path, up: bool, from_nothing: bool) -> None:
    """Measure the running bar."""
    figures = [*_if(from_nothing, bench_commands.from_nothing), *_if(up, bench_commands.redeploy)]
    outputs = read_outputs(path)
    with browser() as http:
        figures += bench_commands.idle_memory(outputs)
        figures += measure_the_bar(entrance(http, outputs))
    write_report(out, figures)
    _console.print(table(figures))
    _console.print(f"Written to {out}", highlight=False)


def _if[T](wanted: bool, measure: Callable[[], list[T]]) -> list[T]:
    return measure() if wanted else []


main()

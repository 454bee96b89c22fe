"""`python -m gate`: reads options, checks the address, opens the gate. No rule lives here."""

import asyncio
import resource
from contextlib import suppress
from pathlib import Path

import click
from rich.console import Console

from deployer.problem import Problem
from gate.addresses import checked, reachable
from gate.network.rates import Rates
from gate.opening import open_gate
from gate.room import Room
from simulator.outputs import DEFAULT_PATH

PORT = 4443
MOST_FILES = 4096

_outputs_option = click.option(
    "--outputs",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="BAR_OUTPUTS",
    default=DEFAULT_PATH,
    show_envvar=True,
    show_default=True,
    help="Where the deployer wrote down the running bar.",
)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--address", default="", metavar="IPV4", help="The address of this machine in the room's network.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--plain", is_flag=True, help="Without TLS: phones use their own camera app, and anybody can listen in.")
@click.option(
    "--phones-per-address",
    "phones",
    default=1,
    show_default=True,
    type=click.IntRange(1, 200),
    help="More than 1 where a router stands between the phones and this machine, so that all seem to be one.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="GATE_FOLDER",
    default=".local/room",
    show_envvar=True,
    show_default=True,
    help="Where certificate, secret and log are kept.",
)
@_outputs_option
def main(address: str, port: int, plain: bool, phones: int, folder: Path, outputs: Path) -> None:
    """Let the phones of a room into the running bar, by one address of this machine, and into nothing else.

    Without --address it lists those that there are.
    """
    try:
        room = Room(checked(address, reachable()), port, plain)
        _allow_many_connections()
        asyncio.run(open_gate(room, outputs, folder, Rates(phones), Console(highlight=False)))
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem


def _allow_many_connections() -> None:
    """Each phone holds a few files open here; macOS lets a program have 256 unless it asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


if __name__ == "__main__":
    main(prog_name="python -m gate")

"""`python -m gate`: reads options, checks the address, opens the gate. No rule lives here."""

import asyncio
from pathlib import Path

import click
from rich.console import Console

from deployer.problem import Problem
from gate.addresses import checked, reachable
from gate.network.open_files import allow_files_for
from gate.network.rates import Rates
from gate.opening import open_gate
from gate.room import Room
from simulator.outputs_option import outputs_option

PORT = 4443


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
@outputs_option
def main(address: str, port: int, plain: bool, phones: int, folder: Path, path: Path) -> None:
    """Let the phones of a room into the running bar, by one address of this machine, and into nothing else.

    Without --address it lists those that there are.
    """
    try:
        room = Room(checked(address, reachable()), port, plain)
        rates = Rates(phones)
        allow_files_for(rates)
        asyncio.run(open_gate(room, path, folder, rates, Console(highlight=False)))
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem


if __name__ == "__main__":
    main(prog_name="python -m gate")

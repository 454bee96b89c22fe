"""`python -m gate.files`: reads options, checks the address, hands out until it is told to stop. No rule lives here."""

import asyncio
import sys
from pathlib import Path

import click

from deployer.problem import Problem
from gate.addresses import checked, reachable, warning
from gate.files.front_page import commands
from gate.files.handing_out import HandingOut
from gate.files.shelf import Shelf, shelf_of
from gate.network.open_files import allow_files_for
from gate.network.rates import Rates
from gate.network.server import listening
from gate.opening import told_to_close
from gate.room import Room
from gate.terminal import qr_code

PORT = 8000
LAPTOPS = 40  # what a router before this machine would make one of


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--address", default="", metavar="IPV4", help="The address of this machine in the room's network.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--folder", type=click.Path(path_type=Path), default="dist", show_default=True, help="With the bundles.")
@click.option("--text", type=click.Path(path_type=Path), default=".local/text", show_default=True, help="As built.")
def main(address: str, port: int, folder: Path, text: Path) -> None:
    """Hand out what `make bundle` wrote, and the workshop's text, to a room, by one address of this machine.

    Without --address it lists those that there are.
    """
    try:
        room = Room(checked(address, reachable(), "make room"), port, is_plain=True)
        asyncio.run(hand_out(shelf_of(folder, text), room))
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem


async def hand_out(shelf: Shelf, room: Room) -> None:
    """Hand it out until SIGINT or SIGTERM."""
    rates = Rates(LAPTOPS)
    allow_files_for(rates)
    async with listening(room, HandingOut(shelf, room, rates, _say).serve, rates, None):
        _say(opening(shelf, room))
        await told_to_close().wait()
    _say("Nothing is handed out any more.")


def opening(shelf: Shelf, room: Room) -> str:
    """What the teacher reads, and can put on the big screen."""
    lines = [qr_code(f"{room.origin}/"), f"The room gets it at {room.origin}/ and nowhere else.", ""]
    for bundle in shelf.bundles:
        lines += [*(f"  {line}" for line in commands(bundle, room)), ""]
        lines += [f"  {bundle.size / 1e6:.0f} MB, SHA-256 {bundle.short_sha256} ...", ""]
    lines += filter(None, [warning(room.address)])
    return "\n".join([*lines, "Nobody gets here? docs/bundle.md says what to do. Ctrl-C ends it."])


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(prog_name="python -m gate.files")

"""`python -m upkeep`: reads options, calls one function, shows what came of it. No rule lives here."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import boto3
import click
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.table import Table

from deployer.dead_letters import QUEUE
from deployer.problem import Problem
from deployer.project import read_project
from upkeep.dead_letter import DeadLetter
from upkeep.dead_letter_queue import DeadLetterQueue
from upkeep.replaying import Again, NotDone
from upkeep.sweeping import CALLS, SweepFailed, sweep

ROOT = Path(__file__).resolve().parents[1]

_console = Console(highlight=False)

_stage_option = click.option("--stage", default="local", show_default=True, help="Chalice's stage.")

DONE = {
    "announced": "announced again",
    "resumed": "workflows woken again",
    "given_up": "given up, their customers told",
    "stopped": "workflows of ended orders stopped",
    "freed": "places freed that nobody held",
    "told": "told again",
}


class _Commands(click.Group):
    """Shows problems instead of tracebacks."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (Problem, SweepFailed, ClientError, BotoCoreError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Looks after a deployed bar. AWS is where the environment says."""


@main.command("sweep")
@_stage_option
def sweep_now(stage: str) -> None:
    """Find what is stuck and mend it, now instead of within five minutes."""
    with _console.status("Sweeping ..."):
        mended = sweep(boto3.client("lambda", config=CALLS), read_project(ROOT, stage).function_name("sweep"))
    _tell(mended)


def _tell(mended: Mapping[str, list[str]]) -> None:
    for what, ids in mended.items():
        if ids:
            _say(f"{len(ids)} {DONE.get(what, what)}: {', '.join(ids)}")
    if not any(mended.values()):
        _say("Nothing was stuck.")


@main.command("dead-letters")
@click.option("--show", "shown", metavar="ID", help="Print one letter whole; the beginning of its id is enough.")
@click.option("--replay", is_flag=True, help="Do all of it again; what fails once more stays, or comes back.")
@click.option("--drop", is_flag=True, help="Delete every letter.")
@click.option("--only", multiple=True, metavar="ID", help="Replay or drop this letter alone; may be repeated.")
def dead_letters(shown: str | None, replay: bool, drop: bool, only: tuple[str, ...]) -> None:
    """Show what could not be done; do it again, or drop it."""
    queue = DeadLetterQueue(boto3.client("sqs"), QUEUE)
    with _console.status("Looking into the queue ..."), queue.opened() as found:
        letters = chosen(found, [shown] if shown else only)
        if not letters:
            _say("No dead letters: everything was delivered and done.")
        elif shown:
            _show(letters)
        elif replay:
            _replay(queue, letters)
        elif drop:
            _drop(queue, letters)
        else:
            _list(letters)


def _list(letters: list[DeadLetter]) -> None:
    table = Table("id", "given up", "for", "order", "why")
    for letter in letters:
        sent = f"{letter.sent.astimezone():%H:%M:%S}"
        table.add_row(letter.message_id[:8], sent, letter.target, letter.order_id or "", letter.reason)
    _console.print(table)


def chosen(letters: list[DeadLetter], ids: Sequence[str]) -> list[DeadLetter]:
    """The letters whose ids begin so; all of them where none is named.

    Raises:
        ClickException: there is no letter for one of the ids, so nothing is done with the others either.
    """
    for unknown in (one for one in ids if not any(letter.message_id.startswith(one) for letter in letters)):
        raise click.ClickException(f"there is no letter {unknown}")
    return [letter for letter in letters if not ids or letter.message_id.startswith(tuple(ids))]


def _show(letters: list[DeadLetter]) -> None:
    for letter in letters:
        _console.print_json(letter.body) if letter.event is not None else _say(letter.body)


def _replay(queue: DeadLetterQueue, letters: list[DeadLetter]) -> None:
    again = Again(boto3.client("lambda", config=CALLS), boto3.client("stepfunctions"), boto3.client("dynamodbstreams"))
    for letter in letters:
        try:
            again.do(letter.work)
        except NotDone as error:
            outcome = str(error)
        else:
            queue.drop(letter)
            outcome = "sent again"
        _say(f"{letter.message_id[:8]} {letter.target}: {outcome}")


def _drop(queue: DeadLetterQueue, letters: list[DeadLetter]) -> None:
    for letter in letters:
        queue.drop(letter)
    _say(f"{len(letters)} dropped")


def _say(line: str) -> None:
    # As it is: nothing in it is markup, and a line that was broken could not be searched.
    _console.print(line, markup=False, soft_wrap=True)


if __name__ == "__main__":
    main(prog_name="python -m upkeep")

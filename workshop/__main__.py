"""`python -m workshop`: reads options, calls one function, shows what came of it. No rule lives here."""

import logging
import sys
from pathlib import Path
from typing import Any

import click
import httpx
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from chalicelib.observability import logger
from deployer.lock import alone
from deployer.problem import Problem
from simulator.ended_once import end_once
from upkeep.sweeping import SweepFailed
from workshop.doctor import CHECKS, this_machine
from workshop.finding import CannotBeTried, DoesNotHold, each_tried
from workshop.game_day.breakages import COUNT
from workshop.game_day.game import NotNow
from workshop.learners_folder import LearnersFolder
from workshop.lectern import Lectern
from workshop.lessons import COULD_NOT_BE_TRIED, Lessons
from workshop.modules import FOLDER, NoSuchModule
from workshop.reading import PORT, CannotBeRead, read
from workshop.running import CHECK_LOCK, ROOT, attempt_in, game_in

_module_argument = click.argument("module", required=False)
_step_option = click.option("--step", help="Up to this step, such as 2 or 1a-2.  [default: all]")
_one_step_option = click.option("--step", help="Such as 2 or 1a-2.  [default: the one that does not hold]")


class _CouldNotBeTried(click.ClickException):
    exit_code = COULD_NOT_BE_TRIED


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (NoSuchModule, CannotBeRead, NotNow, Problem) as error:
            raise click.ClickException(str(error)) from error
        except CannotBeTried as error:
            raise _CouldNotBeTried(f"{error.seen}; {error.attempt}") from error
        except (DoesNotHold, SweepFailed) as error:
            raise click.ClickException(str(error)) from error
        except (BotoCoreError, ClientError, httpx.HTTPError) as error:
            raise _CouldNotBeTried(f"the bar did not answer as it should: {error}; try make doctor") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / FOLDER,
    help="Where you build.  [default: my-bar]",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Build the bar yourself, in a folder of your own that stands instead of the finished bar's files.

    MODULE is the one that you are at, unless you give another.
    """
    logger.setLevel(logging.CRITICAL)  # the bar's own lines are for those who look after it
    lectern = Lectern(Console(highlight=False))
    context.obj = Lessons(LearnersFolder(folder), lectern, attempt_in, game_in(folder))


@main.command()
@_module_argument
@click.pass_obj
def begin(lessons: Lessons, module: str | None) -> None:
    """Begin a module, or the next one when the last holds, and say where to read on."""
    lessons.begin(module)


@main.command()
@_module_argument
@_step_option
@click.pass_obj
def check(lessons: Lessons, module: str | None, step: str | None) -> None:
    """Say what does not hold yet, and what to try; exit 1 if something does not, 2 if that could not be tried."""
    end_once()
    with alone(CHECK_LOCK, lessons.waiting):
        result = lessons.check(module, step)
    sys.exit(result)


@main.command("break")
@click.argument("breakage", required=False, type=click.IntRange(1, COUNT))
@click.pass_obj
def break_something(lessons: Lessons, breakage: int | None) -> None:
    """Break something at the running bar, for whoever finds it; not said is what, unless BREAKAGE is given."""
    end_once()
    with alone(CHECK_LOCK, lessons.waiting):
        lessons.break_something(breakage)


@main.command()
@_module_argument
@_one_step_option
@click.pass_obj
def hint(lessons: Lessons, module: str | None, step: str | None) -> None:
    """Give the next hint for a step."""
    lessons.hint(module, step)


@main.command()
@_module_argument
@_one_step_option
@click.pass_obj
def diff(lessons: Lessons, module: str | None, step: str | None) -> None:
    """Show your file beside the solution of a step."""
    lessons.diff(module, step)


@main.command()
@_module_argument
@_step_option
@click.pass_obj
def solve(lessons: Lessons, module: str | None, step: str | None) -> None:
    """Write the solution; a copy of yours is kept. On a game day: mend what is broken."""
    end_once()
    with alone(CHECK_LOCK, lessons.waiting):
        lessons.solve(module, step)


@main.command()
@_module_argument
@click.pass_obj
def reset(lessons: Lessons, module: str | None) -> None:
    """Begin a module anew, with the solutions of those before it; a copy of yours is kept."""
    lessons.reset(module)


@main.command()
@click.pass_obj
def undo(lessons: Lessons) -> None:
    """Bring back what the last solve or reset wrote over."""
    sys.exit(lessons.undo())


@main.command()
@click.option("--port", default=4566, show_default=True, envvar="LOCALSTACK_PORT", help="The bar's.")
@click.pass_obj
def doctor(lessons: Lessons, port: int) -> None:
    """Look at this machine and at the bar on it; exit 1 if something is in the way."""
    results = list(each_tried(CHECKS, this_machine(ROOT, port)))
    for result in results:
        lessons.lectern.result(result)
    sys.exit(any(result.finding for result in results))


@main.command("read")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.pass_obj
def read_text(lessons: Lessons, port: int) -> None:
    """Serve the text to this machine's browser, with your progress beside it, until Ctrl-C."""
    read(lessons.folder, port, lessons.lectern.line)


if __name__ == "__main__":
    main(prog_name="python -m workshop")

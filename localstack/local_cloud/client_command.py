"""Runs one command with the environment of a client of the cloud, in the place of this process.

In its place, so that the command has our terminal, its exit code is ours and whatever signal comes is the command's.
"""

import os
import signal
import sys
from typing import NoReturn

from local_cloud.client_environment import client_environment
from local_cloud.cloud_process import running_cloud
from local_cloud.errors import LocalCloudError
from local_cloud.home import RunFolder

# As `env` and shells have it, so that a script can tell our failures from those of the command.
NOT_RUN, NOT_EXECUTABLE, NOT_FOUND = 125, 126, 127


class CommandNotRunError(LocalCloudError):
    """The command was not run; `exit_code` says which kind of reason it was."""

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code


def run_in_place(command: tuple[str, ...], run: RunFolder, region: str) -> NoReturn:
    """Become the command, a program on PATH and its arguments, with this folder's cloud as its AWS.

    Raises:
        CommandNotRunError: no cloud runs there, or there is no such program, or it may not be executed.
    """
    if running_cloud(run) is None:
        raise CommandNotRunError(
            f"No local cloud runs on port {run.port} (folder {run.path}): start it with `local-cloud start`,"
            " or say which one is meant with --port and --home.",
            NOT_RUN,
        )
    sys.stdout.flush()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and what is ignored stays so in the command
    try:
        os.execvpe(command[0], command, client_environment(os.environ, run.endpoint_url, region))  # noqa: S606
    except FileNotFoundError:
        raise CommandNotRunError(f"The command {command[0]!r} was not found.", NOT_FOUND) from None
    except OSError as error:
        raise CommandNotRunError(f"{command[0]!r} cannot be run: {error.strerror}.", NOT_EXECUTABLE) from error

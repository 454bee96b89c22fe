"""Runs Chalice as a program of its own: it changes its process's environment and import path, and must not ours."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from deployer.problem import Problem

# Chalice has no `__main__`, and the script beside the interpreter may be of another environment.
_COMMAND = (sys.executable, "-c", "from chalice.cli import main; raise SystemExit(main())")
_LAST_LINES = 20
# Chalice waits for each function twice, by botocore's waiters, which look every 5 s at what takes a fraction of one.
# botocore takes their definitions from here first (its documentation of `AWS_DATA_PATH`, botocore/loaders.py).
_BOTOCORE_DATA = Path(__file__).with_name("botocore_data")


def run_chalice(
    arguments: Sequence[str], root: Path, home: Path, environment: Mapping[str, str], say: Callable[[str], None]
) -> str:
    """Run `chalice` in the project and wait for it; gives what it printed.

    Args:
        arguments: its command line, such as `["deploy", "--stage", "local"]`.
        root: the project.
        home: where compiled Python is kept.
        environment: variables beside this process's own.
        say: shown each line as it comes.

    Raises:
        Problem: it ended badly; with the last lines that it printed.
    """
    process = subprocess.Popen(
        [*_COMMAND, *arguments],
        cwd=root,
        env={**os.environ, **_own_variables(home, os.environ), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        lines = [_shown(line, say) for line in process.stdout or ()]
    if process.returncode:
        raise Problem(f"`chalice {' '.join(arguments)}` ended badly:\n{''.join(lines[-_LAST_LINES:]).strip()}")
    return "".join(lines)


def _own_variables(home: Path, given: Mapping[str, str]) -> dict[str, str]:
    folders = [str(_BOTOCORE_DATA), *filter(None, [given.get("AWS_DATA_PATH")])]
    return {
        "AWS_DATA_PATH": os.pathsep.join(folders),
        # Beside the sources, .pyc files would get into the Lambda package and change its hash.
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        "PYTHONUNBUFFERED": "1",
    }


def _shown(line: str, say: Callable[[str], None]) -> str:
    if line.strip():
        say(line.strip())
    return line

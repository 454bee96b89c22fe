"""A fork of the server becomes a function's process: like a new Python, but with what is loaded already.

Where it would not be like a new one, it does become one. That is so for a function with layers, with variables that
Python or its libraries read only as they start, and with modules that have the name of one of Python's own.
"""

import gc
import json
import os
import runpy
import sys
import time
from typing import NamedTuple

from local_cloud.plugins.lambda_.processes import supervisor
from local_cloud.plugins.lambda_.processes.fork_server.preloading import is_shadowed


class Handed(NamedTuple):
    """The files that LocalStack hands over for a function.

    `lifeline` leads to LocalStack, `output` takes what the function writes, `directory` is where it works, and
    `description` holds JSON: `command`, an interpreter's `-s -m awslambdaric <handler>`; `environment`, all variables;
    `layers`, a folder or null; `afresh`, whether it needs a new Python.
    """

    lifeline: int
    output: int
    directory: int
    description: int


def run(handed: Handed, server: int) -> None:
    """Be the function; end or raise as its runtime client does. This process must not outlive `server`."""
    supervisor.end_with_supervisor()
    if os.getppid() != server:
        os._exit(1)
    with open(handed.description, encoding="utf-8", closefd=False) as file:
        described = json.load(file)
    take_over(handed)
    chosen = {name: os.environ[name] for name in ("LC_CTYPE",) if name in os.environ}  # by Python as it started
    os.environ.clear()
    os.environ.update(chosen | described["environment"])
    if described["afresh"] or is_shadowed("."):
        supervisor.become(described["layers"] or "", described["command"])
    begin(described["command"])


def take_over(handed: Handed) -> None:
    """Lead a process group, work where the function is to work, and have its files and no others."""
    os.setpgid(0, 0)
    os.fchdir(handed.directory)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream in (1, 2):
        os.dup2(handed.output, stream)
    os.closerange(3, 1 + max(map(int, os.listdir("/proc/self/fd"))))


def begin(command: list[str]) -> None:
    """Do what Python does for `command` after it has started."""
    _, _, _, module, *arguments = command
    sys.orig_argv = command
    sys.argv = [module, *arguments]
    sys.path.insert(0, os.getcwd())
    time.tzset()
    gc.enable()
    runpy.run_module(module, run_name="__main__", alter_sys=True)

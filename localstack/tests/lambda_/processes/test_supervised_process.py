"""Processes under a supervisor, and what is left of them, without LocalStack."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from local_cloud.plugins.lambda_.processes.supervised_process import Program, SupervisedProcess

WaitUntilGone = Callable[[Iterable[int]], None]

PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
print(os.getpid(), os.getppid(), child.pid, flush=True)
"""
WAITING_PARENT = f"{PARENT}time.sleep(300)"

HOST = f"""
import asyncio, pathlib, sys
from local_cloud.plugins.lambda_.processes.supervised_process import Program, SupervisedProcess

async def main():
    program = Program((sys.executable, "-c", {WAITING_PARENT!r}), pathlib.Path.cwd(), {{}})
    process = await SupervisedProcess.start(program)
    while not (output := process.output.take()):
        await asyncio.sleep(0.01)
    print(output, flush=True)
    await process.exit_code

asyncio.run(main())
"""


def python(source: str, **environment: str) -> Program:
    return Program((sys.executable, "-I", "-c", source), Path.cwd(), environment)


def run(program: Program) -> tuple[int, str]:
    async def to_the_end() -> tuple[int, str]:
        process = await SupervisedProcess.start(program)
        return await process.exit_code, process.output.take()

    return asyncio.run(to_the_end())


async def first_line(process: SupervisedProcess) -> list[int]:
    output = ""
    while not output.endswith("\n"):
        output += process.output.take()
        await asyncio.sleep(0.01)
    return [int(word) for word in output.split()]


def test_the_exit_code_and_all_output_are_the_processs_own() -> None:
    assert run(python("import sys; print('out', flush=True); sys.exit('err')")) == (1, "out\nerr\n")


def test_a_signal_is_told_as_a_negative_exit_code() -> None:
    exit_code, _ = run(python("import os; os.kill(os.getpid(), 15)"))
    assert exit_code == -signal.SIGTERM


def test_the_process_sees_the_variables_it_was_given_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for planted in ("HOME", "PYTHONPATH", "PYTHONSTARTUP", "HTTPS_PROXY", "PLANTED"):
        monkeypatch.setenv(planted, "/planted")
    _, output = run(python("import json, os; print(json.dumps(dict(os.environ)))", OWN="1", LC_ALL="C.UTF-8"))
    assert json.loads(output) == {"OWN": "1", "LC_ALL": "C.UTF-8"}


def test_standard_input_is_empty() -> None:
    assert run(python("import sys; print(repr(sys.stdin.read()))")) == (0, "''\n")


def test_a_program_that_cannot_be_started_says_so() -> None:
    exit_code, output = run(Program(("/no/such/python",), Path.cwd(), {}))
    assert (exit_code, output) == (127, "/no/such/python: No such file or directory\n")


def test_a_kill_takes_the_children_along(wait_until_gone: WaitUntilGone) -> None:
    async def killed() -> tuple[int, list[int]]:
        process = await SupervisedProcess.start(python(WAITING_PARENT))
        pids = await first_line(process)
        assert process.pid == pids[0]
        process.kill()
        return await process.exit_code, pids

    exit_code, pids = asyncio.run(killed())
    assert exit_code == -signal.SIGKILL
    wait_until_gone(pids)


def test_children_that_the_process_leaves_behind_end_with_it(wait_until_gone: WaitUntilGone) -> None:
    exit_code, output = run(python(PARENT))
    assert exit_code == 0
    wait_until_gone(int(word) for word in output.split())


def test_a_process_whose_supervisor_is_killed_ends_with_its_children(wait_until_gone: WaitUntilGone) -> None:
    async def without_supervisor() -> list[int]:
        process = await SupervisedProcess.start(python(WAITING_PARENT))
        pids = await first_line(process)
        os.kill(pids[1], signal.SIGKILL)
        await process.exit_code
        return pids

    wait_until_gone(asyncio.run(without_supervisor()))


def test_everything_ends_when_its_owner_is_killed(wait_until_gone: WaitUntilGone) -> None:
    with host() as (owner, pids):
        assert all(psutil.pid_exists(pid) for pid in pids)
        owner.kill()
    wait_until_gone(pids)


if sys.platform == "linux":

    def test_a_process_ends_with_its_supervisor_though_its_owner_hangs(wait_until_gone: WaitUntilGone) -> None:
        with host() as (owner, (function, supervisor, child)):
            owner.send_signal(signal.SIGSTOP)
            os.kill(supervisor, signal.SIGKILL)
            wait_until_gone([function])
            owner.send_signal(signal.SIGCONT)
            wait_until_gone([child])


@contextmanager
def host() -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Give another Python, which owns a process, and the ids of that process, of its supervisor and of its child."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", HOST], stdout=subprocess.PIPE, text=True, env=environment) as owner:
        try:
            assert owner.stdout
            yield owner, [int(word) for word in owner.stdout.readline().split()]
        finally:
            owner.kill()

"""How forked functions and their servers begin and end; without LocalStack."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from local_cloud.plugins.lambda_.processes.fork_server import launching
from local_cloud.plugins.lambda_.processes.fork_server.launching import VARIABLE, ForkServers, is_wanted
from tenacity import Retrying, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from tests.lambda_.processes.fork_server.conftest import Stage

WaitUntilGone = Callable[[Iterable[int]], None]

IS_FORK = "import sys\nprint('asyncio' in sys.modules)"
PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen(["sleep", "300"])
print(os.getpid(), os.getppid(), child.pid, flush=True)
"""
WAITING_PARENT = f"{PARENT}time.sleep(300)"
HOST = """
import asyncio, pathlib, sys
from local_cloud.plugins.lambda_.processes.fork_server.launching import ForkServers
from local_cloud.plugins.lambda_.processes.loop_thread import LoopThread
from local_cloud.plugins.lambda_.processes.supervised_process import Program

async def main():
    servers = ForkServers()
    command = (sys.executable, "-s", "-m", "app")
    process = await servers.launch(Program(command, pathlib.Path(sys.argv[1]), {"LANG": "en_US.UTF-8"}))
    while not (output := process.output.take()):
        await asyncio.sleep(0.01)
    print(output, flush=True)
    await process.exit_code

asyncio.run(main())
"""


def test_a_function_is_a_fork_and_has_no_supervisor_of_its_own(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> None:
        processes = [await servers.launch(stage.python(tmp_path, WAITING_PARENT)) for _ in range(3)]
        parents = {(await stage.first_line(process))[1] for process in processes}
        assert parents == {(await stage.server_of(servers)).pid}
        for process in processes:
            process.kill()
            assert await process.exit_code == -signal.SIGKILL

    stage.play(story)
    assert stage.run(stage.python(tmp_path, IS_FORK)) == (0, "True\n")


def test_a_kill_takes_the_children_along(stage: Stage, tmp_path: Path, wait_until_gone: WaitUntilGone) -> None:
    async def story(servers: ForkServers) -> list[int]:
        process = await servers.launch(stage.python(tmp_path, WAITING_PARENT))
        function, _, child = await stage.first_line(process)
        assert process.pid == function
        process.kill()
        assert await process.exit_code == -signal.SIGKILL
        return [function, child]

    wait_until_gone(stage.play(story))


def test_children_that_a_function_leaves_behind_end_with_it(
    stage: Stage, tmp_path: Path, wait_until_gone: WaitUntilGone
) -> None:
    exit_code, output = stage.run(stage.python(tmp_path, PARENT))
    assert exit_code == 0
    wait_until_gone(int(word) for word in output.split())


def test_no_function_that_has_ended_stays_as_a_zombie(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> None:
        for _ in range(5):
            await stage.to_the_end(servers.launch, stage.python(tmp_path, "pass"))
        assert (await stage.server_of(servers)).children() == []

    stage.play(story)


def test_the_server_has_one_thread_and_no_file_of_a_function_that_has_ended(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> None:
        for _ in range(3):
            await stage.to_the_end(servers.launch, stage.python(tmp_path, "pass"))
        server = await stage.server_of(servers)
        assert server.num_threads() == 1
        for attempt in Retrying(stop=stop_after_delay(10), wait=wait_fixed(0.01), reraise=True):
            with attempt:  # the exit code is told before the last file is closed
                assert server.num_fds() == 3

    stage.play(story)


def test_a_killed_server_takes_its_functions_along_and_the_next_one_has_a_new_server(
    stage: Stage, tmp_path: Path, wait_until_gone: WaitUntilGone
) -> None:
    async def story(servers: ForkServers) -> list[int]:
        process = await servers.launch(stage.python(tmp_path / "first", WAITING_PARENT))
        pids = await stage.first_line(process)
        (await stage.server_of(servers)).kill()
        assert await process.exit_code == -signal.SIGKILL
        programs = [stage.python(tmp_path / "second", IS_FORK)] * 3
        outcomes = await asyncio.gather(*(stage.to_the_end(servers.launch, program) for program in programs))
        assert outcomes == [(0, "True\n")] * 3
        assert (await stage.server_of(servers)).pid not in pids
        return pids

    wait_until_gone(stage.play_alone(story))


def test_a_server_without_forks_ends_and_the_next_function_has_a_new_one(
    stage: Stage, tmp_path: Path, wait_until_gone: WaitUntilGone
) -> None:
    async def story(servers: ForkServers) -> None:
        program = stage.python(tmp_path, IS_FORK)
        await stage.to_the_end(servers.launch, program)
        wait_until_gone([(await stage.server_of(servers)).pid])
        assert await stage.to_the_end(servers.launch, program) == (0, "True\n")

    stage.play_alone(story, idle_s=0.05)


def test_a_server_that_was_not_needed_at_first_has_a_successor(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> None:
        unused = (await stage.server_of(servers)).pid
        while psutil.pid_exists(unused):
            await asyncio.sleep(0.01)
        assert await stage.to_the_end(servers.launch, stage.python(tmp_path, IS_FORK)) == (0, "True\n")

    stage.play_alone(story, idle_s=0.05)


def test_a_server_that_is_stuck_is_replaced(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(servers: ForkServers) -> None:
        program = stage.python(tmp_path, IS_FORK)
        await stage.to_the_end(servers.launch, program)
        (await stage.server_of(servers)).suspend()
        with monkeypatch.context() as hasty:
            hasty.setattr(launching, "PATIENCE_S", 5)
            assert await stage.to_the_end(servers.launch, program) == (0, "True\n")

    stage.play_alone(story)


def test_an_interpreter_that_cannot_serve_still_runs_functions(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    interpreter = tmp_path / "python"
    interpreter.write_text(f'#!/bin/sh\n[ "$3" = app ] || exit 3\nexec {sys.executable} "$@"\n')
    interpreter.chmod(0o755)
    program = stage.python(tmp_path / "function", "print('ran')")
    command = (str(interpreter), *program.command[1:])
    assert stage.run(dataclasses.replace(program, command=command)) == (0, "ran\n")
    assert f"{interpreter} cannot fork functions" in caplog.text


def test_a_directory_or_an_interpreter_that_is_missing_is_told_as_without_a_server(
    stage: Stage, tmp_path: Path
) -> None:
    program = stage.python(tmp_path, "pass")
    with pytest.raises(FileNotFoundError):
        stage.run(dataclasses.replace(program, directory=tmp_path / "gone"))
    outcome = stage.run(dataclasses.replace(program, command=("/no/such/python", *program.command[1:])))
    assert outcome == (127, "/no/such/python: No such file or directory\n")


def test_everything_ends_when_its_owner_is_killed(stage: Stage, tmp_path: Path, wait_until_gone: WaitUntilGone) -> None:
    stage.python(tmp_path, WAITING_PARENT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", HOST, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as owner:
        assert owner.stdout
        pids = [int(word) for word in owner.stdout.readline().split()]
        assert all(psutil.pid_exists(pid) for pid in pids)
        owner.kill()
    wait_until_gone(pids)


def test_forks_are_wanted_unless_the_variable_says_otherwise() -> None:
    assert [is_wanted(variables) for variables in ({}, {VARIABLE: ""}, {VARIABLE: "1"}, {VARIABLE: "0"})] == [
        *(True, True, True, False)
    ]

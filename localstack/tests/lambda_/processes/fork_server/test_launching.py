"""Functions that a fork server starts, without LocalStack: programs of one module, as `-m` runs them."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
from local_cloud.plugins.lambda_.processes.environment import AT_INTERPRETERS_START
from local_cloud.plugins.lambda_.processes.fork_server import launching
from local_cloud.plugins.lambda_.processes.fork_server.launching import VARIABLE, ForkServers, is_wanted
from local_cloud.plugins.lambda_.processes.loop_thread import LoopThread
from local_cloud.plugins.lambda_.processes.supervised_process import Program, SupervisedProcess
from tenacity import Retrying, stop_after_delay, wait_fixed

WaitUntilGone = Callable[[Iterable[int]], None]
Launch = Callable[[Program], Awaitable[SupervisedProcess]]

WHAT_A_FUNCTION_FINDS = """
import gc, json, locale, os, resource, signal, sys, tempfile, threading, time, traceback

def where_an_evaluated_text_fails():
    try:
        eval("1 / 0")
    except ZeroDivisionError:
        return traceback.format_exc()

print(json.dumps({
    "arguments": [sys.argv, sys.orig_argv],
    "directory": os.getcwd(),
    "environment": dict(os.environ),
    "files": len(os.listdir("/proc/self/fd")),
    "flags": repr(sys.flags),
    "garbage collection": [gc.isenabled(), gc.get_threshold()],
    "hidden modules": [name for name in sys.modules if name.startswith("local_cloud.")],
    "home": os.path.expanduser("~"),
    "input": sys.stdin.read(),
    "limits": [resource.getrlimit(limit) for limit in range(9)],
    "locale": [locale.setlocale(locale.LC_ALL), sys.getfilesystemencoding()],
    "main": [sys.modules["__main__"].__dict__ is globals(), __name__, __spec__.name, __package__],
    "nice": os.nice(0),
    "path": sys.path,
    "signals": [str(signal.getsignal(number)) for number in signal.valid_signals()],
    "streams": [[s.encoding, s.errors, s.line_buffering, s.isatty()] for s in (sys.stdin, sys.stdout, sys.stderr)],
    "temporary": [tempfile.tempdir, tempfile.gettempdir()],
    "threads": [threading.active_count(), len(os.listdir("/proc/self/task"))],
    "time zone": [time.tzname, time.strftime("%H", time.gmtime(0)), time.localtime(0).tm_hour],
    "traceback": where_an_evaluated_text_fails(),
    "umask": os.umask(0),
}))
"""
WHAT_DIFFERS = """
import json, os, random, sys, tempfile, uuid
print(json.dumps([random.random(), str(uuid.uuid4()), next(tempfile._get_candidate_names()), os.getpid()]))
"""
MARK = "import json, os, sys\njson.marked = True\nos.environ['MARKED'] = '1'\nsys.path.append('marked')\n"
SEE_MARK = "import json, os, sys\nprint([hasattr(json, 'marked'), 'MARKED' in os.environ, 'marked' in sys.path])"
CAN_SHOW = """
import sys
from local_cloud.plugins.lambda_.processes.supervisor import can_show_below_opt
sys.exit(not can_show_below_opt(sys.argv[1]))
"""
IS_FORK = "import sys\nprint('boto3' in sys.modules)"
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


def python(folder: Path, source: str, **environment: str) -> Program:
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(source)
    return Program((sys.executable, "-s", "-m", "app"), folder, {**AT_INTERPRETERS_START, **environment})


def play_alone[T](story: Callable[[ForkServers], Coroutine[None, None, T]], idle_s: float = 60) -> T:
    """Return what becomes of a story with servers of its own, for it may end them."""

    async def play_and_close() -> T:
        servers = ForkServers(idle_s)
        try:
            return await story(servers)
        finally:
            await servers.close()

    return asyncio.run(play_and_close())


class Stage:
    """Servers that several stories share, since each takes a second to load what it forks."""

    def __init__(self) -> None:
        self._thread = LoopThread("fork-servers")
        self._servers = ForkServers()

    def play[T](self, story: Callable[[ForkServers], Coroutine[None, None, T]]) -> T:
        return self._thread.run(story(self._servers))

    def run(self, program: Program) -> tuple[int, str]:
        """Return the exit code and the output of a program that ends by itself."""
        return self.play(lambda servers: to_the_end(servers.launch, program))


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    shared = Stage()
    yield shared
    shared.play(ForkServers.close)


async def to_the_end(launch: Launch, program: Program) -> tuple[int, str]:
    process = await launch(program)
    return await process.exit_code, process.output.take()


async def first_line(process: SupervisedProcess) -> list[int]:
    output = ""
    while not output.endswith("\n"):
        output += process.output.take()
        await asyncio.sleep(0.01)
    return [int(word) for word in output.split()]


async def server_of(servers: ForkServers) -> psutil.Process:
    return psutil.Process((await servers.prepare(sys.executable)).pid)


def test_a_fork_finds_what_a_new_python_finds(stage: Stage, tmp_path: Path) -> None:
    program = python(tmp_path, WHAT_A_FUNCTION_FINDS, TZ="America/New_York", TMPDIR=str(tmp_path), ANY="1")
    forked, alone = stage.run(program), asyncio.run(to_the_end(SupervisedProcess.start, program))
    found, expected = json.loads(forked[1]), json.loads(alone[1])
    assert found == expected


def test_nothing_that_a_function_does_to_its_python_reaches_another(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> list[str]:
        programs = python(tmp_path / "first", MARK), python(tmp_path / "second", SEE_MARK)
        return [(await to_the_end(servers.launch, program))[1] for program in programs]

    assert stage.play(story) == ["", "[False, False, False]\n"]


def test_forks_have_different_random_numbers_and_names_of_temporary_files(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> list[list[object]]:
        program = python(tmp_path, WHAT_DIFFERS)
        return [json.loads((await to_the_end(servers.launch, program))[1]) for _ in range(3)]

    for values in zip(*stage.play(story), strict=True):
        assert len(set(values)) == 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import sys; print('out', flush=True); sys.exit('err')", (1, "out\nerr\n")),
        ("print('not flushed')", (0, "not flushed\n")),
        ("import sys; sys.exit(3)", (3, "")),
        ("import os; os.kill(os.getpid(), 15)", (-signal.SIGTERM, "")),
        ("import ctypes; ctypes.string_at(0)", (-signal.SIGSEGV, "")),
    ],
)
def test_the_exit_code_and_all_output_are_the_functions_own(
    stage: Stage, tmp_path: Path, source: str, expected: tuple[int, str]
) -> None:
    assert stage.run(python(tmp_path, source)) == expected


def test_a_function_is_a_fork_and_has_no_supervisor_of_its_own(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> None:
        processes = [await servers.launch(python(tmp_path, WAITING_PARENT)) for _ in range(3)]
        parents = {(await first_line(process))[1] for process in processes}
        assert parents == {(await server_of(servers)).pid}
        for process in processes:
            process.kill()
            assert await process.exit_code == -signal.SIGKILL

    stage.play(story)
    assert stage.run(python(tmp_path, IS_FORK)) == (0, "True\n")


@pytest.mark.parametrize("name", ["PYTHONHASHSEED", "LD_LIBRARY_PATH", "HOME", "LC_ALL", "LANG", "BOTO_DISABLE_CRT"])
def test_a_variable_that_is_read_as_python_starts_takes_effect(stage: Stage, tmp_path: Path, name: str) -> None:
    assert stage.run(python(tmp_path, IS_FORK, **{name: "0"})) == (0, "False\n")


@pytest.mark.parametrize("module", ["jmespath", "calendar", "botocore"])
def test_a_functions_own_version_of_a_module_comes_first(stage: Stage, tmp_path: Path, module: str) -> None:
    program = python(tmp_path, f"import {module}\nprint({module}.OWN)")
    (tmp_path / f"{module}.py").write_text("OWN = True")
    assert stage.run(program) == (0, "True\n")


def test_a_functions_own_copy_of_the_same_version_is_no_hindrance(stage: Stage, tmp_path: Path) -> None:
    program = python(tmp_path, IS_FORK)
    [runtimes] = find_spec("jmespath").submodule_search_locations  # type: ignore[union-attr, misc]
    shutil.copytree(runtimes, tmp_path / "jmespath")
    assert stage.run(program) == (0, "True\n")


def test_layers_are_below_opt_where_the_machine_allows_it(stage: Stage, tmp_path: Path) -> None:
    layers = tmp_path / "layers"
    layers.mkdir()
    (layers / "word").write_text("seven")
    program = python(tmp_path / "function", "import os; print(os.path.exists('/opt/word'))")
    exit_code, output = stage.run(dataclasses.replace(program, layers=layers))
    allowed = subprocess.run([sys.executable, "-c", CAN_SHOW, str(layers)], check=False).returncode == 0
    assert (exit_code, output) == (0, f"{allowed}\n")


def test_a_kill_takes_the_children_along(stage: Stage, tmp_path: Path, wait_until_gone: WaitUntilGone) -> None:
    async def story(servers: ForkServers) -> list[int]:
        process = await servers.launch(python(tmp_path, WAITING_PARENT))
        function, _, child = await first_line(process)
        assert process.pid == function
        process.kill()
        assert await process.exit_code == -signal.SIGKILL
        return [function, child]

    wait_until_gone(stage.play(story))


def test_children_that_a_function_leaves_behind_end_with_it(
    stage: Stage, tmp_path: Path, wait_until_gone: WaitUntilGone
) -> None:
    exit_code, output = stage.run(python(tmp_path, PARENT))
    assert exit_code == 0
    wait_until_gone(int(word) for word in output.split())


def test_no_function_that_has_ended_stays_as_a_zombie(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> None:
        for _ in range(5):
            await to_the_end(servers.launch, python(tmp_path, "pass"))
        assert (await server_of(servers)).children() == []

    stage.play(story)


def test_the_server_has_one_thread_and_no_file_of_a_function_that_has_ended(stage: Stage, tmp_path: Path) -> None:
    async def story(servers: ForkServers) -> None:
        for _ in range(3):
            await to_the_end(servers.launch, python(tmp_path, "pass"))
        server = await server_of(servers)
        assert server.num_threads() == 1
        for attempt in Retrying(stop=stop_after_delay(10), wait=wait_fixed(0.01), reraise=True):
            with attempt:  # the exit code is told before the last file is closed
                assert server.num_fds() == 3

    stage.play(story)


def test_a_killed_server_takes_its_functions_along_and_the_next_one_has_a_new_server(
    tmp_path: Path, wait_until_gone: WaitUntilGone
) -> None:
    async def story(servers: ForkServers) -> list[int]:
        process = await servers.launch(python(tmp_path / "first", WAITING_PARENT))
        pids = await first_line(process)
        (await server_of(servers)).kill()
        assert await process.exit_code == -signal.SIGKILL
        programs = [python(tmp_path / "second", IS_FORK)] * 3
        outcomes = await asyncio.gather(*(to_the_end(servers.launch, program) for program in programs))
        assert outcomes == [(0, "True\n")] * 3
        assert (await server_of(servers)).pid not in pids
        return pids

    wait_until_gone(play_alone(story))


def test_a_server_without_forks_ends_and_the_next_function_has_a_new_one(
    tmp_path: Path, wait_until_gone: WaitUntilGone
) -> None:
    async def story(servers: ForkServers) -> None:
        program = python(tmp_path, IS_FORK)
        await to_the_end(servers.launch, program)
        wait_until_gone([(await server_of(servers)).pid])
        assert await to_the_end(servers.launch, program) == (0, "True\n")

    play_alone(story, idle_s=0.05)


def test_a_server_that_is_stuck_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(servers: ForkServers) -> None:
        program = python(tmp_path, IS_FORK)
        await to_the_end(servers.launch, program)
        (await server_of(servers)).suspend()
        with monkeypatch.context() as hasty:
            hasty.setattr(launching, "PATIENCE_S", 5)
            assert await to_the_end(servers.launch, program) == (0, "True\n")

    play_alone(story)


def test_an_interpreter_that_cannot_serve_still_runs_functions(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    interpreter = tmp_path / "python"
    interpreter.write_text(f'#!/bin/sh\n[ "$3" = app ] || exit 3\nexec {sys.executable} "$@"\n')
    interpreter.chmod(0o755)
    program = python(tmp_path / "function", "print('ran')")
    command = (str(interpreter), *program.command[1:])
    assert stage.run(dataclasses.replace(program, command=command)) == (0, "ran\n")
    assert f"{interpreter} cannot fork functions" in caplog.text


def test_a_directory_or_an_interpreter_that_is_missing_is_told_as_without_a_server(
    stage: Stage, tmp_path: Path
) -> None:
    program = python(tmp_path, "pass")
    with pytest.raises(FileNotFoundError):
        stage.run(dataclasses.replace(program, directory=tmp_path / "gone"))
    outcome = stage.run(dataclasses.replace(program, command=("/no/such/python", *program.command[1:])))
    assert outcome == (127, "/no/such/python: No such file or directory\n")


def test_everything_ends_when_its_owner_is_killed(tmp_path: Path, wait_until_gone: WaitUntilGone) -> None:
    python(tmp_path, WAITING_PARENT)
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

"""The process that a pid file names is taken for the cloud only when it is the cloud."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest
from local_cloud.cloud_process import listener, record, running_cloud
from local_cloud.home import Home, RunFolder
from local_cloud.steps import Steps
from local_cloud.stopping import stop
from rich.console import Console

LOOKS_LIKE_LOCALSTACK = "import sys; print(flush=True); sys.stdin.read()"


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    folder = Home(tmp_path).run_folder(1)  # nobody listens on port 1
    folder.path.mkdir(parents=True)
    return folder


@contextmanager
def python_that_runs_localstack_in(folder: Path, modules: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python -P -m localstack.runtime.main` with a module of that name that only waits."""
    module = modules / "localstack" / "runtime" / "main.py"
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(LOOKS_LIKE_LOCALSTACK)
    command = [sys.executable, "-P", "-m", "localstack.runtime.main"]
    environment = {**os.environ, "PYTHONPATH": str(modules)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_the_recorded_cloud_is_found(run: RunFolder, tmp_path: Path) -> None:
    with python_that_runs_localstack_in(run.path, tmp_path / "modules") as process:
        record(run, process.pid)
        found = running_cloud(run)
        assert found is not None
        assert found.pid == process.pid


def test_a_stranger_with_the_recorded_number_is_neither_the_cloud_nor_stopped(run: RunFolder) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        record(run, stranger.pid)
        assert running_cloud(run) is None
        assert stop(run, Steps(Console(quiet=True))) is False
        assert psutil.Process(stranger.pid).is_running()
        assert stranger.poll() is None


def test_the_cloud_of_another_folder_with_the_recorded_number_is_a_stranger(run: RunFolder, tmp_path: Path) -> None:
    with python_that_runs_localstack_in(tmp_path, tmp_path / "modules") as process:
        record(run, process.pid)
        assert running_cloud(run) is None


@pytest.mark.parametrize("text", ["", "12x", "999999999"])
def test_a_pid_file_that_is_empty_broken_or_of_a_dead_process_means_not_running(run: RunFolder, text: str) -> None:
    run.pid_file.write_text(text)
    assert running_cloud(run) is None


def test_who_listens_is_found_where_only_root_may_ask_for_all_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.net_connections", Mock(side_effect=psutil.AccessDenied))
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert listener(port) == psutil.Process()
    assert listener(port) is None


def test_a_cloud_that_was_never_started_does_not_run(run: RunFolder) -> None:
    assert running_cloud(run) is None

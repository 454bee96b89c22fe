"""What the user sees where no LocalStack is needed: help, exit codes, one line for each thing that is wrong."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from local_cloud.cli import NOT_RUNNING, main
from local_cloud.free_port import free_port
from local_cloud.home import Home
from local_cloud.installation import Installation, TableEngine


def run(*arguments: str, home: Path | None = None) -> tuple[int, str]:
    """Return the exit code and all that was printed."""
    options = ["--home", str(home)] if home else []
    result = CliRunner().invoke(main, [*arguments, *options])
    return result.exit_code, result.output


def installed_in(folder: Path) -> Installation:
    """An installation of which nothing is there."""
    return Installation(folder, folder, tables_in(folder))


def tables_in(folder: Path) -> TableEngine:
    """A table engine that is not there."""
    return TableEngine("dynoxide", folder)


@pytest.fixture
def unused_port() -> int:
    return free_port()


COMMANDS = ["install", "carry", "start", "stop", "status", "run", "logs", "watch"]


@pytest.mark.parametrize("command", [[], *([one] for one in COMMANDS)])
def test_every_command_has_help(command: list[str]) -> None:
    code, text = run(*command, "--help")
    assert code == 0
    assert "Options:" in text


def test_a_folder_that_is_no_project_is_not_watched(tmp_path: Path, unused_port: int) -> None:
    code, text = run("watch", str(tmp_path), "--port", str(unused_port), home=tmp_path)
    assert code == 1
    assert "is no Chalice project" in text


def test_the_port_and_the_home_can_be_given_by_environment_variables() -> None:
    _, text = run("start", "--help")
    assert "LOCALSTACK_PORT" in text
    assert "LOCAL_CLOUD_HOME" in text


def test_the_status_of_a_cloud_that_does_not_run_has_its_own_exit_code(tmp_path: Path, unused_port: int) -> None:
    code, text = run("status", "--port", str(unused_port), home=tmp_path)
    assert code == NOT_RUNNING
    assert text == f"No local cloud runs on port {unused_port}.\n"


def test_the_status_names_the_ports_on_which_clouds_run(
    tmp_path: Path, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, idle = Home(tmp_path).run_folder(14566), Home(tmp_path).run_folder(14567)
    for folder in (running, idle):
        folder.path.mkdir(parents=True)
    monkeypatch.setattr("local_cloud.cloud_process.running_cloud", lambda run: run.port == running.port or None)
    code, text = run("status", "--port", str(unused_port), home=tmp_path)
    assert code == NOT_RUNNING
    assert text.startswith(f"No local cloud runs on port {unused_port}. On other ports: 14566 (")


def test_the_status_of_a_cloud_that_does_not_run_is_null_in_json(tmp_path: Path, unused_port: int) -> None:
    code, text = run("status", "--json", "--port", str(unused_port), home=tmp_path)
    assert code == NOT_RUNNING
    assert json.loads(text) is None


def test_stopping_what_does_not_run_says_so_and_is_no_failure(tmp_path: Path, unused_port: int) -> None:
    code, text = run("stop", "--port", str(unused_port), home=tmp_path)
    assert code == 0
    assert text == f"No local cloud runs on port {unused_port}.\n"


def test_the_log_of_a_cloud_that_was_never_started_is_one_line_and_a_failure(tmp_path: Path, unused_port: int) -> None:
    code, text = run("logs", "--port", str(unused_port), home=tmp_path)
    assert code == 1
    assert "never started" in text
    assert text.count("\n") == 1


def test_a_port_that_someone_else_has_is_refused_in_one_line_that_names_them(tmp_path: Path) -> None:
    with socket.socket() as someone:
        someone.bind(("127.0.0.1", 0))
        someone.listen()
        port = someone.getsockname()[1]
        code, text = run("start", "--port", str(port), home=tmp_path)
    assert code == 1
    assert f"Port {port} is taken by {psutil.Process().name()} (process {os.getpid()})" in text
    assert "--port or LOCALSTACK_PORT" in text
    assert text.count("\n") == 1


def test_who_has_the_port_may_end_before_being_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        gone = psutil.Process(ended.pid)
    monkeypatch.setattr("local_cloud.cloud_process.listener", lambda _: gone)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code, text = run("start", "--port", str(port), home=tmp_path)
    assert code == 1
    assert text.startswith(f"Error: Port {port} is taken: end that, ")


def test_an_old_python_is_refused_before_anything_is_installed(
    tmp_path: Path, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.version_info", (3, 12, 0))
    code, text = run("start", "--port", str(unused_port), home=tmp_path)
    assert code == 1
    assert "Python 3.12 is too old" in text
    assert not list(tmp_path.iterdir())


def test_further_runtimes_of_another_form_are_told_before_anything_is_installed(
    tmp_path: Path, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCAL_CLOUD_FUNCTION_RUNTIMES", "python3.12=/bin/python")
    monkeypatch.setattr("local_cloud.starting.install", None)
    code, text = run("start", "--port", str(unused_port), home=tmp_path)
    assert code == 1
    assert text.startswith("Error: LOCAL_CLOUD_FUNCTION_RUNTIMES is not JSON")
    assert text.count("\n") == 1


def test_without_a_network_an_installation_fails_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "no cache"))
    code, text = run("install", home=tmp_path)
    assert code == 1
    assert text.splitlines()[-1].startswith("Error: Could not install LocalStack's packages: ")


def test_when_localstack_dies_at_once_its_last_words_are_the_reason(
    tmp_path: Path, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "environment" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho 'ERROR: no cbor2'\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(
        "local_cloud.starting.install", lambda *_: Installation(python, python, TableEngine("dynoxide", tmp_path))
    )
    code, text = run("start", "--port", str(unused_port), home=tmp_path)
    assert code == 1
    assert "LocalStack ended at once: no cbor2" in text
    assert str(Home(tmp_path).run_folder(unused_port).log) in text.replace("\n", "")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        *((command, "localstack.pid") for command in ("start", "stop", "status", "run")),
        *((command, "lock") for command in ("start", "stop")),
        *((command, "localstack.log") for command in ("start", "logs")),
        ("start", "tables.log"),
    ],
)
def test_a_folder_in_the_place_of_one_of_the_clouds_files_is_named_in_one_line(
    tmp_path: Path, unused_port: int, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    monkeypatch.setattr("local_cloud.starting.install", lambda *_: installed_in(tmp_path))
    folder = Home(tmp_path).run_folder(unused_port).path / name
    folder.mkdir(parents=True)
    folder.parent.chmod(0o700)
    code, text = run(command, "--port", str(unused_port), "--home", str(tmp_path), *(["true"] * (command == "run")))
    assert code in {1, 125}
    assert text == f"Error: {folder} cannot be used as a file: Is a directory. Move it away.\n"


def test_a_link_in_the_place_of_the_clouds_root_is_named_in_one_line(
    tmp_path: Path, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local_cloud.starting.install", lambda *_: installed_in(tmp_path))
    root = Home(tmp_path).run_folder(unused_port).filesystem
    root.parent.mkdir(parents=True)
    root.symlink_to(tmp_path)
    code, text = run("start", "--port", str(unused_port), home=tmp_path)
    assert code == 1
    assert text == f"Error: {root} is a link, and where it leads nothing is removed: remove the link.\n"


@pytest.fixture
def silent_cloud(unused_port: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Give the port of a cloud that runs, as far as its process tells, and does not answer."""
    monkeypatch.setattr("local_cloud.status.running_cloud", lambda _: psutil.Process())
    return unused_port


def test_the_status_says_that_a_cloud_does_not_answer(tmp_path: Path, silent_cloud: int) -> None:
    code, text = run("status", "--port", str(silent_cloud), home=tmp_path)
    rows = dict(line.split(maxsplit=1) for line in text.splitlines() if line.startswith(("answers", "services", "pat")))
    assert code == 0
    assert {name: value.strip() for name, value in rows.items()} == {"answers": "no, see the log"}


def test_so_does_the_status_in_json(tmp_path: Path, silent_cloud: int) -> None:
    _, text = run("status", "--json", "--port", str(silent_cloud), home=tmp_path)
    status = json.loads(text)
    assert (status["answers"], status["services"], status["patches"]) == (False, [], [])


def test_a_command_imports_no_client_of_more_comfort_than_it_needs() -> None:
    program = "import sys, local_cloud.cli; print('httpx' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"

"""Starting: once, twice, at the same time, side by side, interrupted, and wherever the folder lies."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from local_cloud.cloud_process import running_cloud
from local_cloud.home import Home, RunFolder
from local_cloud.testing import HEARS_CTRL_C, Cloud, Launcher
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed


def answers(endpoint_url: str) -> bool:
    return httpx.get(f"{endpoint_url}/_localstack/health", timeout=60).status_code == 200


def test_a_started_cloud_answers_and_starting_it_again_changes_nothing(fresh_cloud: Cloud, launcher: Launcher) -> None:
    port = str(fresh_cloud.port)
    again = launcher.run("start", "--port", port)
    assert again.returncode == 0
    assert "runs already" in again.stdout
    assert launcher.cloud(int(port)).pid == fresh_cloud.pid
    assert answers(fresh_cloud.endpoint_url)


def test_git_leaves_alone_what_lies_in_a_projects_folder(cloud: Cloud, launcher: Launcher) -> None:
    assert cloud.log.is_relative_to(launcher.home)
    assert (launcher.home / ".gitignore").read_text() == "*\n"


def test_two_starts_at_the_same_time_give_one_cloud(launcher: Launcher, free_cloud_port: int) -> None:
    command = launcher.command("start", "--port", str(free_cloud_port))
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = "".join(process.communicate()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert "is ready" in told
    assert "runs already" in told
    assert told.count(f"process {launcher.cloud(free_cloud_port).pid}") == 2


def test_a_second_cloud_runs_beside_the_first_from_the_same_home(
    cloud: Cloud, fresh_cloud: Cloud, launcher: Launcher
) -> None:
    fresh_cloud.client("sqs").create_queue(QueueName="only-here")
    assert "QueueUrls" not in cloud.client("sqs").list_queues(QueueNamePrefix="only-here")
    assert launcher.cloud(cloud.port).pid == cloud.pid


def test_an_interrupted_start_leaves_no_process(launcher: Launcher, free_cloud_port: int) -> None:
    run = Home(launcher.home).run_folder(free_cloud_port)
    command = [*HEARS_CTRL_C, *launcher.command("start", "--port", str(free_cloud_port))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as starting:
        process = _when_recorded(run)
        starting.send_signal(signal.SIGINT)
        assert starting.wait() != 0
    assert not process.is_running()


def test_a_start_that_was_killed_is_finished_by_the_next(launcher: Launcher, free_cloud_port: int) -> None:
    run = Home(launcher.home).run_folder(free_cloud_port)
    with subprocess.Popen(
        launcher.command("start", "--port", str(free_cloud_port)), stdout=subprocess.DEVNULL
    ) as first:
        process = _when_recorded(run)
        first.kill()
    second = launcher.run("start", "--port", str(free_cloud_port))
    assert second.returncode == 0
    assert launcher.cloud(free_cloud_port).pid == process.pid


@pytest.fixture
def home_with_blanks(launcher: Launcher, tmp_path: Path) -> Iterator[Path]:
    """Give a home whose path has blanks and to which everything is installed already."""
    home = tmp_path / "my own cloud"
    home.mkdir()
    for shared in ("environments", "dynoxide", "dynamodb-local"):
        if (launcher.home / shared).exists():
            (home / shared).symlink_to(launcher.home / shared)
    yield home
    for run in (home / "run").iterdir():
        launcher.run("stop", "--port", run.name, home=home)
    shutil.rmtree(home)


def test_a_relative_home_with_blanks_is_the_same_as_the_absolute_one(
    cloud: Cloud,  # so that the launcher's home is complete
    launcher: Launcher,
    home_with_blanks: Path,
    free_cloud_port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    monkeypatch.chdir(home_with_blanks.parent)
    started = launcher.run("start", "--port", str(free_cloud_port), home=Path("my own cloud"))
    assert started.returncode == 0, started.stderr
    found = launcher.cloud(free_cloud_port, home=home_with_blanks)
    assert found.pid != cloud.pid
    found.client("dynamodb").list_tables()
    assert answers(found.endpoint_url)


@retry(retry=retry_if_exception_type(AssertionError), wait=wait_fixed(0.02), stop=stop_after_delay(60))
def _when_recorded(run: RunFolder) -> psutil.Process:
    process = running_cloud(run)
    assert process is not None
    assert run.pid_file.exists()
    assert run.pid_file.read_text() == f"{process.pid}\n"
    return process


def test_nothing_of_the_users_aws_settings_is_in_localstacks_environment(
    launcher: Launcher, free_cloud_port: int
) -> None:
    started = launcher.run("start", "--port", str(free_cloud_port), AWS_PROFILE="of-my-employer")
    assert started.returncode == 0, started.stderr
    environment = psutil.Process(launcher.cloud(free_cloud_port).pid).environ()
    assert "AWS_PROFILE" not in environment
    assert not Path(environment["HOME"], ".aws").exists()

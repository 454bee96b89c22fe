"""A cloud of a test session ends with the session, also when that was killed."""

import fcntl
import subprocess
import sys
from pathlib import Path
from typing import IO
from unittest.mock import Mock

import pytest
from local_cloud.cloud_process import running_cloud
from local_cloud.home import Home
from local_cloud.owned_clouds import owned_port, stop_orphans
from local_cloud.testing import Launcher

# Starts a cloud of its own and is killed before it can stop it.
KILLED_OWNER = """
import os, signal, sys
from pathlib import Path
from local_cloud.home import Home
from local_cloud.owned_clouds import owned_port
from local_cloud.testing import Launcher

with owned_port(Home(Path(sys.argv[1]))) as port:
    print(Launcher(Path(sys.argv[1])).start(port).port, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def home(launcher: Launcher) -> Home:
    return Home(launcher.home)


@pytest.mark.cloud
def test_an_owned_cloud_ends_with_its_owners_work(home: Home, launcher: Launcher) -> None:
    with owned_port(home) as port:
        run = home.run_folder(port)
        launcher.start(port)
        stop_orphans(home)
        assert running_cloud(run) is not None, "its owner lives"
    assert running_cloud(run) is None
    assert not run.path.exists()


@pytest.mark.cloud
def test_the_cloud_of_an_owner_that_was_killed_is_stopped_by_the_next_one(home: Home) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_OWNER, str(home.path)], capture_output=True, text=True, check=False
    )
    run = home.run_folder(int(killed.stdout))
    assert running_cloud(run) is not None
    with owned_port(home):
        assert running_cloud(run) is None
        assert not run.path.exists()


def test_two_owners_never_have_the_same_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local_cloud.owned_clouds.free_port", Mock(side_effect=[1, 1, 2]))
    with owned_port(Home(tmp_path)) as first, owned_port(Home(tmp_path)) as second:
        assert (first, second) == (1, 2)


def test_a_folder_that_was_taken_for_an_orphans_before_it_was_locked_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, lock = Home(tmp_path), fcntl.flock

    def lock_what_is_gone(file: IO[str], how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", lock)
        (home.run_folder(1).path / "owner").unlink()
        lock(file, how)

    monkeypatch.setattr("local_cloud.owned_clouds.free_port", Mock(side_effect=[1, 2]))
    monkeypatch.setattr(fcntl, "flock", lock_what_is_gone)
    with owned_port(home) as port:
        assert port == 2


def test_a_log_is_kept_where_it_may_tell_what_went_wrong(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with owned_port(home, keep_log=lambda: True) as port:
        home.run_folder(port).log.write_text("what went wrong")
    assert home.run_folder(port).log.read_text() == "what went wrong"

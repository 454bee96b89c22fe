"""What a killed cloud left is removed, and nothing of one that runs, starts or stops."""

import os
from pathlib import Path

import psutil
import pytest
from local_cloud.errors import LocalCloudError
from local_cloud.file_lock import exclusive_lock, lock_if_free
from local_cloud.home import Home, RunFolder
from local_cloud.leftovers import remove_leftovers


@pytest.fixture
def left(tmp_path: Path) -> RunFolder:
    """Give the run folder of a cloud of which only files are left."""
    run = Home(tmp_path).run_folder(1)  # nobody listens on port 1
    (run.temporary / "lambda").mkdir(parents=True)
    run.path.chmod(0o755)
    run.log.touch()
    return run


def test_files_of_a_cloud_that_is_gone_are_removed_and_its_log_stays(tmp_path: Path, left: RunFolder) -> None:
    remove_leftovers(Home(tmp_path))
    assert not left.filesystem.exists()
    assert left.log.exists()


def test_a_cloud_that_is_being_started_or_stopped_keeps_its_files(tmp_path: Path, left: RunFolder) -> None:
    with exclusive_lock(left.lock, lambda: None):
        remove_leftovers(Home(tmp_path))
    assert left.filesystem.exists()


def test_a_cloud_that_runs_keeps_its_files(tmp_path: Path, left: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local_cloud.leftovers.running_cloud", lambda run: psutil.Process(os.getpid()))
    remove_leftovers(Home(tmp_path))
    assert left.filesystem.exists()


def test_a_run_folder_that_others_may_write_to_stops_the_start(tmp_path: Path, left: RunFolder) -> None:
    left.path.chmod(0o777)
    with pytest.raises(LocalCloudError, match=str(left.path)):
        remove_leftovers(Home(tmp_path))
    assert left.filesystem.exists()


def test_a_lock_that_another_holds_is_not_waited_for(tmp_path: Path) -> None:
    with lock_if_free(tmp_path / "lock") as first, lock_if_free(tmp_path / "lock") as second:
        assert [first, second] == [True, False]
    with lock_if_free(tmp_path / "lock") as again:
        assert again

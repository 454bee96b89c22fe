"""A project is followed by one watch, and not by two that undo each other's work."""

from pathlib import Path

import pytest
from local_cloud.errors import LocalCloudError
from local_cloud.home import Home
from local_cloud.watching.start import follow_project, only_watch_of


def test_a_project_that_is_watched_already_is_left_to_whoever_watches_it(tmp_path: Path) -> None:
    run, said = Home(tmp_path / "home").run_folder(4566), list[str]()
    with (
        only_watch_of(tmp_path, run),
        pytest.raises(LocalCloudError, match="is watched already"),
    ):
        follow_project(tmp_path, "dev", run, "us-east-1", said.append)
    assert said == []
    with only_watch_of(tmp_path, run):
        pass  # the lock ends with its holder


def test_the_run_folder_that_a_watch_makes_is_its_users_alone(tmp_path: Path) -> None:
    run = Home(tmp_path / "home").run_folder(4566)
    with only_watch_of(tmp_path, run):
        assert run.path.stat().st_mode & 0o777 == 0o700


def test_another_project_and_another_cloud_are_watched_beside_it(tmp_path: Path) -> None:
    home, other = Home(tmp_path / "home"), tmp_path / "other"
    with (
        only_watch_of(tmp_path, home.run_folder(4566)),
        only_watch_of(other, home.run_folder(4566)),
        only_watch_of(tmp_path, home.run_folder(4567)),
    ):
        pass

"""Every way of saving is seen, and what comes at once is one."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_cloud.watching.saves import Watched, is_remote, saves


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "app.py").write_text("1\n")
    (tmp_path / "node_modules").mkdir()
    return tmp_path


@pytest.fixture
def batches(project: Path) -> Iterator[frozenset[Path]]:
    found = saves(Watched([project], [project / "lib", project / "later"], lambda path: path.suffix != ".swp"))
    assert next(found) == frozenset()  # it is watched now
    return found


def seen(batches: Iterator[frozenset[Path]], wanted: set[Path]) -> None:
    """Wait until all of these were saved; a test that waits in vain is ended by its runner."""
    left = set(wanted)
    while left:
        left -= next(batches)


def test_a_file_that_is_written_in_its_place_is_seen(project: Path, batches: Iterator[frozenset[Path]]) -> None:
    (project / "app.py").write_text("2\n")
    seen(batches, {project / "app.py"})


def test_a_file_that_another_one_is_renamed_to_is_seen_each_time(
    project: Path, batches: Iterator[frozenset[Path]]
) -> None:
    for text in ("2\n", "3\n"):
        (project / "app.py.swp").write_text(text)
        os.replace(project / "app.py.swp", project / "app.py")  # as editors do
        seen(batches, {project / "app.py"})


def test_many_files_at_once_are_seen(project: Path, batches: Iterator[frozenset[Path]]) -> None:
    files = {project / "lib" / f"{number}.py" for number in range(200)}
    for file in files:
        file.write_text("")
    seen(batches, files)


def test_what_is_saved_in_a_folder_that_comes_later_is_seen(project: Path, batches: Iterator[frozenset[Path]]) -> None:
    (project / "later" / "below").mkdir(parents=True)
    (project / "later" / "below" / "new.py").write_text("")
    seen(batches, {project / "later" / "below" / "new.py"})
    (project / "later" / "below" / "newer.py").write_text("")
    seen(batches, {project / "later" / "below" / "newer.py"})


def test_a_folder_that_goes_is_no_end(project: Path, batches: Iterator[frozenset[Path]]) -> None:
    subprocess.run(["rm", "-r", project / "lib"], check=True)  # as git checkout does
    (project / "app.py").write_text("2\n")
    seen(batches, {project / "app.py"})


def test_what_does_not_count_is_not_given(project: Path, batches: Iterator[frozenset[Path]]) -> None:
    (project / "lib" / "x.swp").write_text("")
    (project / "node_modules" / "x.py").write_text("")
    (project / "lib" / "x.py").write_text("")
    assert next(filter(None, batches)) == {project / "lib" / "x.py"}


def test_folders_of_other_machines_are_looked_at_since_their_saves_are_not_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Part:
        mountpoint, fstype = str(tmp_path), "9p"

    assert not is_remote(tmp_path)
    monkeypatch.setattr("psutil.disk_partitions", lambda **_: [Part])
    assert is_remote(tmp_path)

"""What can be told of a state without reading it."""

import os
import time
from pathlib import Path

import pytest
from local_cloud.kept_state import KeptState, kept_state


def test_an_empty_or_missing_folder_keeps_nothing(tmp_path: Path) -> None:
    assert kept_state(tmp_path) is None
    assert kept_state(tmp_path / "missing") is None


def test_it_is_as_large_as_all_its_files_and_as_old_as_the_newest(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for name, size, age in (("sqs.pickle", 10, 500), ("tables/a.db", 20, 50)):
        (tmp_path / name).write_bytes(b"x" * size)
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    found = kept_state(tmp_path)
    assert found is not None
    assert found.size_bytes == 30
    assert 50 <= found.age_s < 500


@pytest.mark.parametrize(
    ("age_s", "told"),
    [(0.0, "0 s"), (119.0, "119 s"), (120.0, "2 minutes"), (7200.0, "2 hours"), (200_000.0, "2 days")],
)
def test_its_age_is_told_as_people_say_it(age_s: float, told: str) -> None:
    assert str(KeptState(3 * 2**20, age_s)) == f"3.0 MiB, written {told} ago"

"""An environment is there whole or not at all, whatever happened to the one who built it."""

import subprocess
import sys
from pathlib import Path

import pytest
from local_cloud import own_package
from local_cloud.errors import LocalCloudError
from local_cloud.locked_environment import LockedEnvironment, complaint, ensure_environment
from local_cloud.steps import Steps
from rich.console import Console

LOCKS = Path(own_package.__file__).parent / "requirements"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "empty.txt"
    path.write_text("# Nothing is locked, so that no registry is asked.\n")
    return path


def ensure(wanted: LockedEnvironment, environments: Path) -> Path:
    return ensure_environment(wanted, environments, Steps(Console(quiet=True)), "Building")


def test_the_same_lock_gives_the_same_name_and_another_lock_another(tmp_path: Path, lock: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("click==8.1.8\n")
    assert LockedEnvironment("x", lock).folder_name == LockedEnvironment("x", lock).folder_name
    assert LockedEnvironment("x", lock).folder_name != LockedEnvironment("x", other).folder_name
    assert LockedEnvironment("x", lock).folder_name != LockedEnvironment("x", lock, depends_on="y").folder_name


def test_an_environment_that_is_there_is_not_touched(tmp_path: Path, lock: Path) -> None:
    finished: list[Path] = []
    wanted = LockedEnvironment("x", lock, finish=finished.append)
    assert ensure(wanted, tmp_path) == ensure(wanted, tmp_path)
    assert len(finished) == 1


def test_the_environment_works_after_it_got_its_final_name(tmp_path: Path, lock: Path) -> None:
    python = ensure(LockedEnvironment("x", lock), tmp_path / "with blanks")
    answer = subprocess.run([python, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == str(python.parents[1])


def test_a_build_that_failed_leaves_no_environment_and_the_next_one_does_it(tmp_path: Path, lock: Path) -> None:
    def fail(_: Path) -> None:
        raise LocalCloudError("no network")

    with pytest.raises(LocalCloudError, match="no network"):
        ensure(LockedEnvironment("x", lock, finish=fail), tmp_path)
    assert not LockedEnvironment("x", lock).python_in(tmp_path).exists()
    assert ensure(LockedEnvironment("x", lock), tmp_path).exists()


def test_a_build_that_was_killed_is_done_over_by_the_next(tmp_path: Path, lock: Path) -> None:
    killed = f"""
import os, signal
from pathlib import Path
from rich.console import Console
from local_cloud.locked_environment import LockedEnvironment, ensure_environment
from local_cloud.steps import Steps
wanted = LockedEnvironment("x", Path({str(lock)!r}), finish=lambda _: os.kill(os.getpid(), signal.SIGKILL))
ensure_environment(wanted, Path({str(tmp_path)!r}), Steps(Console()), "Building")
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False, capture_output=True).returncode == -9
    assert not LockedEnvironment("x", lock).python_in(tmp_path).exists()
    assert ensure(LockedEnvironment("x", lock), tmp_path).exists()
    assert not list(tmp_path.glob("building-*"))


def test_an_environment_whose_python_was_removed_is_built_anew(tmp_path: Path, lock: Path) -> None:
    python = ensure(LockedEnvironment("x", lock), tmp_path)
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    assert ensure(LockedEnvironment("x", lock), tmp_path).resolve().exists()


def test_a_package_that_cannot_be_had_is_named_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    with pytest.raises(LocalCloudError) as caught:
        ensure(LockedEnvironment("x", LOCKS / "function.txt"), tmp_path)
    assert "awslambdaric" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("error: Failed to fetch\n  Caused by: request failed\n  Caused by: dns error\n", "Failed to fetch: dns error"),
        (
            "error: No solution\n  cause: Because x is\n         missing\n\nhint: try\n",
            "No solution: Because x is missing",
        ),
        ("Traceback:\nImportError: no x\n", "ImportError: no x"),
        ("", "it gave no reason"),
    ],
)
def test_a_complaint_is_its_first_statement_and_its_last_cause(output: str, line: str) -> None:
    assert complaint(output) == line


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_lock_has_hashes_and_names_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text

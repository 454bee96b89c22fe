"""The first set-up where it cannot be done: one line that says what to do, and nothing half-made is left."""

import sys
from pathlib import Path

import pytest

from tests.unit.tools.checkout import Checkout, copied

NEEDED = (
    "tools/environment",
    "requirements/bootstrap.txt",
    "requirements/bar.txt",
    "requirements/dev.txt",
    "localstack/pyproject.toml",
    ".python-version",
)
NOWHERE = "http://127.0.0.1:9/simple"
# A real Python that takes itself for another version.
PRETENDING = """case "$1" in
  --version) echo "Python {version}" ;;
  *) exec {real} -c 'import sys; sys.version_info = ({numbers}, "final", 0); exec(sys.argv[1])' "$2" ;;
esac"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return copied(tmp_path, *NEEDED)


def python(checkout: Checkout, name: str, version: str) -> None:
    numbers = version.replace(".", ", ")
    checkout.program(name, PRETENDING.format(version=version, real=sys.executable, numbers=numbers))


@pytest.mark.parametrize("version", ["3.9.18", "3.12.9", "3.15.0"])
def test_a_python_that_the_locks_are_not_for_is_told_in_one_line(checkout: Checkout, version: str) -> None:
    before = checkout.left()
    python(checkout, "python3", version)
    done = checkout.run("environment")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout, checkout.left()) == (1, "", before)
    assert f"Python 3.13 or 3.14 is needed and Python {version} was found; install it" in line


def test_no_python_at_all_is_told_in_one_line(checkout: Checkout) -> None:
    done = checkout.run("environment")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, "no Python was found; install it" in line) == (1, True)


def test_an_environment_that_is_there_outlives_a_python_that_will_not_do(checkout: Checkout) -> None:
    (checkout.root / ".venv").mkdir()
    python(checkout, "python3", "3.9.18")
    assert checkout.run("environment").returncode == 1
    assert (checkout.root / ".venv").exists()


def test_python_3_13_is_taken_before_whatever_python3_is(checkout: Checkout) -> None:
    python(checkout, "python3", "3.14.0")
    checkout.program("python3.13", f'[ "$1" = -c ] && exec {sys.executable} "$@"; echo it was python3.13 >&2; exit 1')
    assert checkout.run("environment").returncode == 1
    assert (checkout.root / ".local/setup.log").read_text() == "it was python3.13\n"


def test_downloads_that_are_impossible_are_told_in_one_line(checkout: Checkout) -> None:
    checkout.program("python3.13", f'exec {sys.executable} "$@"')
    before = checkout.left()
    done = checkout.run("environment", PIP_INDEX_URL=NOWHERE, PIP_RETRIES="1", PIP_CONFIG_FILE="/dev/null")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, checkout.left() - before) == (1, {".local"})  # where the log is
    assert "the installer could not be downloaded; this first set-up needs a network" in line
    assert ".local/setup.log says why" in line
    assert "Connection refused" in (checkout.root / ".local/setup.log").read_text()


def test_what_was_carried_here_and_does_not_fit_is_told_so(checkout: Checkout) -> None:
    checkout.program("python3.13", f'exec {sys.executable} "$@"')
    (checkout.root / "carried/packages").mkdir(parents=True)
    done = checkout.run("environment", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(checkout.root / "carried/packages"))
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert "what lies in carried/ is not for this machine or this Python (.local/setup.log says why)" in line

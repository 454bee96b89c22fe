"""The text's set-up: what is built needs nothing more; a failure is one line that says where the installer has many."""

import shutil
from pathlib import Path

from tests.unit.tools.checkout import WRITES_FOLDERS, copied, write_program

SOURCES = ("requirements/text.txt", "docs/workshop/README.md", "workshop/text/conf.py")


def test_downloads_that_are_impossible_are_told_in_one_line(tmp_path: Path) -> None:
    checkout = copied(tmp_path, "tools/text", *SOURCES)
    checkout.sphinx(WRITES_FOLDERS)
    write_program(checkout.root / ".venv/bin/uv", "echo 'error: no route to anywhere' >&2; exit 2")
    done = checkout.run("text")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line) == (
        1,
        "text: it could not be downloaded; this first set-up needs a network (.local/setup.log says why)",
    )
    assert "no route" in (checkout.root / ".local/setup.log").read_text()


def test_a_text_that_is_built_needs_neither_what_builds_it_nor_a_network(tmp_path: Path) -> None:
    """As it comes in a bundle."""
    checkout = copied(tmp_path, "tools/text", *SOURCES)
    checkout.sphinx(WRITES_FOLDERS)
    first = checkout.run("text")
    assert (first.returncode, (checkout.root / ".local/text/en").is_dir()) == (0, True), first.stderr
    shutil.rmtree(checkout.root / ".local/sphinx")
    write_program(checkout.root / ".venv/bin/uv", "exit 2")
    again = checkout.run("text")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert not (checkout.root / ".local/sphinx").exists()

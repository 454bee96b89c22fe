"""The text's set-up where nothing can be downloaded: one line, and the installer's many are where that line says."""

from pathlib import Path

from tests.unit.tools.checkout import copied, write_program


def test_downloads_that_are_impossible_are_told_in_one_line(tmp_path: Path) -> None:
    checkout = copied(tmp_path, "tools/text", "requirements/text.txt")
    write_program(checkout.root / ".venv/bin/python", "exit 0")
    write_program(checkout.root / ".venv/bin/uv", "echo 'error: no route to anywhere' >&2; exit 2")
    done = checkout.run("text")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line) == (
        1,
        "text: it could not be downloaded; this first set-up needs a network (.local/setup.log says why)",
    )
    assert "no route" in (checkout.root / ".local/setup.log").read_text()

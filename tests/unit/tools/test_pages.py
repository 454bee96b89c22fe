"""The pages' set-up where npm cannot download: one line, and npm's many are where that line says."""

from pathlib import Path

from tests.unit.tools.checkout import copied

NPM = """case "$*" in
  --version) echo 11.0.0 ;;
  *) printf 'npm error code ECONNREFUSED\\nnpm error network and so on\\n' >&2; exit 1 ;;
esac"""


def test_downloads_that_are_impossible_are_told_in_one_line(tmp_path: Path) -> None:
    checkout = copied(tmp_path, "tools/pages", "frontend/package-lock.json")
    checkout.program("node", "exit 0")
    checkout.program("npm", NPM)
    done = checkout.run("pages")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line) == (
        1,
        "pages: npm could not install it; this first set-up needs a network (.local/setup.log says why)",
    )
    assert "npm error network" in (checkout.root / ".local/setup.log").read_text()

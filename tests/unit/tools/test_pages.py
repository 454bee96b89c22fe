"""The pages' set-up: built pages need nothing more, and a failure is one line that says where npm's many are."""

import shutil
from pathlib import Path

from tests.unit.tools.checkout import Checkout, copied

NPM = """case "$*" in
  --version) echo 11.0.0 ;;
  *) printf 'npm error code ECONNREFUSED\\nnpm error network and so on\\n' >&2; exit 1 ;;
esac"""
NPM_THAT_BUILDS = """case "$*" in
  --version) echo 11.0.0 ;;
  *ci*) mkdir -p frontend/node_modules ;;
  *build*) mkdir -p frontend/dist; exit 0 ;;
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


def built(checkout: Checkout) -> None:
    """Have the pages built once, by an npm that only writes what a build would leave."""
    checkout.program("node", "exit 0")
    checkout.program("npm", NPM_THAT_BUILDS)
    assert checkout.run("pages").returncode == 0


def test_pages_that_are_built_need_neither_node_nor_what_builds_them(tmp_path: Path) -> None:
    checkout = copied(tmp_path, "tools/pages", "frontend/package-lock.json")
    built(checkout)
    shutil.rmtree(checkout.root / "frontend/node_modules")
    (checkout.programs / "npm").unlink()
    (checkout.programs / "node").unlink()
    again = checkout.run("pages")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert checkout.run("pages", "built").returncode == 0


def test_pages_whose_source_was_changed_are_not_taken_for_built(tmp_path: Path) -> None:
    checkout = copied(tmp_path, "tools/pages", "frontend/package-lock.json")
    assert checkout.run("pages", "built").returncode == 1
    built(checkout)
    (checkout.root / "frontend/Page.vue").write_text("other")
    assert checkout.run("pages", "built").returncode == 1


def test_a_build_that_failed_leaves_nothing_that_is_taken_for_built(tmp_path: Path) -> None:
    checkout = copied(tmp_path, "tools/pages", "frontend/package-lock.json")
    built(checkout)
    (checkout.root / "frontend/Page.vue").write_text("with a mistake")
    checkout.program("npm", NPM_THAT_BUILDS.replace("exit 0", "exit 1"))
    assert checkout.run("pages").returncode == 1
    (checkout.root / "frontend/Page.vue").unlink()  # as it was, but half of another is in the folder
    assert checkout.run("pages", "built").returncode == 1


def test_what_they_are_made_of_is_told_by_name(tmp_path: Path) -> None:
    checkout = copied(tmp_path, "tools/pages", "frontend/package-lock.json", "frontend/index.html")
    built(checkout)
    told = checkout.run("pages", "sources").stdout.splitlines()
    assert sorted(told) == ["frontend/index.html", "frontend/package-lock.json"]

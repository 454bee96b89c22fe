"""What goes into a bundle: what git keeps, what was built of it, and packages; not what lies about."""

import subprocess
from pathlib import Path

import pytest

from bundle.carrying import carried_files, contents_of
from bundle.checkout import unknown_files, version
from deployer.problem import Problem
from tests.unit.tools.checkout import Checkout, copied
from tests.unit.tools.test_pages import built

SOURCES = ("docs/room.md", "docs/workshop/README.md", "frontend/package-lock.json", "requirements/text.txt")
TOOLS = ("tools/pages", "tools/text", "workshop/text/conf.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of git's with built pages; whether they are, and of what, its own tools say."""
    copy = copied(tmp_path, *SOURCES, *TOOLS)
    for name, text in {
        "README.md": "read me",
        ".gitignore": "/frontend/dist/\n/frontend/node_modules/\n.built-*\n.local/\n",
        "frontend/dist/index.html": "<h1>",
        ".local/text/en/README.html": "<h1>",
        ".local/text/.built-2": "",
        ".local/text/.read/environment.pickle": "the builder's own",
        "notes.txt": "mine",
    }.items():
        (copy.root / name).parent.mkdir(parents=True, exist_ok=True)
        (copy.root / name).write_text(text)
    built(copy)
    git(copy.root, "init", "--quiet")
    git(copy.root, "add", "README.md", ".gitignore", *SOURCES, *TOOLS)
    git(copy.root, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "first")
    return copy.root


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True)


def test_what_git_keeps_and_what_was_built_is_carried_with_its_stamps(checkout: Path) -> None:
    (stamp,) = (checkout / "frontend").glob(".built-*")
    assert [one.path for one in carried_files(checkout, [])] == sorted(
        [
            ".gitignore",
            ".local/text/.built-2",
            ".local/text/en/README.html",
            "README.md",
            f"frontend/{stamp.name}",
            "frontend/dist/index.html",
            *SOURCES,
            *TOOLS,
        ]
    )
    assert unknown_files(checkout) == ["notes.txt"]


def test_pages_that_are_not_built_as_their_source_is_now_are_told(checkout: Path) -> None:
    (checkout / SOURCES[2]).write_text("{}")
    with pytest.raises(Problem, match="Run make pages"):
        carried_files(checkout, [])


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize("name", ["frontend/src/New.vue", "docs/new.md", "docs/workshop/9.md", "workshop/text/new.css"])
def test_a_source_of_what_is_built_that_git_does_not_keep_is_refused_by_its_name(
    checkout: Path, name: str, ignored: bool
) -> None:
    """It would be missing beside what was built of it, which then seems to be of other sources."""
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("new")
    if ignored:  # by whoever makes the bundle, as their editor's files are
        (checkout / ".git/info/exclude").write_text(Path(name).name)
    with pytest.raises(Problem, match=f"git does not keep {name}, of which") as refusal:
        carried_files(checkout, [])
    assert "notes.txt" not in str(refusal.value)
    git(checkout, "add", "--force", name)
    built(Checkout(checkout, checkout.parent / "programs"))
    assert name in [one.path for one in carried_files(checkout, [])]


@pytest.mark.parametrize("name", ["docs/adr/9999-a-draft.md", "frontend/node_modules/any.js", "workshop/text/de.mo"])
def test_what_nothing_is_built_of_stops_no_bundle(checkout: Path, name: str) -> None:
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("new")
    assert name not in [one.path for one in carried_files(checkout, [])]


def test_the_version_says_whether_anything_was_changed_since(checkout: Path) -> None:
    committed = contents_of(checkout, carried_files(checkout, [])).version
    (checkout / "README.md").write_text("changed")
    assert version(checkout) == f"{committed}-changed"


def test_a_file_that_was_removed_is_not_carried(checkout: Path) -> None:
    (checkout / "README.md").unlink()
    assert "README.md" not in [one.path for one in carried_files(checkout, [])]


def test_an_unpacked_bundle_says_that_none_is_made_of_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(Problem, match="in a checkout of git's, not in an unpacked one"):
        version(tmp_path_factory.mktemp("unpacked"))

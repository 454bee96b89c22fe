"""What goes into a bundle: what git keeps, what was built of it, and packages; not what lies about."""

import subprocess
from pathlib import Path

import pytest

from bundle.carrying import carried_files, contents_of
from bundle.checkout import unknown_files, version
from deployer.problem import Problem


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of git's with built pages; whether they are, its own tool says."""
    for name, text in {
        "README.md": "read me",
        ".gitignore": "/frontend/dist/\n.built-*\n.local/\n",
        "tools/pages": "#!/bin/sh\n[ -e frontend/.built-1 ]\n",
        "frontend/dist/index.html": "<h1>",
        "frontend/.built-1": "",
        ".local/text/en/README.html": "<h1>",
        ".local/text/.built-2": "",
        ".local/text/.read/environment.pickle": "the builder's own",
        ".local/setup.log": "nobody's",
        "notes.txt": "mine",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "tools/pages").chmod(0o755)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "README.md", ".gitignore", "tools")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "first")
    return tmp_path


@pytest.fixture(autouse=True)
def at_the_checkout(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)  # the tool there is too short to go by itself


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True)


def test_what_git_keeps_and_what_was_built_is_carried_with_its_stamps(checkout: Path) -> None:
    assert [one.path for one in carried_files(checkout, [])] == [
        ".gitignore",
        ".local/text/.built-2",
        ".local/text/en/README.html",
        "README.md",
        "frontend/.built-1",
        "frontend/dist/index.html",
        "tools/pages",
    ]
    assert unknown_files(checkout) == ["notes.txt"]


def test_pages_that_are_not_built_as_their_source_is_now_are_told(checkout: Path) -> None:
    (checkout / "frontend/.built-1").unlink()
    with pytest.raises(Problem, match="Run make pages"):
        carried_files(checkout, [])


@pytest.mark.parametrize("name", ["frontend/src/New.vue", "docs/new.md", "docs/workshop/9.md", "workshop/text/new.css"])
def test_a_source_of_what_is_built_that_git_does_not_know_is_refused_by_its_name(checkout: Path, name: str) -> None:
    """It would be missing beside what was built of it, which then seems to be of other sources."""
    (checkout / name).parent.mkdir(parents=True)
    (checkout / name).write_text("new")
    with pytest.raises(Problem, match=f"git does not know {name}, of which") as refusal:
        carried_files(checkout, [])
    assert "notes.txt" not in str(refusal.value)
    git(checkout, "add", name)
    assert name in [one.path for one in carried_files(checkout, [])]


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

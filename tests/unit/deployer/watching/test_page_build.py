"""What Vite says of a build becomes a page in the bar, or a line for who saved it."""

import json
from pathlib import Path

import pytest

from deployer.overlay import NO_OVERLAY
from deployer.watching.command import deployed_overlay
from deployer.watching.page_build import PageBuild
from deployer.watching.parts import PAGE_SOURCES, PAGES_BUILT


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose `tools/pages` says what is in `said`, and then that all is built."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".local").mkdir()
    (tmp_path / PAGE_SOURCES).mkdir(parents=True)
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "pages").write_text("#!/bin/sh\ncat said\n")
    (tmp_path / "tools" / "pages").chmod(0o755)
    return tmp_path


def said_of(root: Path, *lines: str) -> list[str]:
    (root / "said").write_text("".join(f"{line}\n" for line in lines))
    told: list[str] = []
    build = PageBuild(root, told.append)
    build.begin()
    build.end()
    return told


def test_a_build_is_put_in(root: Path) -> None:
    assert said_of(root, '{"built": true}') == []
    assert (root / PAGES_BUILT).exists()


def test_a_mistake_is_told_by_its_line_and_nothing_is_put_in(root: Path) -> None:
    fault = {"file": str(root / "src" / "App.vue"), "line": 12, "what": "Element is missing end tag."}
    nowhere = {"what": "home loads 201 kB, and may load 200"}
    assert said_of(root, json.dumps(fault), json.dumps(nowhere)) == [
        "✗ src/App.vue:12: Element is missing end tag; the pages stay as they were",
        "✗ home loads 201 kB, and may load 200; the pages stay as they were",
    ]
    assert not (root / PAGES_BUILT).exists()


@pytest.mark.parametrize("line", ["npm: not found", "3", "[1]"])
def test_what_others_say_is_handed_on(root: Path, line: str) -> None:
    assert said_of(root, line) == [f"  {line}"]


def test_what_was_deployed_with_a_folder_is_followed_with_it_while_the_folder_is_there(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs.json"
    assert deployed_overlay(tmp_path, outputs) == NO_OVERLAY
    outputs.write_text('{"with": "my-bar"}')
    assert deployed_overlay(tmp_path, outputs) == NO_OVERLAY
    (tmp_path / "my-bar").mkdir()
    assert deployed_overlay(tmp_path, outputs).folder == (tmp_path / "my-bar").resolve()

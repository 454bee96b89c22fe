"""A learner's own page, as far as it is seen without a browser; and what is said where there is none."""

import sys
from pathlib import Path

import pytest

from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, tried_in
from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.checks.screen import browser_of_this_machine
from workshop.finding import CannotBeTried, Verdict
from workshop.learners_folder import LearnersFolder
from workshop.modules import module
from workshop.own_page import BEGINNING, FINISHED, FOLDER, INDEX, SCRIPT, page_after

SCREENS = module("4")
STEPS = (BEGINNING, *(step.name for step in SCREENS.steps))
SEEN_IN_THE_FILES = 3  # checks before the first for which the page is deployed


@pytest.fixture
def folder(tmp_path: Path) -> LearnersFolder:
    return LearnersFolder(tmp_path / "my-bar")


def test_no_file_of_the_finished_page_is_kept_from_the_learner() -> None:
    assert {f"{FOLDER}/{path.relative_to(FINISHED)}" for path in FINISHED.rglob("*")} == page_after(BEGINNING).keys()


@pytest.mark.parametrize("step", STEPS)
def test_no_step_shows_how_it_was_cut(step: str) -> None:
    assert [mark for mark in ("// learner", "// until then") if mark in page_after(step)[f"{FOLDER}/{SCRIPT}"]] == []


@pytest.mark.parametrize("step", STEPS)
def test_at_each_step_its_files_are_those_of_a_page(step: str, folder: LearnersFolder) -> None:
    folder.put(dict(page_after(step)))
    trial = tried_in(folder, SCREENS, None, no_pattern, no_cloud)
    assert [one.verdict for one in trial.results[: SEEN_IN_THE_FILES + 1]] == [
        *[Verdict.HOLDS] * SEEN_IN_THE_FILES,
        Verdict.FAILS,
    ]
    assert not trial.says_something  # there is no cloud, so it is not known whether the page works


@pytest.mark.parametrize(
    ("name", "wrong", "line", "told"),
    [
        (SCRIPT, "const at = 'http://localhost:4566/x'", 1, "http://localhost:4566/x is in mine.js"),
        (
            SCRIPT,
            "\nconst at = `wss://abc.execute-api.us-east-1.amazonaws.com/api`",
            2,
            "amazonaws.com/api is in mine.js",
        ),
        (INDEX, '<img src="file:///home/ana/cup.png" />', 1, "file:///home/ana/cup.png"),
        (SCRIPT, "document.body.outerHTML += name", 1, "outerHTML is written to"),
    ],
)
def test_what_no_page_of_the_bars_may_say_is_told_by_its_line(
    name: str, wrong: str, line: int, told: str, folder: LearnersFolder
) -> None:
    files = page_after("4-4")
    folder.put({**files, f"{FOLDER}/{name}": f"{wrong}\n{files[f'{FOLDER}/{name}']}"})
    finding = finding_of(tried_in(folder, SCREENS, "4-1", no_pattern, no_cloud))
    assert told in finding.seen
    assert finding.where == (f"my-bar/{FOLDER}/{name}:{line}",)
    keeps_the_house_rules(finding)


def test_whoever_warns_of_innerhtml_or_asks_for_it_has_not_written_to_it(folder: LearnersFolder) -> None:
    files = page_after("4-4")
    harmless = (
        "// never element.innerHTML = name\n/* nor document.body.outerHTML = it */\n"
        "if (document.body.innerHTML === '') write('ready', 0)\ndocument.getElementById('menu').innerHTML = ''\n"
    )
    folder.put({**files, f"{FOLDER}/{SCRIPT}": harmless + files[f"{FOLDER}/{SCRIPT}"]})
    trial = tried_in(folder, SCREENS, "4-1", no_pattern, no_cloud)
    assert [one.verdict for one in trial.results[:SEEN_IN_THE_FILES]] == [Verdict.HOLDS] * SEEN_IN_THE_FILES


def test_a_page_that_is_not_there_is_told(folder: LearnersFolder) -> None:
    finding = finding_of(tried_in(folder, SCREENS, "4-1", no_pattern, no_cloud))
    assert (finding.seen, finding.attempt) == (f"there is no my-bar/{FOLDER}/{INDEX}", "make workshop makes it")


def browse() -> None:
    with browser_of_this_machine():
        pytest.fail("there is a browser")


def test_where_there_is_no_browser_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr("simulator.screens.chromium.NAMES", ("no-such-browser",))
    with (
        pytest.raises(CannotBeTried, match="no browser in which your page could be opened") as missing,
        browser_of_this_machine(),
    ):
        pass
    assert missing.value.expected == "Chromium, Chrome or Edge"
    assert "apt install" in missing.value.attempt


def test_where_nothing_drives_a_browser_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a bundle, which does not bring it."""
    monkeypatch.delitem(sys.modules, "simulator.screens.chromium", raising=False)
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(CannotBeTried, match="nothing is installed here") as missing:
        browse()
    assert "env -u UV_OFFLINE -u UV_NO_INDEX uv pip install playwright" in missing.value.attempt

"""A learner begins, checks, asks for help, solves, goes back; whatever they had is still there or lies in a copy."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from rich.console import Console

from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.attempt import Attempt
from workshop.game_day.breakages import breakages
from workshop.game_day.game import GameDay, NotNow
from workshop.game_day.sealed import Sealed
from workshop.learners_folder import LearnersFolder
from workshop.lectern import Lectern
from workshop.lessons import COULD_NOT_BE_TRIED, DOES_NOT_HOLD, HOLDS, Lessons
from workshop.listings import PAGES
from workshop.modules import FOLDER, NoSuchModule, module, modules
from workshop.running import finished
from workshop.solutions import FILES, beginning, solution
from workshop.way import Way

WORKFLOW, RULES = "workflow.asl.json", "rules.json"
NOW, LATER = "2026-11-29T10:00:00+00:00", "2026-11-29T11:00:00+00:00"
MINE = '{"StartAt": "Mine"}\n'


def tried_without_a_cloud(folder: Path, scenes: Sequence[str]) -> Attempt:
    return Attempt(folder, finished, no_pattern, no_cloud, scenes)


def game_without_a_cloud(folder: LearnersFolder) -> GameDay:
    return GameDay(folder.root, lambda: tried_without_a_cloud(folder.root, ()), lambda _: None, Random(1))


@pytest.fixture
def paper() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def lessons(tmp_path: Path, paper: io.StringIO) -> Lessons:
    folder = LearnersFolder(tmp_path / FOLDER)
    return Lessons(
        folder, Lectern(Console(file=paper, highlight=False)), tried_without_a_cloud, game_without_a_cloud(folder)
    )


def there(lessons: Lessons) -> dict[str, str | None]:
    return {name: text for name in FILES if (text := lessons.folder.read(name)) is not None}


def test_the_first_module_begins_with_nothing(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.begin(None)
    assert there(lessons) == {}
    assert "docs/workshop/0.md" in paper.getvalue()


def test_where_nothing_is_built_there_is_no_solution(lessons: Lessons) -> None:
    for ask in (lessons.diff, lambda name: lessons.solve(name, None)):
        with pytest.raises(NoSuchModule, match="nothing is built"):
            ask("0")


def test_the_first_workflow_does_nothing(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.begin("1a")
    assert there(lessons) == beginning("1a")
    assert "docs/workshop/1a.md" in paper.getvalue()
    assert "you are here" in (lessons.folder.read("README.md") or "")


def test_to_begin_again_changes_nothing(lessons: Lessons) -> None:
    lessons.begin("1a")
    lessons.folder.put({WORKFLOW: MINE})
    lessons.begin(None)
    assert there(lessons) == {WORKFLOW: MINE}


def test_when_a_module_holds_the_next_one_begins_with_what_the_learner_built(lessons: Lessons) -> None:
    lessons.begin("1a")
    lessons.folder.put({WORKFLOW: MINE})
    lessons.way.tried("1a", None, whole=True, now=NOW).note(lessons.folder)
    lessons.begin(None)
    assert (lessons.way.module, there(lessons)) == ("1b", {WORKFLOW: MINE})


@pytest.mark.parametrize("name", [one.name for one in modules()])
def test_any_module_can_be_begun_cold(lessons: Lessons, name: str) -> None:
    lessons.begin(name)
    assert (lessons.way.module, there(lessons)) == (name, beginning(name))


@pytest.mark.parametrize("name", [one.name for one in modules()])
def test_a_reset_leaves_what_a_cold_start_would(lessons: Lessons, name: str) -> None:
    lessons.folder.put({WORKFLOW: MINE, RULES: "spoilt"})
    lessons.reset(name)
    assert there(lessons) == beginning(name)
    assert lessons.undo() == HOLDS
    assert there(lessons) == {WORKFLOW: MINE, RULES: "spoilt"}


def test_to_solve_twice_is_no_error_and_to_undo_it_brings_back_what_was_there(
    lessons: Lessons, paper: io.StringIO
) -> None:
    lessons.begin("1a")
    lessons.folder.put({WORKFLOW: MINE})
    lessons.solve(None, "1")
    lessons.solve(None, "1a-1")
    assert there(lessons) == solution("1a-1")
    assert "is the solution of 1a-1 already" in paper.getvalue()
    lessons.undo()
    assert there(lessons) == {WORKFLOW: MINE}


def test_what_was_edited_since_is_not_lost_by_an_undo(lessons: Lessons) -> None:
    lessons.begin("1a")
    lessons.solve(None, None)
    (lessons.folder.root / WORKFLOW).write_text(MINE)
    lessons.undo()
    kept = [path.read_text() for path in (lessons.folder.root / ".history").rglob(WORKFLOW)]
    assert kept == [MINE]


def test_nothing_to_undo_is_told(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.way.noticed([], FOUND, NOW).note(lessons.folder)
    assert lessons.undo() == DOES_NOT_HOLD
    assert lessons.way.finding == FOUND
    assert "nothing to undo" in paper.getvalue()


def test_a_bar_that_does_not_run_is_no_fault_of_the_learners(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.begin("1a")
    assert lessons.check(None, None) == COULD_NOT_BE_TRIED
    assert "✗ the running bar takes it" in paper.getvalue()
    assert "an order in a closed shop is turned away  not tried" in paper.getvalue()
    assert paper.getvalue().splitlines()[-1].startswith("1a does not hold yet: 1 of 5 (my-bar/workflow.asl.json)")


def test_a_file_that_is_not_there_is_told(lessons: Lessons, paper: io.StringIO) -> None:
    assert lessons.check("2", None) == DOES_NOT_HOLD
    assert "there is no my-bar/rules.json" in paper.getvalue()
    assert "make workshop makes it" in paper.getvalue()


def test_a_check_is_remembered_and_hints_are_about_the_step_that_failed(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.begin("1b")
    lessons.way.tried("1b", "1b-2", whole=True, now=NOW).note(lessons.folder)
    hints = module("1b").step("1b-2").hints
    for count in range(len(hints)):
        lessons.hint(None)
        assert hints[count] in paper.getvalue()
    lessons.hint(None)
    assert "make solve writes it" in paper.getvalue()
    assert lessons.way.hints == {"1b-2": len(hints)}


def test_hints_and_differences_are_of_another_step_when_one_is_asked_for(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.solve("1a", "1a-1")
    lessons.hint("1a", "2")
    assert module("1a").step("1a-2").hints[0] in paper.getvalue()
    lessons.diff("1a", "1a-1")
    assert "says what the solution of 1a-1 says" in paper.getvalue()
    with pytest.raises(NoSuchModule, match="module 1a has the steps 1a-1, 1a-2"):
        lessons.hint("1a", "9")


FOUND = {"step": "1a-1", "title": "an order in an open shop is let in"}


def test_a_check_leaves_what_it_found_for_the_text(lessons: Lessons) -> None:
    assert lessons.check("2", None) == DOES_NOT_HOLD
    found = lessons.way.finding or {}
    assert (found["step"], found["seen"], found["try"]) == (
        "2-1",
        "there is no my-bar/rules.json",
        "make workshop makes it",
    )


def test_what_was_found_in_files_that_were_written_over_is_shown_no_more(lessons: Lessons) -> None:
    lessons.begin("1a")
    for write in (lambda: lessons.solve("1a", "1"), lessons.undo, lambda: lessons.reset("1b")):
        lessons.way.at("1a").noticed([], FOUND, NOW).note(lessons.folder)
        write()
        assert lessons.way.finding is None


def test_a_kill_leaves_no_finding_beside_files_of_which_it_says_nothing(
    lessons: Lessons, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(write: Callable[..., list[str]]) -> Callable[..., list[str]]:
        def do(*arguments: Any) -> list[str]:
            write(*arguments)
            raise KeyboardInterrupt

        return do

    for verb in (LearnersFolder.put, LearnersFolder.undo):
        monkeypatch.setattr(LearnersFolder, verb.__name__, killed(verb))
    lessons.begin("1a")
    for write in (lambda: lessons.solve("1a", "1"), lessons.undo, lambda: lessons.reset("1b")):
        lessons.way.at("1a").noticed([], FOUND, NOW).note(lessons.folder)
        with pytest.raises(KeyboardInterrupt):
            write()
        assert lessons.way.finding is None


def test_where_nothing_was_written_over_a_finding_stays(lessons: Lessons) -> None:
    lessons.solve("1a", "1")
    lessons.way.noticed([], FOUND, NOW).note(lessons.folder)
    lessons.solve("1a", "1")
    assert lessons.way.finding == FOUND


def test_the_first_page_shows_what_a_check_says(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.solve("1a", "1")
    text = solution("1a-1")[WORKFLOW]
    lessons.folder.put({WORKFLOW: text.replace("${ShopsTable}", "${ShopTable}")})
    said_before = len(paper.getvalue())
    lessons.check(None, "1")
    shown = (PAGES / "README.md").read_text().partition("$ make check STEP=1\n")[2].partition("```")[0]
    assert paper.getvalue()[said_before:] == shown


def test_what_could_not_be_tried_changes_no_mark(lessons: Lessons) -> None:
    lessons.begin("1a")
    lessons.way.noticed(["1a-1"], None, NOW).note(lessons.folder)
    assert lessons.check(None, None) == COULD_NOT_BE_TRIED
    assert (lessons.way.steps, lessons.way.finding) == ({"1a-1": NOW}, None)


def test_a_step_that_holds_no_more_loses_its_mark_and_so_do_those_behind_it() -> None:
    built = Way("1a", {}, None, {}).noticed(["1a-1", "1a-2"], None, NOW)
    assert built.noticed(["1a-1"], None, LATER).steps == {"1a-1": NOW, "1a-2": NOW}
    assert built.noticed([], FOUND, LATER).steps == {}
    assert built.at("1b").noticed([], {"step": "1b-1"}, LATER).steps == {"1a-1": NOW, "1a-2": NOW}
    assert built.noticed([], FOUND, LATER).at("1b").finding is None


def test_a_difference_is_of_what_json_says_not_of_how_it_is_laid_out(lessons: Lessons, paper: io.StringIO) -> None:
    lessons.solve("1a", "1a-1")
    text = solution("1a-1")[WORKFLOW].replace("\n", " ")
    lessons.folder.put({WORKFLOW: text})
    lessons.diff(None)
    assert "says what the solution of 1a-1 says" in paper.getvalue()
    lessons.folder.put({WORKFLOW: text.replace('"Default": "Shop closed"', '"Default": "Order ended"')})
    lessons.diff(None)
    assert '-      "Default": "Order ended"' in paper.getvalue()
    assert '+      "Default": "Shop closed"' in paper.getvalue()


def test_notes_that_somebody_spoilt_are_taken_for_unknown(lessons: Lessons) -> None:
    spoilt = {"module": 7, "held": [], "failedStep": {}, "hints": {"1a-1": "two"}, "steps": 1, "finding": "none"}
    lessons.folder.note(spoilt)
    assert lessons.way == Way(None, {}, None, {})
    lessons.folder.note({"module": "99"})
    assert lessons.current(None).name == "0"


def test_where_nothing_is_broken_nothing_can_be_mended_and_no_check_says_a_word(lessons: Lessons) -> None:
    assert lessons.check("5c", None) == COULD_NOT_BE_TRIED
    with pytest.raises(NotNow, match="make break breaks something"):
        lessons.solve("5c", None)


def test_while_something_is_broken_nothing_else_is_broken_and_hints_are_about_it(
    lessons: Lessons, paper: io.StringIO
) -> None:
    Sealed(3, "http://127.0.0.1:1", NOW).seal(lessons.folder.root)
    with pytest.raises(NotNow, match="something is broken already"):
        lessons.break_something(4)
    for hint in breakages()[2].hints:
        assert hint not in paper.getvalue()
        lessons.hint("5c")
        assert hint in paper.getvalue()
    lessons.hint("5c")
    assert paper.getvalue().endswith("That was all.\n")

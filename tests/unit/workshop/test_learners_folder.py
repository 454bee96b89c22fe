"""What a learner wrote is never lost: what is written over has a copy, and the last copies come back first."""

from pathlib import Path

import pytest

from workshop.learners_folder import LearnersFolder, NothingToUndo


@pytest.fixture
def folder(tmp_path: Path) -> LearnersFolder:
    return LearnersFolder(tmp_path / "my-bar")


def test_a_file_that_is_written_over_comes_back(folder: LearnersFolder) -> None:
    folder.put({"rules.json": "mine"})
    folder.put({"rules.json": "theirs"})
    assert folder.undo() == ["rules.json"]
    assert folder.read("rules.json") == "mine"


def test_a_file_that_was_not_there_goes_again(folder: LearnersFolder) -> None:
    folder.put({"stamps/app.py": "new"})
    assert folder.undo() == ["stamps/app.py"]
    assert folder.read("stamps/app.py") is None


def test_what_was_done_last_is_undone_first_one_by_one(folder: LearnersFolder) -> None:
    for text in ("one", "two", "three"):
        folder.put({"a": text})
    assert [(folder.undo(), folder.read("a"))[1] for _ in range(3)] == ["two", "one", None]
    with pytest.raises(NothingToUndo):
        folder.undo()


def test_what_is_as_it_should_be_makes_no_copy(folder: LearnersFolder) -> None:
    assert folder.put({"a": "same"}) == ["a"]
    assert folder.put({"a": "same"}) == []
    folder.undo()
    with pytest.raises(NothingToUndo):
        folder.undo()


def test_a_copy_that_was_begun_and_not_finished_is_no_copy(folder: LearnersFolder) -> None:
    folder.put({"a": "mine"})
    (folder.root / ".history" / "0002.new" / "files").mkdir(parents=True)
    folder.put({"a": "theirs"})
    folder.undo()
    assert folder.read("a") == "mine"


def test_progress_is_read_as_it_was_noted(folder: LearnersFolder) -> None:
    assert folder.progress() == {}
    folder.note({"module": "1a"})
    assert folder.progress() == {"module": "1a"}


@pytest.mark.parametrize("spoilt", ["", "{", "[1]"])
def test_a_spoilt_note_of_progress_begins_anew(folder: LearnersFolder, spoilt: str) -> None:
    folder.note({})
    (folder.root / ".progress.json").write_text(spoilt)
    assert folder.progress() == {}

"""A reader never meets half a file."""

from pathlib import Path

import pytest

from deployer import json_file


def test_what_is_written_is_read(tmp_path: Path) -> None:
    json_file.write(tmp_path / "new" / "x.json", {"a": [1, None]})
    assert json_file.read(tmp_path / "new" / "x.json", otherwise=None) == {"a": [1, None]}


def test_who_reads_meanwhile_reads_the_old_file_to_its_end(tmp_path: Path) -> None:
    json_file.write(tmp_path / "x.json", "old")
    with (tmp_path / "x.json").open() as reader:
        json_file.write(tmp_path / "x.json", "new")
        assert reader.read() == '"old"\n'


def test_nothing_but_the_file_is_left_behind(tmp_path: Path) -> None:
    json_file.write(tmp_path / "x.json", 1)
    json_file.write(tmp_path / "x.json", 2)
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


def test_what_cannot_be_written_leaves_the_old_file_whole(tmp_path: Path) -> None:
    json_file.write(tmp_path / "x.json", "old")
    with pytest.raises(TypeError):
        json_file.write(tmp_path / "x.json", object())
    assert json_file.read(tmp_path / "x.json", otherwise=None) == "old"


@pytest.mark.parametrize("text", [None, "", "{"])
def test_a_missing_or_broken_file_reads_as_agreed(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "x.json").write_text(text)
    assert json_file.read(tmp_path / "x.json", otherwise="agreed") == "agreed"

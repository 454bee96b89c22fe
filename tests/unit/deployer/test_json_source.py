"""What is wrong in a JSON file is told by file and line, however it is written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deployer.json_source import JsonSource
from deployer.problem import Problem

TEXT = """{
  "States": {
    "Look": {"Type": "Task"},
    "Ask":
      {
        "Next": "Look"
      }
  },
  "List": [
    1,
    {"deep": 2}
  ]
}
"""
SOURCE = JsonSource("my-bar/it.json", TEXT)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc ${}:,", max_size=4), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ((), 1),
        (("States",), 2),
        (("States", "Look", "Type"), 3),
        (("States", "Ask"), 4),
        (("States", "Ask", "Next"), 6),
        (("List", 1), 11),
        (("List", "1", "deep"), 11),
        (("List", 0), 10),
    ],
)
def test_a_value_is_found_on_its_line(steps: tuple[str | int, ...], line: int) -> None:
    assert SOURCE.at(steps) == f"my-bar/it.json:{line}"


@pytest.mark.parametrize(
    ("steps", "line"), [(("Stats",), 1), (("States", "Ask", "Catch"), 4), (("List", 7), 9), (("List", 0, "x"), 10)]
)
def test_what_is_not_there_is_told_where_it_should_be(steps: tuple[str | int, ...], line: int) -> None:
    assert SOURCE.at(steps) == f"my-bar/it.json:{line}"


def test_a_character_is_found_on_its_line() -> None:
    assert SOURCE.at_offset(TEXT.index('"Look"')) == "my-bar/it.json:3"


def test_tabs_do_not_hide_lines() -> None:
    assert JsonSource("t.json", TEXT.replace("  ", "\t")).at(("List", 1)) == "t.json:11"


def test_what_is_not_json_is_told_with_its_line() -> None:
    with pytest.raises(Problem, match=r"^t\.json:2: this is not JSON: Expecting value$"):
        JsonSource("t.json", "[\n oops]").parsed()


def test_what_is_not_json_has_one_line_at_least() -> None:
    assert JsonSource("t.json", "{{{\n").at(("a",)) == "t.json:1"


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), values, min_size=1, max_size=4))
def test_every_member_of_any_json_has_its_line(value: dict[str, object]) -> None:
    source = JsonSource("any.json", json.dumps(value, indent=2))
    lines = source.text.splitlines()
    for name in value:
        line = int(source.at([name]).rpartition(":")[2])
        assert lines[line - 1].startswith(f"  {json.dumps(name)}:")

"""A start file and its solution are one file: what a step builds is cut out, and a start is put in its place."""

import pytest

from workshop.regions import built_upto

WHOLE = '''def count(drinks: list[str]) -> int:
    """How many."""
    # learner 3-1: each once
    different = set(drinks)
    return len(different)
    # until then: raise NotImplementedError("count")


# learner 3-2: the other half

def other() -> None: ...
# until then
'''


def test_what_is_not_built_is_said_in_a_comment() -> None:
    assert built_upto(WHOLE, "3-0") == (
        "def count(drinks: list[str]) -> int:\n"
        '    """How many."""\n'
        "    # 3-1: each once\n"
        '    raise NotImplementedError("count")\n'
        "\n\n"
        "# 3-2: the other half\n"
    )


def test_a_step_is_built_with_those_before_it_and_no_mark_is_left() -> None:
    first, both = built_upto(WHOLE, "3-1"), built_upto(WHOLE, "3-2")
    assert "    return len(different)\n" in first
    assert first.endswith("# 3-2: the other half\n")
    assert both.endswith("def other() -> None: ...\n")
    assert "learner" not in both + first


def test_in_javascript_marks_are_comments_of_its_own() -> None:
    text = "function go() {\n  // learner 4-1: go\n  return 1\n  // until then: return 0\n}\n"
    assert built_upto(text, "4-0") == "function go() {\n  // 4-1: go\n  return 0\n}\n"
    assert built_upto(text, "4-1") == "function go() {\n  return 1\n}\n"


@pytest.mark.parametrize("text", ["", "x = 1\n"])
def test_a_file_without_regions_stays_as_it_is(text: str) -> None:
    assert built_upto(text, "3-1").strip() == text.strip()

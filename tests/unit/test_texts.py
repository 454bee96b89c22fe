"""What a text from outside may be: what can be seen, and is text."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.texts import LONGEST_NAME, fault_in, fault_in_name, first_fault, is_name

FINE = [
    "Flat White",
    "Café",
    "Cafe\u0301",
    "カフェ\u3000ラテ",
    "قهوة",
    "☕\ufe0f",
    "😀",
    "½ & ½",
    "x' OR 1=1",
    "<b>",
    "",
]
HIDDEN = "\u200b\u200d\u2060\ufeff\xad\u202e\u3164\u034f\u115f\U000e0041"
UNFIT = [
    *[("\x00", "a control character (U+0000)"), ("a\nb", "a control character (U+000A)")],
    *[("\x7f", "a control character (U+007F)"), ("\x9b", "a control character (U+009B)")],
    *[(f"ba{one}rista", f"a character that cannot be seen (U+{ord(one):04X})") for one in HIDDEN],
    *[("\ud83d", "half of a character (U+D83D)"), ("latte \ude00", "half of a character (U+DE00)")],
    *[("\ue000", "a character without a meaning (U+E000)"), ("a\u2028b", "a line break (U+2028)")],
    ("caf\ufffd", "what was no UTF-8 (U+FFFD)"),
]


@pytest.mark.parametrize("text", FINE)
def test_what_people_write_is_fine(text: str) -> None:
    assert fault_in(text) is None


@pytest.mark.parametrize(("text", "what"), UNFIT)
def test_what_nobody_can_see_is_told_by_its_number(text: str, what: str) -> None:
    assert fault_in(text) == f"holds {what}"
    assert fault_in_name(text) == f"holds {what}"
    assert not is_name(text)


@given(st.text())
def test_what_is_fine_can_be_sent_and_printed(text: str) -> None:
    if fault_in(text) is None:
        assert text.encode().decode() == text
        assert text.splitlines() in ([text], [])


@pytest.mark.parametrize("name", ["", "x" * (LONGEST_NAME + 1), "🐘" * LONGEST_NAME])
def test_a_name_is_there_and_fits_into_a_key(name: str) -> None:
    assert fault_in_name(name) == (f"is longer than {LONGEST_NAME} bytes" if name else "is empty")


@pytest.mark.parametrize("name", ["x", "x" * LONGEST_NAME, "é" * (LONGEST_NAME // 2)])
def test_what_fits_is_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("value", [None, 1, ["x"], b"x"])
def test_what_is_no_text_is_no_name(value: object) -> None:
    assert not is_name(value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        *[(None, None), (1, None), ([], None), ({"a": [1, {"b": "c"}]}, None)],
        ("\x00", "body holds a control character (U+0000)"),
        ({"menu": [{"drink": "a"}, {"drink": "\x00"}]}, "body.menu[1].drink holds a control character (U+0000)"),
        ({"a": ["b", "\x01"], "c": "\x02"}, "body.a[1] holds a control character (U+0001)"),
        ({"a\x03": "\x02"}, "a name in body holds a control character (U+0003)"),
    ],
)
def test_the_first_thing_that_is_wrong_is_told_with_its_place(content: Any, fault: str | None) -> None:
    assert first_fault(content, "body") == fault


def test_however_deep_it_is_nested() -> None:
    content: Any = "\x00"
    for _ in range(3_000):
        content = [content]
    assert first_fault(content, "body") == f"body{'[0]' * 3_000} holds a control character (U+0000)"


def test_a_fault_can_always_be_answered_with() -> None:
    """Its words are sent and logged: no half of a character may be in them."""
    fault = first_fault(json.loads('{"a\\ud83d": 1}'), "body")
    assert fault is not None
    assert fault.encode().decode() == fault

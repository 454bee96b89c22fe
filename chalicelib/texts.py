"""What a text from outside may be: one rule for every door, so that what one takes no other chokes on. Pure.

Refused is what nobody can see, which would make two names that look the same (`barista` and `ba\\u200brista`), and what
is no text: half of a surrogate pair, which JSON can spell and neither UTF-8 nor DynamoDB can hold, and U+FFFD, which
API Gateway puts in the place of bytes that are no UTF-8. Blanks, accents and emoji are fine; an emoji that is glued
together of several with zero-width joiners is not.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

LONGEST_NAME = 512  # bytes; longer than any name that this bar gives, and DynamoDB's sort keys end at 1024

# Categories of the Unicode standard, chapter 4.5, in which a character shows nothing by itself, or is none.
_UNFIT: Mapping[str, str] = {
    "Cc": "a control character",
    "Cf": "a character that cannot be seen",
    "Co": "a character without a meaning",
    "Cs": "half of a character",
    "Zl": "a line break",
    "Zp": "a line break",
}
# Letters and marks by their category, which are drawn as nothing (Default_Ignorable_Code_Point). Not among them are the
# variation selectors, which choose how an emoji looks.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")

_REPLACEMENT = "\ufffd"


def fault_in(text: str) -> str | None:
    """What is wrong with a text, such as `holds a control character (U+0000)`; None where nothing is."""
    return next((f"holds {what} (U+{ord(one):04X})" for one in text if (what := _unfit(one))), None)


def _unfit(character: str) -> str | None:
    if character == _REPLACEMENT:
        return "what was no UTF-8"
    return _UNFIT["Cf"] if character in _FILLERS else _UNFIT.get(unicodedata.category(character))


def fault_in_name(name: str) -> str | None:
    """What is wrong with the name of a shop, an order, a person; None where it may be a key in a table."""
    if not name:
        return "is empty"
    if fault := fault_in(name):
        return fault
    return f"is longer than {LONGEST_NAME} bytes" if len(name.encode()) > LONGEST_NAME else None


def is_name(value: object) -> TypeGuard[str]:
    """Whether it may be a name."""
    return isinstance(value, str) and fault_in_name(value) is None


def first_fault(content: Any, place: str) -> str | None:
    """The first thing that is wrong with a text in JSON, and where.

    Args:
        content: what `json.loads` gave.
        place: what to call it, such as `body`.

    Returns:
        `body.menu[0].drink holds a control character (U+0000)`, or None.
    """
    found = ((where, fault_in(text)) for where, text in _texts(content, place))
    return next((f"{where} {fault}" for where, fault in found if fault), None)


def _texts(content: Any, place: str) -> Iterator[tuple[str, str]]:
    """Each text with its place, in their order. Not recursive: JSON may be nested deeper than calls."""
    left = [(place, content)]
    while left:
        where, one = left.pop()
        if isinstance(one, str):
            yield where, one
        elif isinstance(one, list):
            left += [(f"{where}[{i}]", item) for i, item in reversed(list(enumerate(one)))]
        elif isinstance(one, dict):
            yield from ((f"a name in {where}", name) for name in one)
            left += [(f"{where}.{name}", value) for name, value in reversed(one.items())]

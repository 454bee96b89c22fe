"""Fills the template of an EventBridge target's input transformer; it knows no service.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

PLACEHOLDER = re.compile(r"<([^<>]*)>")

_PIECE = re.compile(rf'\\.|"|{PLACEHOLDER.pattern}', re.DOTALL)


class _Missing:
    """The type of `MISSING`."""


MISSING: Final = _Missing()
"""The value of a variable whose path leads nowhere: an empty text."""


class TemplateError(ValueError):
    """A filled template is no JSON; the text says where."""


def filled(template: str, values: Mapping[str, Any]) -> Any:
    """Return what a template makes of its variables' values, as JSON types.

    A variable in a value's place becomes its JSON, within a text its letters; a template of several texts, each on
    a line of its own, becomes one text of these lines.

    Raises:
        TemplateError: what comes of it is neither one JSON value nor several texts.
    """
    return _read(_substituted(template, lambda name: values.get(name, MISSING)))


def check(template: str) -> None:
    """Find out, before there is any event, whether a template can be filled.

    Raises:
        TemplateError: it cannot.
    """
    _read(_substituted(template, lambda _: ""))


def _substituted(template: str, value_of: Callable[[str], Any]) -> str:
    """Put JSON where a value is expected, and letters where the template is within quotes."""
    within_text = False

    def replacement(piece: re.Match[str]) -> str:
        nonlocal within_text
        if piece[1] is not None:
            return (_letters if within_text else _json)(value_of(piece[1]))
        if piece[0] == '"':
            within_text = not within_text
        return piece[0]

    return _PIECE.sub(replacement, template)


def _json(value: Any) -> str:
    return json.dumps("" if value is MISSING else value, separators=(",", ":"))


def _letters(value: Any) -> str:
    """Write a value within a text: escaped, and an object or a list without its quotes, as AWS documents it."""
    if value is MISSING:
        return ""
    if isinstance(value, str):
        return json.dumps(value)[1:-1]
    return re.sub(r'\\"|"', "", _json(value))


def _read(text: str) -> Any:
    """Read one JSON value, or several texts."""
    decoder, at = json.JSONDecoder(), 0
    values: list[Any] = []
    text = text.strip()
    while at < len(text) or not values:
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise TemplateError(f"{error.msg}: line {error.lineno}, column {error.colno}") from error
        values.append(value)
        at += len(text[at:]) - len(text[at:].lstrip())
    if len(values) == 1:
        return values[0]
    if not all(isinstance(value, str) for value in values):
        raise TemplateError("more than one value, and not all of them texts")
    return "\n".join(values)

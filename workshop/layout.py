"""JSON as people write it: what fits is on one line, the rest has a line for each member. Pure."""

import json
from collections.abc import Iterator
from typing import Any

_WIDTH, _INDENT = 110, 2


def laid_out(value: Any) -> str:
    """The value as the text of a file."""
    return _text(value, 0, 0) + "\n"


def _text(value: Any, depth: int, before: int) -> str:
    """A value that stands behind so many characters of its line."""
    line = _on_one_line(value)
    fits = before + len(line) <= _WIDTH - depth * _INDENT and not _is_big(value)
    if fits or not value or not isinstance(value, dict | list):
        return line
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    inside = " " * (depth + 1) * _INDENT
    members = ",\n".join(inside + one for one in _members(value, depth + 1))
    return f"{opening}\n{members}\n{' ' * depth * _INDENT}{closing}"


def _on_one_line(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(name)}: {_on_one_line(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_on_one_line, value)) + "]"
    return _quoted(value)


def _members(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            key = f"{_quoted(name)}: "
            yield key + _text(one, depth, len(key))
    else:
        yield from (_text(one, depth, 0) for one in value)


def _is_big(value: Any) -> bool:
    """Whether it is better read on several lines though it fits on one: a state, or what holds states."""
    return isinstance(value, dict) and ("Type" in value or any(map(_is_big, value.values())))


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

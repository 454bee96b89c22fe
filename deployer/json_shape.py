"""What a JSON file may say, by a schema; what it says otherwise is told by file and line. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import fastjsonschema

from deployer.json_source import JsonSource
from deployer.problem import Problem

TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}


@dataclass(frozen=True)
class JsonShape:
    """The shape of a file.

    Attributes:
        check: raises fastjsonschema's error where a value has another one.
        whole: what all of it is, for people, such as "the rules".
        element: what one of a list's elements is, such as "rule"; empty where the file is no list.
        advice: what to do about a file that has another shape.
    """

    check: Callable[[Any], object]
    whole: str
    element: str
    advice: str

    def read(self, source: JsonSource) -> Any:
        """What the file says.

        Raises:
            Problem: it is not JSON, or has another shape; and where.
        """
        value = source.parsed()
        try:
            self.check(value)
        except fastjsonschema.JsonSchemaValueException as error:
            raise self._misshapen(source, error) from None
        return value

    def _misshapen(self, source: JsonSource, error: fastjsonschema.JsonSchemaValueException) -> Problem:
        steps = [str(step) for step in error.path[1:]]  # the first is the file itself
        what = error.message.removeprefix(error.name or "").strip()
        whole = f"{self.element} {int(steps[0]) + 1}" if self.element and steps else self.whole
        subject = " of ".join([*map(_called, reversed(steps[1:] if self.element else steps)), whole])
        return Problem(f"{source.at(steps)}: {subject} {what}", self.advice)


def _called(step: str) -> str:
    """A member's name, or its number in a list, counted from one."""
    return f"number {int(step) + 1}" if step.isdecimal() else step


def shape(schema: Mapping[str, Any], whole: str, advice: str, element: str = "") -> JsonShape:
    """The shape that a schema describes (JSON Schema, draft 7)."""
    check = fastjsonschema.compile(dict(schema), use_default=False, detailed_exceptions=True)
    return JsonShape(check, whole, element, advice)

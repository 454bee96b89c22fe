"""A JSON file as its writer sees it, so that what is wrong in it can be told by file and line. Pure.

JSON's own reader gives values without their lines. Each JSON text is YAML too (YAML 1.2.2, section 1.3), and YAML's
composer keeps where each value began.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from deployer.problem import Problem

# A step into a value: a member's name, or an element's index, as a number or in digits.
type Step = str | int


@dataclass(frozen=True)
class JsonSource:
    """A file's text.

    Attributes:
        name: the file, as its writer would name it.
        text: what is in it.
    """

    name: str
    text: str

    def parsed(self, text: str | None = None) -> Any:
        """The value that it describes.

        Args:
            text: another one with the same lines, such as one with its placeholders filled.

        Raises:
            Problem: it is not JSON, and where.
        """
        try:
            return json.loads(self.text if text is None else text)
        except json.JSONDecodeError as error:
            raise Problem(f"{self.name}:{error.lineno}: this is not JSON: {error.msg}") from None

    def at_offset(self, offset: int) -> str:
        """File and line of a character, counted from 0."""
        return f"{self.name}:{self.text.count('\n', 0, offset) + 1}"

    def at(self, steps: Sequence[Step] = ()) -> str:
        """File and line where a value begins; as near to it as there is one.

        Args:
            steps: the way to it, such as `("States", "Look", "Next")`.
        """
        return f"{self.name}:{self._line(steps)}"

    def _line(self, steps: Sequence[Step]) -> int:
        node, line = self._root, 1
        for step in steps:
            found = _member(node, step)
            if found is None:
                break
            line, node = found
        return line

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            # JSON may be indented with tabs, YAML may not; JSON's strings have none, so no value is changed by it.
            return yaml.compose(self.text.replace("\t", " "), Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            return None


def _member(node: yaml.Node | None, step: Step) -> tuple[int, yaml.Node] | None:
    """The line, from 1, of a member's name or of an element, and its value."""
    match node:
        case yaml.MappingNode():
            found = [(key.start_mark.line + 1, value) for key, value in node.value if key.value == step]
        case yaml.SequenceNode():
            elements = dict(enumerate(node.value))
            found = [(one.start_mark.line + 1, one) for index, one in elements.items() if str(index) == str(step)]
        case _:
            found = []
    return found[0] if found else None

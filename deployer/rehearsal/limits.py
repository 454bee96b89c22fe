"""The limits that botocore's models of AWS's services state for a request: lengths, patterns and enumerations.

botocore itself holds requests against the lower limits only (its `validate.py`), AWS against all of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import regex
from botocore.model import ListShape, MapShape, Shape, StructureShape


def breaches(shape: Shape, value: Any, name: str = "") -> Iterator[str]:
    """What of a request is beyond the limits, in words."""
    yield from _own_breaches(shape, value, name)
    for part, of_part, inner in _parts(shape, value):
        yield from breaches(of_part, inner, f"{name}.{part}")


def _parts(shape: Shape, value: Any) -> Iterator[tuple[str, Shape, Any]]:
    match shape:
        case StructureShape():
            yield from ((name, shape.members[name], inner) for name, inner in value.items())
        case ListShape():
            yield from ((str(index), shape.member, inner) for index, inner in enumerate(value))
        case MapShape():
            yield from (("key", shape.key, key) for key in value)
            yield from ((str(key), shape.value, inner) for key, inner in value.items())


def _own_breaches(shape: Shape, value: Any, name: str) -> Iterator[str]:
    limits: Mapping[str, Any] = shape.metadata
    size = len(value) if isinstance(value, str | list | dict) else value
    if "max" in limits and size > limits["max"]:
        yield f"{name}: {size} is more than {limits['max']}"
    if "pattern" in limits and isinstance(value, str) and not regex.fullmatch(limits["pattern"], value):
        yield f"{name}: {value} is not like {limits['pattern']}"
    if "enum" in limits and value not in limits["enum"]:
        yield f"{name}: {value} is none of {limits['enum']}"

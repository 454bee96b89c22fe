"""Whether what is pickled of this package's own classes fits them still: they change without a version's number.

Only what shows in a pickle counts: a dataclass's fields, what makes the objects of another class, a function's
parameters. Must not know files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from functools import cache
from inspect import signature
from types import FunctionType
from typing import Any

from local_cloud.plugins.patches import fingerprint, located

_PACKAGE = "local_cloud."


def is_own(value: Any) -> bool:
    """Whether it is a class or a function of this package, which a pickle names and does not hold."""
    return isinstance(value, (type, FunctionType)) and value.__module__.startswith(_PACKAGE)


def name_of(own: type | FunctionType) -> str:
    """Return `package.module:Class`."""
    return f"{own.__module__}:{own.__qualname__}"


@cache
def shape(own: type | FunctionType) -> str:
    """Return what stays the same as long as a pickle fits it."""
    if is_dataclass(own) or isinstance(own, FunctionType):
        return fingerprint(str(signature(own)))
    made_by = vars(own).get("__init__", own)
    return fingerprint(made_by)


def changed(kept: Mapping[str, str]) -> list[str]:
    """Name those, of the shapes that a pickle was written with, that are others now, or have gone."""
    return sorted(name for name, before in kept.items() if _present([name]) != [before])


def _present(names: Iterable[str]) -> list[str]:
    try:
        return [shape(located(name)) for name in names]
    except (ImportError, AttributeError):
        return []

"""The layers of the application, from its rules out to its edges; an import may point inwards only."""

import re
import sys

from tests.architecture.source import Module

SERVICES = {"service", "processing", "changing", "telling", "announcing", "queue", "repair", "page"}
EDGES = {"routes", "handlers"}

RULES, TOOLS, COMPOSITION, SERVICE, EDGE, APP = range(6)

# The standard library's clocks, dice and doors: a pure module has no clock, no ids, no I/O.
IMPURE = {
    *("asyncio", "http", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess"),
    *("sys", "tempfile", "threading", "time", "urllib", "uuid"),
}
STANDARD_LIBRARY = frozenset(sys.stdlib_module_names)


def is_pure(module: Module) -> bool:
    """Whether it is to be a rule or a value: every model, and whoever calls itself pure."""
    return module.stem in {"model", "events", "tables"} or re.search(r"\bPure\b", module.docstring) is not None


def layer(module: Module) -> int:
    """How far out it lies."""
    if is_pure(module):
        return RULES
    if module.name == "app":
        return APP
    if module.name == "chalicelib.bar":
        return COMPOSITION
    return EDGE if module.stem in EDGES else SERVICE if module.stem in SERVICES else TOOLS


def is_store(module: Module) -> bool:
    """Whether it describes a table."""
    return "\nSHAPE = " in module.text


def microservice(module: Module) -> str:
    """The package of `chalicelib` that it belongs to; empty for what all of them share."""
    _, *inner = module.name.split(".")
    return inner[0] if len(inner) > 1 else ""

"""What a file with the bus's rules may say: a list of rules, each with one target. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import fastjsonschema

from deployer.json_source import JsonSource
from deployer.problem import Problem

_TEXT = {"type": "string", "minLength": 1}
_TARGETS = ("stateMachine", "logGroup", "function")
_MEMBERS = ("name", "description", "eventBus", "pattern", "target")
_RULE = {
    "type": "object",
    "required": list(_MEMBERS),
    "additionalProperties": False,
    "properties": {
        "name": _TEXT,
        "description": {"type": "string"},
        "eventBus": _TEXT,
        "pattern": {"type": "object"},
        "target": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
            "properties": dict.fromkeys(_TARGETS, _TEXT),
        },
    },
}
_check = fastjsonschema.compile({"type": "array", "items": _RULE}, use_default=False, detailed_exceptions=True)


def rules_in(source: JsonSource) -> Sequence[Mapping[str, Any]]:
    """The rules that a file describes, each with `name`, `description`, `eventBus`, `pattern` and `target`.

    Raises:
        Problem: it is not JSON, or no list of such rules; and where.
    """
    rules: Sequence[Mapping[str, Any]] = source.parsed()
    try:
        _check(rules)
    except fastjsonschema.JsonSchemaValueException as error:
        raise _misshapen(source, error) from None
    return rules


def _misshapen(source: JsonSource, error: fastjsonschema.JsonSchemaValueException) -> Problem:
    steps = error.path[1:]  # the first is the file itself
    what = error.message.removeprefix(error.name or "").strip()
    if not steps:
        return Problem(f"{source.at()}: the rules {what}")
    subject = " of ".join([*reversed(steps[1:]), f"rule {int(steps[0]) + 1}"])
    return Problem(
        f"{source.at(steps)}: {subject} {what}",
        f"A rule has {', '.join(_MEMBERS)}; a target is one of {', '.join(_TARGETS)}.",
    )

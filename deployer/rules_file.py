"""What a file with the bus's rules may say: a list of rules, each with one target. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from deployer.json_shape import TEXT, shape
from deployer.json_source import JsonSource

_TARGETS = ("stateMachine", "logGroup", "function")
_MEMBERS = ("name", "description", "eventBus", "pattern", "target")
_RULE = {
    "type": "object",
    "required": list(_MEMBERS),
    "additionalProperties": False,
    "properties": {
        "name": TEXT,
        "description": {"type": "string"},
        "eventBus": TEXT,
        "pattern": {"type": "object"},
        "target": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
            "properties": dict.fromkeys(_TARGETS, TEXT),
        },
    },
}
_ADVICE = f"A rule has {', '.join(_MEMBERS)}; a target is one of {', '.join(_TARGETS)}."
_RULES = shape({"type": "array", "items": _RULE}, "the rules", _ADVICE, "rule")


def rules_in(source: JsonSource) -> Sequence[Mapping[str, Any]]:
    """The rules that a file describes, each with `name`, `description`, `eventBus`, `pattern` and `target`.

    Raises:
        Problem: it is not JSON, or no list of such rules; and where.
    """
    rules: Sequence[Mapping[str, Any]] = _RULES.read(source)
    return rules

"""LocalStack's rules tell no number from a boolean, and fail on a number for a text; here they match as documented.
Since 0.2.

Ours matches such fields as EventBridge documents it; networks may have host bits, and `\\*` is an asterisk.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

import ipaddress
import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

ENGINE = "localstack.services.events.event_rule_engine:EventRuleEngine"
COMPILER = "localstack.services.events.event_rule_engine:EventPatternCompiler"
COMPARE_TEXTS = {"prefix", "suffix", "equals-ignore-case", "cidr", "wildcard"}


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def match_as_documented() -> None:
    """LocalStack's hook: let the rule engine ask here first."""
    replace(ENGINE, "_evaluate_condition", _type_aware, why="parity", upstream="e129dde7f571")
    replace(ENGINE, "_evaluate_wildcard", _with_escapes, why="parity", upstream="5efe622aca17")
    replace(ENGINE, "_evaluate_cidr", _lenient_network, why="parity", upstream="4fbb6c022911")
    replace(COMPILER, "_validate_cidr_condition", _with_host_bits, why="parity", upstream="549f81b05973")


def _type_aware(evaluate: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(evaluate)
    def compare(self: Any, value: Any, condition: Any, field_exists: bool) -> bool:
        if not isinstance(condition, dict):
            return field_exists and alike(value, condition)
        if COMPARE_TEXTS & condition.keys() and not isinstance(value, str):
            return False
        if "numeric" in condition and isinstance(value, bool):
            return False
        if isinstance(values := condition.get("anything-but"), (list, str, int, float)):
            unwanted = values if isinstance(values, list) else [values]
            return field_exists and not any(alike(value, one) for one in unwanted)
        return evaluate(self, value, condition, field_exists)

    return compare


def alike(value: Any, wanted: Any) -> bool:
    """Tell whether two JSON scalars are the same; Python's `True == 1` they are not."""
    return isinstance(value, bool) == isinstance(wanted, bool) and bool(value == wanted)


def _with_escapes(evaluate: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(evaluate)
    def match(condition: str, value: Any) -> bool:
        return isinstance(value, str) and fits(value, pieces(condition))

    return match


@lru_cache(1024)
def pieces(pattern: str) -> list[str]:
    r"""Return the texts between the asterisks of `a*b`, in which `\*` is an asterisk itself and `\\` a backslash."""
    found = [""]
    for part in re.findall(r"\\[*\\]|.", pattern, re.DOTALL):
        if part == "*":
            found.append("")
        else:
            found[-1] += part[-1]
    return found


def fits(value: str, between: list[str]) -> bool:
    """Whether a text consists of these, in their order and with any text between them, the empty one too.

    Each is taken where it comes first, which leaves the most for those after it: no pattern takes long.
    """
    first, *middle = between
    if not middle:
        return value == first
    last, place = middle.pop(), len(first)
    for piece in middle:
        if (found := value.find(piece, place)) < 0:
            return False
        place = found + len(piece)
    return value.startswith(first) and value.endswith(last) and len(value) - len(last) >= place


def _lenient_network(evaluate: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(evaluate)
    def within(condition: str, value: Any) -> bool:
        return evaluate(str(ipaddress.ip_network(condition, strict=False)), value)

    return within


def _with_host_bits(validate: Callable[..., None]) -> Callable[..., None]:
    @wraps(validate)
    def check(self: Any, value: Any) -> None:
        """Let `10.0.0.5/24` pass for `10.0.0.0/24`."""
        try:
            validate(self, str(ipaddress.ip_network(value, strict=False)) if _has_mask(value) else value)
        except ValueError:
            validate(self, value)

    return check


def _has_mask(value: Any) -> bool:
    return isinstance(value, str) and value.count("/") == 1

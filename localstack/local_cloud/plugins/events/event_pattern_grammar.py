"""What EventBridge refuses in an event pattern and LocalStack's own check lets through; it knows no service.

LocalStack's `EventPatternCompiler` checks the rest, so a pattern is right when both say nothing.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

import json
from collections.abc import Callable, Mapping
from math import prod
from typing import Any, NoReturn

MAX_CHARACTERS = 4096
"""https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html"""

MAX_DEPTH = 100
"""Fields within fields. AWS names no limit; what is deeper would end in Python's own."""

MAX_COMBINATIONS = 1000
"""What a pattern may come to when all its `$or` are written out; the same page, "$or"."""

LARGEST_NUMBER = 5e9
"""The same page, "Numeric matching": -5.0e9 to +5.0e9 with 15 digits."""

OPERATORS = {"prefix", "suffix", "anything-but", "numeric", "cidr", "exists", "equals-ignore-case", "wildcard"}


class PatternError(ValueError):
    """A text is no event pattern; the text of the error is the reason in the words of AWS's event-ruler."""


def parsed(text: str) -> dict[str, Any]:
    """Return the pattern that a text holds, once it passes what is checked here.

    Raises:
        PatternError: it does not.
    """
    try:
        pattern = json.loads(text, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError):
        raise PatternError("Filter is not valid JSON") from None
    if not isinstance(pattern, dict):
        raise PatternError("Filter is not an object")
    if _combinations(pattern, MAX_DEPTH) > MAX_COMBINATIONS:
        raise PatternError(f"There are more than {MAX_COMBINATIONS} rule combinations")
    return pattern


def _refuse_constant(name: str) -> NoReturn:
    raise PatternError(f"Filter is not valid JSON: {name}")


def _combinations(fields: Mapping[str, Any], depth: int, *, within_or: bool = False) -> int:
    """Check an object of fields, and return how many patterns without `$or` it stands for."""
    if not fields:
        raise PatternError("Empty objects are not allowed")
    if not depth:
        raise PatternError("Filter is nested too deeply")
    if within_or and (reserved := OPERATORS & fields.keys()):
        raise PatternError(f"{min(reserved)} is Ruler reserved fieldName which cannot be used inside $or.")
    return prod(_of_field(name, value, depth, within_or=within_or) for name, value in fields.items())


def _of_field(name: str, value: Any, depth: int, *, within_or: bool) -> int:
    if name == "$or":
        return sum(_combinations(branch, depth - 1, within_or=True) for branch in _branches(value))
    if isinstance(value, dict):
        return _combinations(value, depth - 1, within_or=within_or)
    if isinstance(value, list):
        for match in value:
            if isinstance(match, dict):
                _check_match(match)
    return 1


def _branches(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise PatternError("It must be an Array followed with $or.")
    if not all(isinstance(branch, dict) for branch in value):
        raise PatternError("Only JSON object is allowed in array of $or relationship.")
    if len(value) < 2:
        raise PatternError("There must have at least 2 Objects in $or relationship.")
    return value


def _check_match(match: Mapping[str, Any]) -> None:
    """Check one match expression, such as `{"prefix": "a"}`."""
    if not match:
        raise PatternError("Match expression name not found")
    operator, operand = next(iter(match.items()))
    _CHECKS.get(operator, _let_pass)(operator, operand)


def _let_pass(operator: str, operand: Any) -> None:
    """Leave it to LocalStack."""


def _check_affix(operator: str, operand: Any) -> None:
    if isinstance(operand, dict) and [type(value) for value in operand.values()] != [str]:
        raise PatternError(f"{operator} match pattern must be a string")


def _check_numeric(_operator: str, operand: Any) -> None:
    if isinstance(operand, list):
        for member in operand:
            if isinstance(member, bool):
                raise PatternError(f"Invalid member in numeric match: {json.dumps(member)}")
            if isinstance(member, (int, float)) and abs(member) > LARGEST_NUMBER:
                raise PatternError(f"Value must be between {-LARGEST_NUMBER:.1E} and {LARGEST_NUMBER:.1E}, inclusive")


def _check_anything_but(_operator: str, operand: Any) -> None:
    if isinstance(operand, dict):
        if len(operand) != 1:
            raise PatternError("Only one key allowed in match expression")
        ((inner, values),) = operand.items()
        if values == []:
            raise PatternError("Empty arrays are not allowed")
        if inner in ("prefix", "suffix") and isinstance(values, list) and "" in values:
            raise PatternError("Null prefix/suffix not allowed")
    elif isinstance(operand, list):
        _check_unwanted_values(operand)
    elif isinstance(operand, bool):
        raise PatternError("Value of anything-but must be an array or single string/number value.")


def _check_unwanted_values(values: list[Any]) -> None:
    if any(isinstance(value, bool) or not isinstance(value, (str, int, float)) for value in values):
        raise PatternError("Inside anything but list, start|null|boolean is not supported.")
    if len({isinstance(value, str) for value in values}) != 1:
        raise PatternError(
            "Inside anything but list, either all values are number or string, mixed type is not supported"
        )


def _check_wildcard(_operator: str, operand: Any) -> None:
    if isinstance(operand, str):
        after_pairs = operand.replace("\\\\", "").replace("\\*", "")
        if "\\" in after_pairs:
            raise PatternError(f"Invalid escape character at pos {operand.index('\\') + 1}")


_CHECKS: dict[str, Callable[[str, Any], None]] = {
    "prefix": _check_affix,
    "suffix": _check_affix,
    "numeric": _check_numeric,
    "anything-but": _check_anything_but,
    "wildcard": _check_wildcard,
}

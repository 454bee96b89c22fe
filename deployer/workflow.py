"""Fills a state machine's `${...}` placeholders. Pure.

A placeholder's name says what it stands for: `AskCustomerFunctionArn` for the ARN of function `ask_customer`,
`OrdersTable` for the setting ORDERS_TABLE. So there is nothing to list beside the definition, and nothing unused.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from deployer.place import Place
from deployer.problem import Problem
from deployer.project import Project

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_FUNCTION = re.compile(r"(\w+)FunctionArn")
_TABLE = re.compile(r"\w+Table")


def definition(project: Project, place: Place) -> dict[str, Any]:
    """The Order Processor's definition with every placeholder filled.

    Raises:
        Problem: a placeholder stands for nothing, or the definition is not JSON.
    """
    return filled(project.workflow, lambda name: _value(name, project, place))


def functions(project: Project) -> list[str]:
    """Chalice's names of the functions that the workflow calls."""
    found = (_FUNCTION.fullmatch(name) for name in _PLACEHOLDER.findall(project.workflow))
    return sorted({_snake(match[1]) for match in found if match})


def filled(text: str, value: Callable[[str], str]) -> dict[str, Any]:
    """The JSON text with each `${name}` replaced by its value.

    Raises:
        Problem: it is not JSON.
    """
    try:
        parsed: dict[str, Any] = json.loads(_PLACEHOLDER.sub(lambda match: value(match[1]), text))
    except json.JSONDecodeError as error:
        raise Problem(f"the state machine's definition is not JSON: {error}") from None
    return parsed


def _value(name: str, project: Project, place: Place) -> str:
    if match := _FUNCTION.fullmatch(name):
        return place.function_arn(project.function_name(_snake(match[1])))
    if _TABLE.fullmatch(name):
        return project.setting(_snake(name).upper())
    raise Problem(f"${{{name}}} in the state machine's definition stands for nothing that the deployer knows")


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()

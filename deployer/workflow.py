"""Fills a state machine's `${...}` placeholders. Pure.

A placeholder's name says what it stands for: `AskCustomerFunctionArn` for the ARN of function `ask_customer`,
`OrdersTable` for the setting ORDERS_TABLE. So there is nothing to list beside the definition, and nothing unused.
"""

import re
from typing import Any

from deployer.place import Place
from deployer.problem import Problem, problems_at
from deployer.project import Project

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_FUNCTION = re.compile(r"(\w+)FunctionArn")
_TABLE = re.compile(r"\w+Table")
ORDERS = "OrdersTable"
_UPDATES = "arn:aws:states:::dynamodb:updateItem"


def definition(project: Project, place: Place) -> dict[str, Any]:
    """The Order Processor's definition with every placeholder filled.

    Raises:
        Problem: a placeholder stands for nothing, or the definition is no JSON object; and where.
    """
    source = project.workflow
    parsed = source.parsed(_PLACEHOLDER.sub(lambda found: _value(found, project, place), source.text))
    if not isinstance(parsed, dict):
        raise Problem(f"{source.at()}: a state machine's definition is an object: {{ ... }}")
    return parsed


def functions(project: Project) -> list[str]:
    """Lambda's names for the functions that the workflow calls.

    Raises:
        Problem: the application has no such function; and where it is called.
    """
    found = _PLACEHOLDER.finditer(project.workflow.text)
    return sorted({_function(one, project) for one in found if _FUNCTION.fullmatch(one[1])})


def claims_orders(project: Project) -> bool:
    """Whether a state of the workflow writes to orders that they are its own, as in an unfinished one none does.

    Raises:
        Problem: the definition is no JSON; and where.
    """
    source = project.workflow
    return _writes(source.parsed(source.text), (f"${{{ORDERS}}}", project.setting("ORDERS_TABLE")))


def _writes(part: Any, tables: tuple[str, ...]) -> bool:
    """Whether a part of a definition is, or has in it, a task that changes an item of one of these tables."""
    if isinstance(part, list):
        return any(_writes(one, tables) for one in part)
    if not isinstance(part, dict):
        return False
    asked = part.get("Parameters") or part.get("Arguments")
    table = asked.get("TableName") if isinstance(asked, dict) else None
    claims = str(part.get("Resource", "")).startswith(_UPDATES) and table in tables
    return claims or any(_writes(one, tables) for one in part.values())


def described_in(project: Project) -> str:
    """The definition's file where it stands instead of the checkout's; that one is not worth telling."""
    return project.workflow.name if project.overlay.workflow else ""


def placeholders(project: Project) -> list[str]:
    """The names of all placeholders that stand for something."""
    functions = [f"{_camel(name)}FunctionArn" for name in project.functions]
    return sorted([*functions, *(_camel(name) for name in project.environment if name.endswith("_TABLE"))])


def _value(placeholder: re.Match[str], project: Project, place: Place) -> str:
    name = placeholder[1]
    if _FUNCTION.fullmatch(name):
        return place.function_arn(_function(placeholder, project))
    with problems_at(project.workflow.at_offset(placeholder.start())):
        if _TABLE.fullmatch(name):
            return project.setting(_snake(name).upper())
        known = ", ".join(f"${{{one}}}" for one in placeholders(project))
        raise Problem(f"${{{name}}} stands for nothing that the deployer knows", f"There are: {known}.")


def _function(placeholder: re.Match[str], project: Project) -> str:
    with problems_at(project.workflow.at_offset(placeholder.start())):
        return project.function_name(_snake(placeholder[1].removesuffix("FunctionArn")))


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _camel(name: str) -> str:
    return "".join(word.title() for word in name.lower().split("_"))

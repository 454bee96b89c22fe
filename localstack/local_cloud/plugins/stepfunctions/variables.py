"""LocalStack reads variables as JSONata, and shows a state what it assigns itself; here they are as on AWS.
Since 0.2.

Ours reads a variable of a JSONPath state as the path that it is, and shows what a state assigns to the states after it,
not to its own Output. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

SAMPLE = "localstack.services.stepfunctions.asl.component.common.string.string_expression:StringVariableSample"
STATE = "localstack.services.stepfunctions.asl.component.state.state:CommonStateField"
STORE = "localstack.services.stepfunctions.asl.eval.variable_store:VariableStore"

VARIABLE = re.compile(r"\$(\w+)(.*)", re.DOTALL)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_variables() -> None:
    """LocalStack's hook: read and assign variables as documented."""
    replace(SAMPLE, "_eval_body", _variable, why="capability", upstream="75f19a5271d5", before="stepfunctions")
    replace(STATE, "_eval_body", _remembering_variables, why="parity", upstream="28b3c6c7f841", before="stepfunctions")
    replace(STORE, "get_assigned_variables", _as_json, why="parity", upstream="ca0563e537c8", before="stepfunctions")


def _variable(evaluate_body: Callable[..., None]) -> Callable[..., None]:
    """A variable in a JSONPath state, with a path below it perhaps: `$order.items[0]`."""

    @wraps(evaluate_body)
    def evaluate_variable(component: Any, env: Any) -> None:
        from localstack.services.stepfunctions.asl.utils.json_path import NoSuchJsonPathError, extract_json  # noqa: PLC0415

        variables = variables_of(env.variable_store)
        found = VARIABLE.fullmatch(component.expression)
        if not found or found[1] not in variables:
            raise NoSuchJsonPathError(component.expression, variables)
        value = variables[found[1]]
        env.stack.append(deepcopy(extract_json(f"${found[2]}", value) if found[2] else value))

    return evaluate_variable


def variables_of(store: Any) -> dict[str, Any]:
    """Return the variables that a state sees: as they were when it was entered."""
    at_entry: dict[str, Any] | None = getattr(store, "at_entry", None)
    return {**store._outer_scope, **store._inner_scope} if at_entry is None else at_entry


def _remembering_variables(evaluate_body: Callable[..., None]) -> Callable[..., None]:
    @wraps(evaluate_body)
    def evaluate_state(state: Any, env: Any) -> None:
        store = env.variable_store
        store.at_entry = {**store._outer_scope, **store._inner_scope}
        try:
            evaluate_body(state, env)
        finally:
            store.at_entry = None

    return evaluate_state


def _as_json(get_assigned: Callable[..., Any]) -> Callable[..., Any]:
    """The history holds assigned values as JSON, also texts with quotes in them."""

    @wraps(get_assigned)
    def assigned_variables(store: Any) -> dict[str, str]:
        return {name: json.dumps(store.get(name), separators=(",", ":")) for name in store._declaration_tracing}

    return assigned_variables

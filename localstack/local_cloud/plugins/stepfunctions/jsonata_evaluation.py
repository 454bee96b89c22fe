"""LocalStack evaluates JSONata in a Java machine that it would download; here it is done in Python.
Since 0.2.

Ours evaluates it in Python (jsonata-python), hands variables and `$states` over as values instead of as source text,
bounds time and depth, and fails a state with States.QueryEvaluationError where AWS does.
https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace
from local_cloud.plugins.stepfunctions.jsonata_functions import FUNCTIONS
from local_cloud.plugins.stepfunctions.jsonata_regex import engine
from local_cloud.plugins.stepfunctions.variables import variables_of

EXPRESSION = "localstack.services.stepfunctions.asl.component.common.string.string_expression:StringJSONata"
PARSER = "localstack.services.stepfunctions.asl.parse.preprocessor:Preprocessor"
STATES = "localstack.services.stepfunctions.asl.eval.states:States"
HISTORY = "localstack.services.stepfunctions.asl.eval.event.event_manager:EventManager"

MOST_MILLISECONDS = 5000
"""What an expression may take; a loop without an end holds one of LocalStack's threads that long."""
LARGEST_WHOLE = 2**53
"""JSONata has no numbers but fractions of double precision, which are whole up to here."""
DEEPEST = 500
"""Calls within calls: more than sensible expressions need, and less than Python bears."""

WHOLE = {
    "Condition": "boolean",
    "Items": "array",
    "Timestamp": "string",
    "Error": "string",
    "Cause": "string",
    "Seconds": "number",
    "TimeoutSeconds": "number",
    "HeartbeatSeconds": "number",
    "MaxConcurrency": "number",
    "ToleratedFailureCount": "number",
    "ToleratedFailurePercentage": "number",
}
"""The types of fields that hold nothing but an expression."""


class JSONataError(Exception):
    """An expression has no value; the text says why, as Step Functions' cause does."""


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def evaluate_in_python() -> None:
    """LocalStack's hook: replace the evaluation of expressions."""
    why: dict[str, Any] = {"why": "capability", "before": "stepfunctions"}
    replace(PARSER, "visitString_jsonata", _knowing_its_field, upstream="1e734108d20e", **why)
    replace(EXPRESSION, "_eval_body", _jsonata, upstream="fc2281bc0a19", **why)
    replace(HISTORY, "add_event", _once, upstream="0d80e874c82d", **why)
    replace(STATES, "reset", _without_results, upstream="3026ea3d7689", **why)


def evaluate(expression: str, bindings: Mapping[str, Any]) -> Any:
    """Return the value of a JSONata expression as Python's JSON has it.

    Args:
        expression: without `{%` and `%}`.
        bindings: variables by their name without `$`.

    Raises:
        JSONataError: when it cannot be read or evaluated, is undefined, or has a value that JSON lacks.
    """
    from jsonata import Jsonata  # noqa: PLC0415  # which few state machines need
    from jsonata.jexception import JException  # noqa: PLC0415

    try:
        program = Jsonata(expression, engine(MOST_MILLISECONDS), timeout=MOST_MILLISECONDS, stack=DEEPEST)
        program.set_output_convert_nulls(False)
        for name, function in FUNCTIONS.items():
            program.register_lambda(name, function)
        program.assign("eval", None)  # which Step Functions does not have
        value = program.evaluate(None, bindings)
    except JException as error:
        raise JSONataError(f"threw an error during evaluation. {error.get_error()}: {error}") from error
    except Exception as error:  # the library's own, and those of functions that were given something else
        raise JSONataError(f"threw an error during evaluation. {error}") from error
    if value is None:
        raise JSONataError("returned nothing (undefined).")
    return _plain(value)


def _plain(value: Any) -> Any:
    """Copy a value of the library's kinds into JSON's; the original may be shared with the bindings."""
    from jsonata.utils import Utils  # noqa: PLC0415

    match value:
        case None | Utils.NULL_VALUE:
            return None
        case bool() | int() | str():
            return value
        case float() if math.isfinite(value):
            return int(value) if value.is_integer() and abs(value) < LARGEST_WHOLE else value
        case dict():
            return {name: _plain(member) for name, member in value.items()}
        case list():
            return [_plain(value[index]) for index in range(len(value))]  # a range's iterator misses its last
    raise JSONataError("returned an unsupported result type.")


def _knowing_its_field(visit: Callable[..., Any]) -> Callable[..., Any]:
    """An expression that fails says which field it stands for, such as `Arguments/QueueUrl`."""

    @wraps(visit)
    def visit_expression(preprocessor: Any, ctx: Any) -> Any:
        component = visit(preprocessor, ctx)
        component.field = "/".join(reversed(list(_keys_above(ctx))))
        return component

    return visit_expression


def _keys_above(ctx: Any) -> Iterator[str]:
    """Give the keys on the way from a value in the parsed definition up to its state."""
    while ctx and type(ctx).__name__ != "State_declContext":
        if ctx.getChildCount() > 1 and ctx.getChild(1).getText() == ":":
            yield json.loads(ctx.getChild(0).getText())
        ctx = ctx.parentCtx


def _jsonata(evaluate_body: Callable[..., None]) -> Callable[..., None]:
    @wraps(evaluate_body)
    def evaluate_expression(component: Any, env: Any) -> None:
        bindings = {**variables_of(env.variable_store), "states": env.states._states_data}
        try:
            value = evaluate(component.expression, bindings)
            _check_type(component.field.rpartition("/")[2] if "Choices/" in component.field else component.field, value)
        except JSONataError as error:
            told = (
                f"The JSONata expression '{component.expression}' specified for the field '{component.field}' {error}"
            )
            raise _failure(env, told, component.field) from error
        env.stack.append(value)

    return evaluate_expression


def _check_type(field: str, value: Any) -> None:
    """Refuse what a field cannot hold.

    Raises:
        JSONataError: it cannot hold that.
    """
    if (expected := WHOLE.get(field)) and expected != (found := _type_of(value)):
        shown = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        raise JSONataError(
            f"returned an unexpected result type. Expected '{expected}', but was '{found}' for value: {shown}"
        )


def _type_of(value: Any) -> str:
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _failure(env: Any, cause: str, field: str) -> Any:
    """Return what fails a state with States.QueryEvaluationError, and put it into the execution's history."""
    from localstack.aws.api.stepfunctions import HistoryEventType  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.component.common.error_name import (  # noqa: PLC0415
        failure_event,
        states_error_name,
    )

    name = states_error_name.StatesErrorName.from_name("States.QueryEvaluationError")
    details: Any = {"evaluationFailedEventDetails": {"error": name.error_name, "cause": cause, "location": field}}
    event = failure_event.FailureEvent(env, name, HistoryEventType.EvaluationFailed, details)
    failure = failure_event.FailureEventException(event)
    told: Any = {"evaluationFailedEventDetails": failure.get_evaluation_failed_event_details()}
    env.event_manager.add_event(env.event_history_context, HistoryEventType.EvaluationFailed, told)
    return failure


def _once(add_event: Callable[..., Any]) -> Callable[..., Any]:
    """A state that can retry puts its failures into the history itself, but without saying which state it is."""

    @wraps(add_event)
    def add_once(history: Any, context: Any, event_type: str, event_details: Any = None, **others: Any) -> Any:
        told = (event_details or {}).get("evaluationFailedEventDetails")
        if told is not None and "state" not in told:
            return None
        return add_event(history, context, event_type, event_details, **others)

    return add_once


def _without_results(reset: Callable[..., None]) -> Callable[..., None]:
    """`$states.result` and `$states.errorOutput` are undefined where there are none, not null."""

    @wraps(reset)
    def reset_without_results(states: Any, input_value: Any) -> None:
        reset(states, input_value)
        del states._states_data["result"], states._states_data["errorOutput"]

    return reset_without_results

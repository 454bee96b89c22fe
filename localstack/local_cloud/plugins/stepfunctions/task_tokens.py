"""LocalStack takes answers for tasks that are over, and any text for their output; here they are refused as on AWS.
Since 0.2.

So an answer given twice is lost without a word while the execution runs on, and is an invalid token's once that has
ended; output that is no JSON fails the execution; and a retry ends at once, with the answer that its predecessor got.
Ours refuses the first with TaskTimedOut ("the task token has either expired or the task associated with the token has
already been closed"), the second with InvalidOutput, and gives each attempt a token of its own.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html#API_SendTaskSuccess_Errors
"""

import json
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Never

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

PROVIDER = "localstack.services.stepfunctions.provider:StepFunctionsProvider"
ENVIRONMENT = "localstack.services.stepfunctions.asl.eval.environment:Environment"
CALLBACK = "localstack.services.stepfunctions.asl.eval.callback.callback:CallbackEndpoint"
TASK = (
    "localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service"
    ".state_task_service_callback:StateTaskServiceCallback"
)

_ANSWERING = Lock()  # a task ends once: by the first answer, or by its end without one


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def close_tasks() -> None:
    """LocalStack's hook: have a task end once, and answers to it refused from then on."""
    early: dict[str, Any] = {"why": "parity", "before": "stepfunctions"}
    replace(PROVIDER, "send_task_success", _success, upstream="7cdb6939ba79", **early)
    replace(PROVIDER, "send_task_failure", _failure, upstream="8a8bbcbb4b70", **early)
    replace(PROVIDER, "send_task_heartbeat", _heartbeat, upstream="e1bc59ca7b16", **early)
    replace(ENVIRONMENT, "set_ended", _closing_its_task, upstream="36f5a60b56c1", **early)
    replace(ENVIRONMENT, "set_stop", _closing_its_task, upstream="6ef8ff56b498", **early)
    replace(CALLBACK, "wait", _closing_when_time_is_over, upstream="85d0fa6224f1", **early)
    replace(TASK, "_wait_for_task_token_heartbeat", _closing_without_heartbeat, upstream="156c1dac9685", **early)
    replace(TASK, "_evaluate_with_timeout", _with_a_token_of_its_own, upstream="615df7e8e72c", **early)


def _success(send: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(send)
    def send_task_success(provider: Any, context: Any, task_token: str, output: str, **_: Any) -> dict[str, Any]:
        from localstack.services.stepfunctions.asl.eval.callback.callback import CallbackOutcomeSuccess  # noqa: PLC0415

        _refuse_other_than_json(output)
        _answer(provider.get_store(context), task_token, CallbackOutcomeSuccess(task_token, output))
        return {}

    return send_task_success


def _failure(send: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(send)
    def send_task_failure(
        provider: Any, context: Any, task_token: str, error: str | None = None, cause: str | None = None, **_: Any
    ) -> dict[str, Any]:
        from localstack.services.stepfunctions.asl.eval.callback.callback import CallbackOutcomeFailure  # noqa: PLC0415

        _answer(provider.get_store(context), task_token, CallbackOutcomeFailure(task_token, error, cause))
        return {}

    return send_task_failure


def _heartbeat(send: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(send)
    def send_task_heartbeat(provider: Any, context: Any, task_token: str, **_: Any) -> dict[str, Any]:
        with _ANSWERING:
            _open_task(provider.get_store(context), task_token).notify_heartbeat()
        return {}

    return send_task_heartbeat


def _refuse_other_than_json(output: str) -> None:
    from localstack.aws.api.stepfunctions import InvalidOutput  # noqa: PLC0415

    def refuse(constant: str) -> Never:  # NaN and Infinity, which Python reads
        raise ValueError(f"{constant} is no JSON")

    try:
        json.loads(output, parse_constant=refuse)
    except ValueError as error:
        raise InvalidOutput(f"Invalid Output: '{error}'") from error
    except RecursionError as error:
        raise InvalidOutput("Invalid Output: 'It is nested too deep'") from error


def _answer(store: Any, token: str, outcome: Any) -> None:
    """End the task.

    Raises:
        InvalidToken: LocalStack's; there never was such a task.
        TaskTimedOut: LocalStack's; it is over.
    """
    with _ANSWERING:
        _open_task(store, token).notify(outcome)


def _open_task(store: Any, token: str) -> Any:
    from localstack.aws.api.stepfunctions import ExecutionStatus, InvalidToken, TaskTimedOut  # noqa: PLC0415

    for execution in reversed(list(store.executions.values())):  # the newest wait, most of the others have ended
        environment = getattr(execution.exec_worker, "env", None)  # none yet while it starts
        if environment and (task := environment.callback_pool_manager.get(token)):
            if execution.exec_status != ExecutionStatus.RUNNING or _is_over(task):
                raise TaskTimedOut("Task Timed Out: 'Provided task does not exist anymore'")
            return task
    raise InvalidToken("Invalid Token: 'Invalid token'")


def _is_over(task: Any) -> bool:
    return task.get_outcome() is not None or task.consumer_error is not None


def _closed_unless_answered(task: Any) -> Any:
    """Return the answer; without one the task takes none from now on."""
    from localstack.services.stepfunctions.asl.eval.callback.callback import CallbackConsumerLeft  # noqa: PLC0415

    with _ANSWERING:
        if (outcome := task.get_outcome()) is None:
            task.report(CallbackConsumerLeft())
    return outcome


def _closing_its_task(end: Callable[..., None]) -> Callable[..., None]:
    """An attempt that ends, and what is nested in it, waits for its task no longer; LocalStack leaves it waiting."""

    @wraps(end)
    def end_and_close(environment: Any, *args: Any, **kwargs: Any) -> None:
        end(environment, *args, **kwargs)
        if task := _task_of(environment):
            _closed_unless_answered(task)
            task.interrupt_all()

    return end_and_close


def _closing_when_time_is_over(wait: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(wait)
    def wait_and_close(task: Any, timeout: float | None = None) -> Any:
        wait(task, timeout)
        return _closed_unless_answered(task)

    return wait_and_close


def _closing_without_heartbeat(wait: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(wait)
    def wait_and_close(state: Any, env: Any, callback_endpoint: Any, heartbeat_endpoint: Any) -> Any:
        outcome = wait(state, env, callback_endpoint, heartbeat_endpoint)
        return _closed_unless_answered(callback_endpoint) or outcome

    return wait_and_close


def _with_a_token_of_its_own(evaluate: Callable[..., None]) -> Callable[..., None]:
    @wraps(evaluate)
    def evaluate_attempt(state: Any, env: Any) -> None:
        if (task := _task_of(env)) and _is_over(task):  # the attempt before this one had it
            env.callback_pool_manager.add(env.states.context_object.update_task_token())
        evaluate(state, env)

    return evaluate_attempt


def _task_of(environment: Any) -> Any:
    """Return the task whose token this part of an execution has; None without a token."""
    task = environment.states.context_object.context_object_data.get("Task")
    return task and environment.callback_pool_manager.get(task["Token"])

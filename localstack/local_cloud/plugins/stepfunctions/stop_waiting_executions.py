"""Ends an execution that is stopped while it waits for a task token.

LocalStack's StopExecution marks the execution but wakes nobody: it waits on until the wait's own time-out, and is
RUNNING as long. On AWS it is ABORTED at once.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def end_stopped_executions() -> None:
    """LocalStack's hook: make StopExecution reach executions that wait."""
    before_loading("stepfunctions", install)


def install() -> None:
    """Wake the waits of an execution that is stopped, and let what they then raise change nothing."""
    from localstack.services.stepfunctions.asl.eval.environment import Environment  # noqa: PLC0415  # takes seconds
    from localstack.services.stepfunctions.asl.eval.program_state import ProgramRunning  # noqa: PLC0415
    from localstack.services.stepfunctions.backend.execution_worker import ExecutionWorker  # noqa: PLC0415

    ExecutionWorker.stop = _waking(ExecutionWorker.stop)
    Environment.set_error = _while_running(Environment.set_error, ProgramRunning)


def _waking(stop: Callable[..., None]) -> Callable[..., None]:
    @wraps(stop)
    def stop_and_wake(worker: Any, *args: Any, **kwargs: Any) -> None:
        stop(worker, *args, **kwargs)
        for endpoint in list(worker.env.callback_pool_manager._pool.values()):  # it has no way to list them
            endpoint.interrupt_all()

    return stop_and_wake


def _while_running(set_error: Callable[..., None], running: type) -> Callable[..., None]:
    """As LocalStack's other ways to end a program have it: the first end counts."""

    @wraps(set_error)
    def set_first_error(environment: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(environment.program_state(), running):
            set_error(environment, *args, **kwargs)

    return set_first_error

"""LocalStack lets an execution that waits for a task token run on when it is stopped; here it is ABORTED at once.
Since 0.1.

LocalStack's StopExecution marks the execution but wakes nobody: it waits on until the wait's own time-out, and is
RUNNING as long. On AWS it is ABORTED at once.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def end_stopped_executions() -> None:
    """LocalStack's hook: make StopExecution reach executions that wait."""
    services = "localstack.services.stepfunctions"
    replace(
        f"{services}.backend.execution_worker:ExecutionWorker",
        "stop",
        _waking,
        why="parity",
        upstream="dc18be1944e1",
        before="stepfunctions",
    )
    replace(  # what the waits then raise changes nothing
        f"{services}.asl.eval.environment:Environment",
        "set_error",
        _while_running,
        why="parity",
        upstream="6447409d4056",
        before="stepfunctions",
    )


def _waking(stop: Callable[..., None]) -> Callable[..., None]:
    @wraps(stop)
    def stop_and_wake(worker: Any, *args: Any, **kwargs: Any) -> None:
        stop(worker, *args, **kwargs)
        for endpoint in list(worker.env.callback_pool_manager._pool.values()):  # it has no way to list them
            endpoint.interrupt_all()

    return stop_and_wake


def _while_running(set_error: Callable[..., None]) -> Callable[..., None]:
    """As LocalStack's other ways to end a program have it: the first end counts."""

    @wraps(set_error)
    def set_first_error(environment: Any, *args: Any, **kwargs: Any) -> None:
        from localstack.services.stepfunctions.asl.eval.program_state import ProgramRunning  # noqa: PLC0415

        if isinstance(environment.program_state(), ProgramRunning):
            set_error(environment, *args, **kwargs)

    return set_first_error

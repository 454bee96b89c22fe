"""LocalStack lets what a stopped execution's waits raise change how it ended; here its first end counts.
Since 0.1.

StopExecution wakes whoever waits for a task token (`task_tokens`), in branches and iterations too. That ends the wait
with an error, which LocalStack would catch, and run on, or report as FAILED. On AWS the execution is ABORTED at once.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_first_end() -> None:
    """LocalStack's hook: let errors end only what still runs."""
    replace(
        "localstack.services.stepfunctions.asl.eval.environment:Environment",
        "set_error",
        _while_running,
        why="parity",
        upstream="6447409d4056",
        before="stepfunctions",
    )


def _while_running(set_error: Callable[..., None]) -> Callable[..., None]:
    """As LocalStack's other ways to end a program have it: the first end counts."""

    @wraps(set_error)
    def set_first_error(environment: Any, *args: Any, **kwargs: Any) -> None:
        from localstack.services.stepfunctions.asl.eval.program_state import ProgramRunning  # noqa: PLC0415

        if isinstance(environment.program_state(), ProgramRunning):
            set_error(environment, *args, **kwargs)

    return set_first_error

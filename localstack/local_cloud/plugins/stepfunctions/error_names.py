"""LocalStack lets none of Step Functions' own errors out of a branch or a task that reports one; here they pass.
Since 0.2.

It takes them for custom errors, which must not begin with `States.`, and fails with States.Runtime instead. Ours
hands on what it was, such as States.Timeout or States.QueryEvaluationError, for catchers to see.
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

STATES = "localstack.services.stepfunctions.asl.component.state.state_execution"
PLACES = (
    f"{STATES}.state_parallel.branches_decl",
    f"{STATES}.state_map.iteration.iteration_worker",
    f"{STATES}.state_task.service.state_task_service_callback",
    f"{STATES}.state_task.state_task_activitiy",
)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def hand_errors_on() -> None:
    """LocalStack's hook: know Step Functions' own errors where others are made of their names."""
    for place in PLACES:
        replace(place, "CustomErrorName", _any_name, why="parity", upstream="6b5ee193a80a", before="stepfunctions")


def _any_name(custom: Callable[..., Any]) -> Callable[..., Any]:
    from localstack.services.stepfunctions.asl.component.common.error_name.error_name import ErrorName  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import (  # noqa: PLC0415
        StatesErrorName,
    )

    class OtherErrorName(ErrorName):  # type: ignore[misc]  # LocalStack has no types
        """A name below `States.` that Step Functions does not have, but that a worker reports."""

    @wraps(custom)
    def named(error_name: str | None) -> Any:
        if error_name is None or not error_name.startswith("States."):
            return custom(error_name)
        try:
            return StatesErrorName.from_name(error_name)
        except ValueError:
            return OtherErrorName(error_name)

    return named

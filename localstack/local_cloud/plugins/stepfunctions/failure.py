"""How plugins fail a state, in LocalStack's terms. It must not decide when."""

from typing import Any


def failure(env: Any, error: str, cause: str) -> Exception:
    """Return what ends a state with one of Step Functions' own errors.

    Args:
        env: LocalStack's environment of the state.
        error: its name, such as `States.Runtime`.
        cause: why, as a person reads it; Step Functions puts the state's name before it.
    """
    from localstack.aws.api.stepfunctions import HistoryEventType  # noqa: PLC0415
    from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import (  # noqa: PLC0415
        FailureEvent,
        FailureEventException,
    )
    from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import (  # noqa: PLC0415
        StatesErrorName,
    )

    details: Any = {"taskFailedEventDetails": {"error": error, "cause": cause}}
    event = FailureEvent(env, StatesErrorName.from_name(error), HistoryEventType.TaskFailed, details)
    failed: Exception = FailureEventException(event)
    return failed

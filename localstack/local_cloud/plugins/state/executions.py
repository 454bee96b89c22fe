"""Executions of Step Functions do not outlast their process: of one that ran, what is kept says that it failed.

Its history ends where it was, and answers to its tasks are refused as those to any execution that has ended.
"""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

ERROR = "LocalCloud.Restarted"
CAUSE = "The local cloud ended while this execution ran; it was started again without it."

_UNTOLD = "local_cloud_untold"
"""The attribute of an execution whose failure no rule has heard of yet; it is kept with it, whoever is killed next."""
_TO_TELL: list[Any] = []


def reduced(execution: Any) -> tuple[Any, ...]:
    """Return how an execution is pickled."""
    state = vars(execution) | {"exec_worker": None, "_cloud_watch_logging_session": None, "_activity_store": {}}
    environment = getattr(execution.exec_worker, "env", None)  # none yet while it starts
    # Its own way gives a deep copy, which each look at all executions would make of all their events.
    history = list(environment.event_manager._history_event_list) if environment else []
    tasks = list(environment.callback_pool_manager._pool) if environment else []  # it has no way to list them
    return _restored, (type(execution), state, history, tasks)


def _restored(kind: Any, state: dict[str, Any], history: list[Any], tasks: list[str]) -> Any:
    from localstack.aws.api.stepfunctions import ExecutionStatus  # noqa: PLC0415

    execution = kind.__new__(kind)
    vars(execution).update(state, exec_worker=_Ended(history, tasks))
    if execution.exec_status in (None, ExecutionStatus.RUNNING):
        end = {"exec_status": ExecutionStatus.FAILED, "error": ERROR, "cause": CAUSE, "stop_date": datetime.now(UTC)}
        vars(execution).update(end | {_UNTOLD: True})
    if _UNTOLD in vars(execution):
        _TO_TELL.append(execution)
    return execution


def tell_of_failed() -> None:
    """Put the failures on the event bus, once there is one that can be called."""
    while _TO_TELL:
        execution = _TO_TELL.pop()
        execution.publish_execution_status_change_event()
        vars(execution).pop(_UNTOLD)


class _Ended:
    """In the place of what ran an execution."""

    def __init__(self, history: list[Any], tasks: list[str]) -> None:
        from localstack.services.stepfunctions.asl.eval.callback.callback import CallbackEndpoint  # noqa: PLC0415

        closed = {task: CallbackEndpoint(task) for task in tasks}
        events = SimpleNamespace(get_event_history=lambda: history, _history_event_list=history)
        self.env = SimpleNamespace(
            event_manager=events, callback_pool_manager=SimpleNamespace(get=closed.get, _pool=closed)
        )

    def stop(self, *_: Any, **__: Any) -> None:
        """It has ended already."""

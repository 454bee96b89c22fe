"""LocalStack knows no States.HeartbeatTimeout, and ends such a task after a minute; here it is as on AWS.
Since 0.2.

Ours hands a task that sent no heartbeat to the retriers and catchers of that name; those for States.Timeout, which is
what the history calls it on AWS too, still take it. While heartbeats come the task goes on, as TimeoutSeconds' default
has it. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
"""

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

STATE = "localstack.services.stepfunctions.asl.component.state.state_execution.execute_state:ExecutionState"
HEARTBEAT, EITHER = "States.HeartbeatTimeout", "States.Timeout"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def name_heartbeat_timeouts() -> None:
    """LocalStack's hook: let states handle a missing heartbeat by its name."""
    replace(STATE, "from_state_props", _unlimited, why="parity", upstream="00edbfd61c30", before="stepfunctions")
    replace(STATE, "_handle_retry", _retry, why="parity", upstream="444f2e121523", before="stepfunctions")
    replace(STATE, "_handle_catch", _catch, why="parity", upstream="414fe22c045a", before="stepfunctions")


def _unlimited(read: Callable[..., None]) -> Callable[..., None]:
    @wraps(read)
    def read_fields(state: Any, state_props: Any) -> None:
        from localstack.services.stepfunctions.asl.component.common.timeouts.timeout import (  # noqa: PLC0415
            Timeout,
            TimeoutSeconds,
        )

        read(state, state_props)
        if state_props.get(Timeout) is None:
            state.timeout = TimeoutSeconds(TimeoutSeconds.DEFAULT_TIMEOUT_SECONDS)

    return read_fields


def _retry(handle: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handle)
    def handle_retry(state: Any, env: Any, failure_event: Any) -> Any:
        return handle(state, env, _named(env, failure_event, state.retry.retriers))

    return handle_retry


def _catch(handle: Callable[..., None]) -> Callable[..., None]:
    @wraps(handle)
    def handle_catch(state: Any, env: Any, failure_event: Any) -> None:
        handle(state, env, _named(env, failure_event, state.catch.catchers))

    return handle_catch


def _named(env: Any, failure_event: Any, handlers: Iterable[Any]) -> Any:
    """Return the event by the name that these handlers know, whose error output says so too."""
    from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import (  # noqa: PLC0415
        StatesErrorName,
    )
    from localstack.services.stepfunctions.asl.eval.callback.callback import HeartbeatTimeoutError  # noqa: PLC0415

    if not isinstance(sys.exception(), HeartbeatTimeoutError) or _first_known(handlers) != HEARTBEAT:
        return failure_event
    env.states.set_error_output({**env.states.get_error_output(), "Error": HEARTBEAT})
    return type(failure_event)(
        env, StatesErrorName.from_name(HEARTBEAT), failure_event.event_type, failure_event.event_details
    )


def _first_known(handlers: Iterable[Any]) -> str | None:
    for handler in handlers:
        names = {name.error_name for name in handler.error_equals.error_names}
        if known := names & {HEARTBEAT, EITHER}:
            return HEARTBEAT if HEARTBEAT in known else EITHER
    return None

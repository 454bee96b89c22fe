"""LocalStack reads a time as whole seconds of UTC; here offsets and fractions count, also where a state waits.
Since 0.2.

Ours takes any offset and fraction that RFC 3339 has, in Choice and Wait.
https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html and
https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

STATES = "localstack.services.stepfunctions.asl.component.state"
IS_TIMESTAMP = f"{STATES}.state_choice.comparison.operator.implementations.is_operator:IsTimestamp"
WAIT = f"{STATES}.state_wait.wait_function.timestamp:Timestamp"

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def read_timestamps() -> None:
    """LocalStack's hook: read times as documented."""
    replace(
        IS_TIMESTAMP, "string_to_timestamp", _with_offset, why="parity", upstream="8748c8176609", before="stepfunctions"
    )
    replace(
        WAIT, "_from_timestamp_string", _on_this_clock, why="parity", upstream="fb8c50efe919", before="stepfunctions"
    )


def instant(text: Any) -> datetime | None:
    """Return the time that a text names, with its offset; None when it names none."""
    if not isinstance(text, str) or not RFC_3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # the 30th of February
        return None


def _with_offset(read: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(read)
    def read_instant(string: Any) -> datetime | None:
        return instant(string)

    return read_instant


def _on_this_clock(read: Callable[..., Any]) -> Callable[..., Any]:
    """LocalStack compares it with a clock that has no offset."""

    @wraps(read)
    def read_local_time(timestamp: Any) -> datetime | None:
        found = instant(timestamp)
        return found and found.astimezone().replace(tzinfo=None)

    return read_local_time

"""LocalStack's clients never give up a call within the process; here those with a time-out call by HTTP.
Since 0.1.

Its services call each other within the process (`IN_MEMORY_CLIENT`), where nobody can stop waiting. A client that was
told to wait less than usual, such as that of a Lambda trigger, needs its time-out.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from botocore.endpoint import DEFAULT_TIMEOUT
from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_time_outs() -> None:
    """LocalStack's hook: leave such clients as they are."""
    replace(
        "localstack.aws.client:GatewayShortCircuit",
        "modify_client",
        _unless_impatient,
        why="parity",
        upstream="a17cef73cbd8",
    )


def _unless_impatient(shorten: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    @wraps(shorten)
    def unless_impatient(client: Any, gateway: Any) -> None:
        if client.meta.config.read_timeout >= DEFAULT_TIMEOUT:
            shorten(client, gateway)

    return unless_impatient

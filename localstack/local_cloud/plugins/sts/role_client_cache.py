"""LocalStack assumes a role, and makes a client with it, for each task of a state machine; here both are kept.
Since 0.1.

It takes some ten milliseconds, and two megabytes of service model for each of the last 256 clients. Credentials are
good for an hour on AWS, too, and a role that is removed meanwhile is found out as late there.
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from cachetools import TTLCache, cached
from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

MOST = 512
KEPT_S = 15 * 60


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_assumed_roles() -> None:
    """LocalStack's hook: assume each role once in a while."""
    replace(
        "localstack.aws.connect:ClientFactory", "with_assumed_role", _remembering, why="speed", upstream="22cfb31408b0"
    )


def _remembering(assume: Callable[..., Any]) -> Callable[..., Any]:
    """Give the same clients' factory to all that ask for the same role in the same way; what fails is tried anew."""

    @cached(TTLCache(MOST, KEPT_S), lock=Lock())
    @wraps(assume)
    def with_assumed_role(factory: Any, **wish: Any) -> Any:
        return assume(factory, **wish)

    remembering: Callable[..., Any] = with_assumed_role
    return remembering

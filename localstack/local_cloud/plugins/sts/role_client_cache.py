"""Lets LocalStack's services keep the clients that they act for a role with.

LocalStack assumes a state machine's role anew for each task, and makes a client with the new credentials: some ten
milliseconds, and two megabytes of service model for each of the last 256 clients. Credentials are good for an hour on
AWS, too, and a role that is removed meanwhile is found out as late there.
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from cachetools import TTLCache, cached
from localstack.aws.connect import ClientFactory
from localstack.runtime import hooks

MOST = 512
KEPT_S = 15 * 60


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_assumed_roles() -> None:
    """LocalStack's hook: assume each role once in a while."""
    ClientFactory.with_assumed_role = _remembering(ClientFactory.with_assumed_role)


def _remembering(assume: Callable[..., Any]) -> Callable[..., Any]:
    """Give the same clients' factory to all that ask for the same role in the same way; what fails is tried anew."""

    @cached(TTLCache(MOST, KEPT_S), lock=Lock())
    @wraps(assume)
    def with_assumed_role(factory: ClientFactory, **wish: Any) -> Any:
        return assume(factory, **wish)

    remembering: Callable[..., Any] = with_assumed_role
    return remembering

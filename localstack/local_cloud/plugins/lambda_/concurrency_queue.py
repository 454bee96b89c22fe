"""LocalStack starts a process for each simultaneous call of a function; here those beyond a handful wait for a seat.
Since 0.1.

AWS starts an execution environment for each concurrent invocation. On two cores fifty starting processes take longer
than a few warm ones need for fifty invocations, and gigabytes besides. An invocation that has waited too long is
throttled, as AWS throttles beyond a function's concurrency.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import wraps
from threading import BoundedSemaphore, Lock
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.lambda_.capacity import at_once_per_function
from local_cloud.plugins.patches import replace

VARIABLE = "LOCAL_CLOUD_LAMBDA_MAX_PER_FUNCTION"
PATIENCE_S = 25  # less than the 29 s after which API Gateway gives up


class WaitedInVainError(Exception):
    """As many invocations of the function as may run at once went on all the time."""


class Queue:
    """Who may run: at most so many invocations of each function version at once."""

    def __init__(self, at_once: int, patience_s: float) -> None:
        self._patience_s = patience_s
        self._lock = Lock()
        self._seats: defaultdict[str, BoundedSemaphore] = defaultdict(lambda: BoundedSemaphore(at_once))

    @contextmanager
    def seat(self, version: str) -> Iterator[None]:
        """Wait for a seat and keep it.

        Raises:
            WaitedInVainError: there is none for too long.
        """
        with self._lock:
            seats = self._seats[version]
        if not seats.acquire(timeout=self._patience_s):
            raise WaitedInVainError
        try:
            yield
        finally:
            seats.release()


def configured_at_once(environment: Mapping[str, str]) -> int:
    """Return how many invocations of a function may run at once; if `environment` does not say, the cores decide.

    Raises:
        ValueError: that is no number above 0.
    """
    text = environment.get(VARIABLE) or str(at_once_per_function(os.cpu_count() or 1))
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{VARIABLE} must be a whole number above 0, not {text!r}")
    return int(text)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def queue_invocations() -> None:
    """LocalStack's hook: hand out execution environments from a queue."""
    queue = Queue(configured_at_once(os.environ), PATIENCE_S)
    replace(  # where LocalStack finds or starts an execution environment
        "localstack.services.lambda_.invocation.assignment:AssignmentService",
        "get_environment",
        lambda get_environment: _queued(get_environment, queue),
        why="speed",
        upstream="0241754dc23a",
        before="lambda",
    )


def _queued(get_environment: Callable[..., Any], queue: Queue) -> Callable[..., Any]:
    from localstack.aws.api.lambda_ import TooManyRequestsException  # noqa: PLC0415

    @wraps(get_environment)
    @contextmanager
    def waiting(self: Any, version_manager_id: str, *args: Any) -> Iterator[Any]:
        with ExitStack() as held:
            try:
                held.enter_context(queue.seat(version_manager_id))
            except WaitedInVainError as error:
                reason = "ReservedFunctionConcurrentInvocationLimitExceeded"
                raise TooManyRequestsException("Rate Exceeded.", Reason=reason, Type="User") from error
            yield held.enter_context(get_environment(self, version_manager_id, *args))

    return waiting

"""LocalStack loses an event for over a minute that comes while its function's code is changed; here it is handled.
Since 0.2.

Each version of a function has a poller, which reads the queue of its events. The old version's poller is stopped, but a
read that has begun goes on for up to two seconds, and what it still gets lies there until the queue shows it again.
Meanwhile one of the service's few threads waits for that read; after some changes or removals there is none left, and
the next change waits for seconds. Here whatever a poller has read it hands on, to the version that there is now, and
nobody waits for its end.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

LOG = logging.getLogger(__name__)
EVENT_MANAGER = "localstack.services.lambda_.invocation.event_manager"
READ_S = 2
AT_ONCE = 10
BEYOND_TIMEOUT_S = 60
BEGINS_WITHIN_S = 10
LOOK_EVERY_S = 0.01


class EndedThread:
    """Stands for the thread of a poller whose end nobody waits for."""

    def join(self, timeout: float | None = None) -> None:
        """Return at once."""

    def is_alive(self) -> bool:
        """Say that it has ended."""
        return False


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def end_pollers_without_loss() -> None:
    """LocalStack's hook: let pollers hand on what they have read, and wait for none."""
    poller = f"{EVENT_MANAGER}:Poller"
    replace(poller, "run", lambda _: _handling_all, why="parity", upstream="c20356638e73", before="lambda")
    replace(poller, "stop", lambda _: _beginning_no_other_read, why="parity", upstream="4ca9f9d3d3a8", before="lambda")
    manager = f"{EVENT_MANAGER}:LambdaEventManager"
    for name, wrap, upstream in (
        ("stop_for_update", _waiting_for_no_poller, "9b1cca6f4583"),
        ("stop", _forgetting_what_was_read, "f50d24b6ea0a"),
    ):
        replace(manager, name, wrap, why="speed", upstream=upstream, before="lambda")
    enqueue = "enqueue_event"
    replace(manager, enqueue, _once_there_is_a_queue, why="parity", upstream="ddb349ce07c1", before="lambda")


def _handling_all(poller: Any, *_: Any, **__: Any) -> None:
    """Read events and have them handled, until the poller is stopped and what it has read is on its way."""
    from localstack.services.lambda_.invocation import event_manager  # noqa: PLC0415  # takes seconds

    version = poller.version_manager.function_version
    queue = event_manager.get_sqs_client(version, client_config=event_manager.CLIENT_CONFIG)
    try:
        while not poller._shutdown_event.is_set():
            for message in _read(poller, queue, version.config.timeout):
                _hand_on(poller, message)
    finally:
        poller.invoker_pool.shutdown(wait=False)


def _read(poller: Any, queue: Any, timeout_s: int) -> list[Any]:
    try:
        answer = queue.receive_message(
            QueueUrl=poller.event_queue_url,
            WaitTimeSeconds=READ_S,
            MaxNumberOfMessages=AT_ONCE,
            VisibilityTimeout=timeout_s + BEYOND_TIMEOUT_S,
        )
    except Exception:
        if not poller._shutdown_event.is_set():  # else the queue may be gone already
            LOG.exception("The events of %s cannot be read", poller.version_manager.function_version.qualified_arn)
            time.sleep(1)
        return []
    messages: list[Any] = answer.get("Messages") or []  # None where nothing came
    return messages


def _hand_on(poller: Any, message: Any) -> None:
    try:
        poller.invoker_pool.submit(poller.handle_message, message)
    except RuntimeError:  # no more threads; the queue shows the message again. Or the function is gone
        if not poller._shutdown_event.is_set():
            LOG.exception("An event of %s waits", poller.version_manager.function_version.qualified_arn)


def _beginning_no_other_read(poller: Any) -> None:
    poller._shutdown_event.set()


def _waiting_for_no_poller(stop: Callable[[Any], None]) -> Callable[[Any], None]:
    @wraps(stop)
    def stopped(manager: Any) -> None:
        with manager.lifecycle_lock:  # its start has both poller and thread, or neither
            manager.poller_thread = EndedThread()
            stop(manager)

    return stopped


def _forgetting_what_was_read(stop: Callable[[Any], None]) -> Callable[[Any], None]:
    """The function goes: another one of its name has nothing to do with its events."""
    stop_at_once = _waiting_for_no_poller(stop)

    @wraps(stop)
    def stopped(manager: Any) -> None:
        with manager.lifecycle_lock:
            poller = manager.poller
            stop_at_once(manager)
        if poller:
            poller.invoker_pool.shutdown(wait=False, cancel_futures=True)

    return stopped


def _once_there_is_a_queue(enqueue: Callable[..., None]) -> Callable[..., None]:
    """A new version's manager is known before it has started, and an event may come right then."""

    @wraps(enqueue)
    def enqueued(manager: Any, invocation: Any) -> None:
        until = time.monotonic() + BEGINS_WITHIN_S
        while not (manager.event_queue_url or manager.stopped.is_set()) and time.monotonic() < until:
            time.sleep(LOOK_EVERY_S)
        enqueue(manager, invocation)

    return enqueued

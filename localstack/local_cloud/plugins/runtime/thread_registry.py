"""LocalStack keeps each thread that has ended on a list, and its stack; here the list forgets them.
Since 0.1.

It lists what it may have to stop when it ends itself, one thread for every state of every execution. A listed thread's
stack is kept, too: after some thousand executions the process had 32,000 of them, two gigabytes of memory, and could
start no further thread.
"""

from collections.abc import Iterable
from threading import Lock, Thread
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

FEW = 256  # that many are not worth a look


class LivingThreads(list[Any]):
    """A list of threads, and of others that have to be stopped, which forgets threads that have ended as it grows."""

    def __init__(self, listed: Iterable[Any] = ()) -> None:
        super().__init__(listed)
        self._changing = Lock()
        self._look_at = FEW

    def append(self, one: Any) -> None:
        """Add one; each time that the list has doubled, drop what has ended."""
        with self._changing:
            super().append(one)
            if len(self) >= self._look_at:
                self[:] = [one for one in self if not has_ended(one)]
                self._look_at = max(FEW, 2 * len(self))


def has_ended(one: Any) -> bool:
    """Return whether it is a thread that was started and runs no more."""
    return isinstance(one, Thread) and one.ident is not None and not one.is_alive()


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def let_go_of_ended_threads() -> None:
    """LocalStack's hook: put such a list in the place of LocalStack's, before any service has taken hold of that."""
    replace("localstack.utils.threads", "TMP_THREADS", LivingThreads, why="speed", upstream="a330395cc0a5")
    replace("localstack.utils.common", "TMP_THREADS", _the_same_list, why="speed", upstream="a330395cc0a5")


def _the_same_list(_: list[Any]) -> Any:
    from localstack.utils import threads  # noqa: PLC0415

    return threads.TMP_THREADS

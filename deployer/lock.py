"""One run at a time: a lock between processes that the kernel releases when its holder dies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def alone(path: Path, when_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file; `when_waiting` is called once if another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        when_waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()

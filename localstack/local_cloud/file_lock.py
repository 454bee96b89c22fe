"""One at a time: a lock between processes that the kernel releases when its holder dies.

A child that is started with `close_fds=False` holds it too: what a killed launcher leaves at work is waited for.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from local_cloud.unusable_files import told_if_unusable


@contextmanager
def exclusive_lock(path: Path, when_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file `path`, made when missing; `when_waiting` is called once if another holds it.

    Raises:
        LocalCloudError: it cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            when_waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        os.set_inheritable(file.fileno(), True)
        yield


@contextmanager
def lock_if_free(path: Path) -> Iterator[bool]:
    """Hold the lock file `path`, made when missing; give False at once if another holds it.

    Raises:
        LocalCloudError: it cannot be opened.
    """
    with _opened(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _opened(path: Path) -> IO[str]:
    with told_if_unusable(path):
        return path.open("a")

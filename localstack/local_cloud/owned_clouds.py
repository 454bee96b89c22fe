"""Clouds that belong to a process, such as a run of tests, and end with it, whatever ends it.

A process that is killed stops nothing. So an owner holds a lock in its cloud's run folder, which the kernel releases
when the owner dies, and whoever wants a cloud next stops those whose lock nobody holds.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from rich.console import Console

from local_cloud.free_port import free_port
from local_cloud.home import Home, RunFolder
from local_cloud.steps import Steps
from local_cloud.stopping import stop

_OWNER = "owner"  # the lock's file in the run folder
_SILENT = Steps(Console(quiet=True))


@contextmanager
def owned_port(home: Home, keep_log: Callable[[], bool] = lambda: False) -> Iterator[int]:
    """Give a free port on which the caller may start a cloud, which is stopped when the body ends.

    Args:
        home: where the cloud is installed and runs.
        keep_log: asked at the end whether the run folder is kept, because its log may tell what went wrong.
    """
    stop_orphans(home)
    run, lock = _reserved(home)
    with lock:
        try:
            yield run.port
        finally:
            stop(run, _SILENT)
            (run.path / _OWNER).unlink(missing_ok=True)
            if not keep_log():
                shutil.rmtree(run.path, ignore_errors=True)


def stop_orphans(home: Home) -> None:
    """Stop the clouds of this home whose owner has died. Clouds that somebody started by hand have none."""
    for owner in (home.path / "run").glob(f"*/{_OWNER}"):
        with _opened(owner) as lock:
            if lock is not None and _nobody_holds(lock):
                stop(home.run_folder(int(owner.parent.name)), _SILENT)
                shutil.rmtree(owner.parent, ignore_errors=True)


def _reserved(home: Home) -> tuple[RunFolder, IO[str]]:
    """The run folder of a free port and its lock, which is held; another port where somebody else was faster."""
    while True:
        run = home.run_folder(free_port())
        run.path.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # taken for an orphan's, and removed
            lock = (run.path / _OWNER).open("w")
            if _nobody_holds(lock) and os.fstat(lock.fileno()).st_nlink:
                return run, lock
            lock.close()


@contextmanager
def _opened(path: Path) -> Iterator[IO[str] | None]:
    try:
        file = path.open()
    except FileNotFoundError:  # its owner has just ended well
        yield None
        return
    with file:
        yield file


def _nobody_holds(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

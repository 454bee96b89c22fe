"""LocalStack and all that it has started, seen as one: how much memory, which ports, and ending it.

A process may end at any moment, also between being found and being asked, stay as a zombie until its parent has
noticed, or be another user's, which may not be asked. None of these is an error: such a process has nothing to tell.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain

import psutil

# psutil's ZombieProcess is one of the first.
_TELLS_NOTHING = (psutil.NoSuchProcess, psutil.AccessDenied)


def tree_of(root: psutil.Process) -> list[psutil.Process]:
    """Return the process and its descendants that live now, the root first; empty when it is gone."""
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def lives(process: psutil.Process) -> bool:
    """Whether the process goes on; a zombie has ended, though psutil's `is_running` says otherwise."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def asked[T](processes: Iterable[psutil.Process], question: Callable[[psutil.Process], T]) -> list[T]:
    """Return what the processes answer to `question`, without those that have ended or may not be asked."""
    answers: list[T] = []
    for process in processes:
        with suppress(*_TELLS_NOTHING):
            answers.append(question(process))
    return answers


def occupied_bytes(processes: Iterable[psutil.Process]) -> int:
    """Return the memory that the processes take together.

    What they share, such as a fork with the process that it is a fork of, is counted once where the kernel tells of it,
    as Linux does (proportional set size), and for each of them elsewhere.
    """
    return sum(asked(processes, _proportional_or_resident))


def _proportional_or_resident(process: psutil.Process) -> int:
    told = process.memory_full_info()
    taken: int = getattr(told, "pss", told.rss)
    return taken


def listening_addresses(processes: Iterable[psutil.Process]) -> set[tuple[str, int]]:
    """Return the (IP address, TCP port) pairs that any of the processes accepts connections at."""
    connections = chain.from_iterable(asked(processes, lambda process: process.net_connections(kind="tcp")))
    return {(each.laddr.ip, each.laddr.port) for each in connections if each.status == psutil.CONN_LISTEN}


def end_tree(root: psutil.Process, patience_s: float) -> None:
    """Ask the root to end, which ends its children; what is left after `patience_s` seconds is killed."""
    members = tree_of(root)
    asked([root], lambda process: process.terminate())  # psutil makes sure that the id has not been used again
    _, left = psutil.wait_procs(members, timeout=patience_s)
    left = list({*left, *tree_of(root)})
    asked(left, lambda process: process.kill())
    psutil.wait_procs(left, timeout=patience_s)

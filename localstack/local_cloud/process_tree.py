"""LocalStack and all that it has started, seen as one: how much memory, which ports, and ending it."""

from collections.abc import Iterable, Sequence

import psutil


def tree_of(root: psutil.Process) -> list[psutil.Process]:
    """Return the process and its descendants that live now, the root first; empty when it is gone."""
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def resident_bytes(processes: Iterable[psutil.Process]) -> int:
    """Return the sum of the processes' resident memory. What they share is counted for each of them."""
    return sum(_resident_bytes(process) for process in processes)


def listening_addresses(processes: Iterable[psutil.Process]) -> set[tuple[str, int]]:
    """Return the (IP address, TCP port) pairs that any of the processes accepts connections at."""
    return {address for process in processes for address in _listening_addresses(process)}


def end_tree(root: psutil.Process, patience_s: float) -> None:
    """Ask the root to end, which ends its children; what is left after `patience_s` seconds is killed."""
    members = tree_of(root)
    _signal(root, "terminate")
    _, left = psutil.wait_procs(members, timeout=patience_s)
    left = list({*left, *tree_of(root)})
    for process in left:
        _signal(process, "kill")
    psutil.wait_procs(left, timeout=patience_s)


def _signal(process: psutil.Process, method: str) -> None:
    try:
        getattr(process, method)()  # psutil makes sure that the id has not been used again
    except psutil.NoSuchProcess:
        return


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0


def _listening_addresses(process: psutil.Process) -> Sequence[tuple[str, int]]:
    try:
        connections = process.net_connections(kind="tcp")
    except psutil.NoSuchProcess:
        return ()
    return [(c.laddr.ip, c.laddr.port) for c in connections if c.status == psutil.CONN_LISTEN]

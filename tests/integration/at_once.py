"""Doing things at the same time: all wait at a barrier, then go together."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from simulator.bar_client import Refused


def at_once[T](calls: Iterable[Callable[[], T]]) -> list[T | Refused]:
    """What each call gave or was refused, in the calls' order; any other error is raised."""
    waiting = list(calls)
    barrier = Barrier(len(waiting))

    def go(call: Callable[[], T]) -> T | Refused:
        barrier.wait()
        try:
            return call()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(go, waiting))


def accepted[T](outcomes: Sequence[T | Refused]) -> list[T]:
    """Those that were not refused."""
    return [outcome for outcome in outcomes if not isinstance(outcome, Refused)]


def refusals[T](outcomes: Sequence[T | Refused]) -> Counter[tuple[int, str]]:
    """How often each (status, code) was the answer."""
    return Counter((outcome.status, outcome.code) for outcome in outcomes if isinstance(outcome, Refused))

"""Doing the same thing many times at the same time: all wait at a barrier, then go together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any


@dataclass(frozen=True)
class Outcomes[T]:
    """What came of it."""

    results: list[T]
    errors: list[Exception]

    @property
    def codes(self) -> set[str]:
        """The codes of the refusals, or the names of other errors."""
        return {str(getattr(error, "code", type(error).__name__)) for error in self.errors}


def together[T](times: int, call: Callable[[int], T]) -> Outcomes[T]:
    """Call it that many times at once, each with its number from 0."""
    barrier = Barrier(times)

    def go(number: int) -> T | Exception:
        barrier.wait()
        try:
            return call(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(times) as pool:
        outcomes: list[Any] = list(pool.map(go, range(times)))
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return Outcomes([outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors)

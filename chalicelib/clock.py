"""What time it is. Models never ask; routes and handlers ask once and hand the answer down."""

import time
from collections.abc import Callable


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def strictly_later(clock: Callable[[], int] = now_ms) -> Callable[[], int]:
    """A clock whose every answer is later than the one before, so that the order of two events is never lost."""
    last = 0

    def tick() -> int:
        nonlocal last
        last = max(clock(), last + 1)
        return last

    return tick

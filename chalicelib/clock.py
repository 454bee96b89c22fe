"""What time it is. Models never ask; routes and handlers ask once and hand the answer down."""

import time


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000

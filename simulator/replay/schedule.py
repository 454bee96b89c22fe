"""When each event of a recording is due when it is played. Pure: times and speed in, seconds out."""

from bisect import bisect_right
from collections.abc import Sequence


def due_times(moments: Sequence[int], speed: float) -> list[float]:
    """Seconds from the beginning at which the events are due.

    Args:
        moments: when they happened (ms), earliest first.
        speed: how many times faster than they happened; above 0.
    """
    return [(moment - moments[0]) / 1000 / speed for moment in moments]


def due_now(due: Sequence[float], position: int, elapsed: float, most: int) -> int:
    """How many events, from the one at `position` on, are due by now; at most `most`.

    The due times count from the beginning: what was late once does not make all that follows late.
    """
    return min(bisect_right(due, elapsed, lo=position) - position, most)

"""Waiting for what happens a moment later: look again until it is so, never sleep a guess."""

from collections.abc import Callable

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

DEADLINE_S = 60
LOOK_EVERY_S = 0.1


class NotSo(AssertionError):
    """Something is not as it must be, or not yet."""


def see(so: object, otherwise: str) -> None:
    """Look whether something is so.

    Args:
        so: holds, or is there.
        otherwise: what to say if not.

    Raises:
        NotSo: it is not.
    """
    if not so:
        raise NotSo(otherwise)


def eventually[T](look: Callable[[], T], within_s: float = DEADLINE_S) -> T:
    """What `look` gives once it raises no AssertionError any more; its last one if that never comes."""
    looking = Retrying(
        retry=retry_if_exception_type(AssertionError),
        wait=wait_fixed(LOOK_EVERY_S),
        stop=stop_after_delay(within_s),
        reraise=True,
    )
    return looking(look)

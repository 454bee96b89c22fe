"""Waiting for what AWS does in its own time."""

from collections.abc import Callable
from typing import Any

from tenacity import (
    RetryError,
    Retrying,
    retry,
    retry_if_exception,
    retry_if_result,
    stop_after_delay,
    wait_exponential,
)

from deployer.problem import Problem
from deployer.resources.refusals import refused_as


def once_not_refused_as(*codes: str, seconds: float, at_most: float = 5) -> Callable[[Any], Any]:
    """A decorator that calls again, ever more patiently, while AWS refuses with one of these codes.

    Args:
        codes: such as `OperationAborted`.
        seconds: how long; then the last refusal is raised.
        at_most: seconds between two calls.
    """
    return retry(
        retry=retry_if_exception(refused_as(*codes)),
        stop=stop_after_delay(seconds),
        wait=wait_exponential(multiplier=0.1, max=at_most),
        reraise=True,
    )


def wait_until(condition: Callable[[], bool], what: str, seconds: float) -> None:
    """Ask again and again, ever more patiently, until the condition holds.

    Args:
        condition: asks AWS.
        what: what is waited for, in words.
        seconds: how long at most.

    Raises:
        Problem: it did not come to hold in time.
    """
    attempts = Retrying(
        retry=retry_if_result(lambda holds: not holds),
        wait=wait_exponential(multiplier=0.1, max=5),
        stop=stop_after_delay(seconds),
    )
    try:
        attempts(condition)
    except RetryError:
        raise Problem(f"{what} took longer than {seconds:.0f} s", "Run this again: it goes on where it was.") from None

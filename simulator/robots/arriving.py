"""Signing in as a robot: once more if no letter came, or it was for a namesake who signs in at the same moment; and
again and again while the bar cannot be reached, or its functions are too slow for Cognito.
"""

from collections.abc import Callable

import httpx
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random_exponential

from simulator.bar_client import BarClient
from simulator.robots.opening_hours import PATIENCE_S
from simulator.sign_in import NoCode, WrongCode

TRIES = 4
UNREACHABLE = (httpx.TransportError, HTTPClientError, NoConnection)
TOO_SLOW = "UnexpectedLambdaException"  # a trigger failed, or took more than the five seconds that Cognito gives it


def arrive(enter: Callable[[], BarClient]) -> BarClient:
    """Whoever enters, at the latest at the last try; for who cannot be reached, tries go on for `PATIENCE_S`.

    Raises:
        NoCode, WrongCode, ClientError, BotoCoreError, httpx.TransportError: what went wrong at the last try.
    """
    trying = Retrying(
        retry=retry_if_exception_type((NoCode, WrongCode, ClientError, BotoCoreError, httpx.TransportError)),
        wait=wait_random_exponential(max=3),
        stop=_is_enough,
        reraise=True,
    )
    return trying(enter)


def _is_enough(state: RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    is_patient = _is_passing(error) and (state.seconds_since_start or 0) < PATIENCE_S
    return state.attempt_number >= TRIES and not is_patient


def _is_passing(error: BaseException | None) -> bool:
    if isinstance(error, ClientError):
        return error.response["Error"]["Code"] == TOO_SLOW
    return isinstance(error, UNREACHABLE)

"""Signing in as a robot: once more if no letter came, or it was for a namesake who signs in at the same moment."""

from collections.abc import Callable

import httpx
from botocore.exceptions import BotoCoreError, ClientError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from simulator.bar_client import BarClient
from simulator.sign_in import NoCode, WrongCode

TRIES = 4


def arrive(enter: Callable[[], BarClient]) -> BarClient:
    """Whoever enters, at the latest at the last try.

    Raises:
        NoCode, WrongCode, ClientError, BotoCoreError, httpx.TransportError: what went wrong at the last try.
    """
    trying = Retrying(
        retry=retry_if_exception_type((NoCode, WrongCode, ClientError, BotoCoreError, httpx.TransportError)),
        wait=wait_random_exponential(max=3),
        stop=stop_after_attempt(TRIES),
        reraise=True,
    )
    return trying(enter)

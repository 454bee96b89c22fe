"""How long robots go on, and how patiently: every wait of theirs ends at once when the bar closes for them."""

from collections.abc import Callable
from http import HTTPStatus
from threading import Event

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    sleep_using_event,
    stop_after_delay,
    stop_any,
    stop_when_event_set,
    wait_random_exponential,
)

from simulator.bar_client import Refused

PATIENCE_S = 180  # a laptop's cloud that ended is started again within that time

# Nobody looks more often than this: sixteen impatient customers are a load of their own on a small machine.
_BACK_OFF = wait_random_exponential(multiplier=0.2, max=2)


class Closed(Exception):
    """The robots are to go home."""


class OpeningHours:
    """Open until somebody closes.

    Args:
        on_try_again: told why, whenever somebody is put off and tries again.
    """

    def __init__(self, on_try_again: Callable[[str], None]) -> None:
        self._closing = Event()
        self._on_try_again = on_try_again

    def close(self) -> None:
        """Send everybody home."""
        self._closing.set()

    @property
    def are_over(self) -> bool:
        """Whether everybody is to go home."""
        return self._closing.is_set()

    def wait(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            Closed: the bar closed meanwhile.
        """
        if self._closing.wait(seconds):
            raise Closed

    def patiently(self, *codes: str, within_s: float = PATIENCE_S) -> Retrying:
        """Calls something again while the bar is overworked or cannot be reached, or refuses with one of these codes.

        A call that may have been heard although its answer was lost is made again too: every action is idempotent, and
        a scan's order is found again (`customer.py`). The last refusal is raised when the patience is over.
        """
        return Retrying(
            retry=retry_if_exception(lambda error: is_passing(error, codes)),
            wait=_pause,
            stop=stop_any(stop_after_delay(within_s), stop_when_event_set(self._closing)),
            sleep=sleep_using_event(self._closing),
            before_sleep=lambda state: self._on_try_again(_why(state)),
            reraise=True,
        )


def is_passing(error: BaseException, codes: tuple[str, ...]) -> bool:
    """Whether the same request may be accepted in a moment."""
    if isinstance(error, Refused):
        return error.code in codes or _is_overworked(error)
    return isinstance(error, httpx.TransportError)


def _is_overworked(refused: Refused) -> bool:
    return refused.status == HTTPStatus.TOO_MANY_REQUESTS or refused.status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _pause(state: RetryCallState) -> float:
    """Seconds to the next try: as long as an overworked bar asks for.

    `NotReady` asks for a whole second too, which is there for people's thumbs: the web app hears of it by a push.
    """
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Refused) and error.retry_after and _is_overworked(error):
        return error.retry_after
    return _BACK_OFF(state)


def _why(state: RetryCallState) -> str:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Refused):
        return error.code or str(error.status)
    return type(error).__name__

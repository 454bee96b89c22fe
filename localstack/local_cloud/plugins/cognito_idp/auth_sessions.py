"""The opaque session strings that tie an answer to its challenge. Must not know what a session stands for."""

import base64
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from local_cloud.plugins.cognito_idp.errors import NotAuthorizedError

# How long a string that is of no more use is remembered, to say why: used or expired.
_REMEMBERED_SECONDS = 3600


@dataclass
class _Entry[T]:
    content: T
    expires_at: float
    used: bool = False


class AuthSessions[T]:
    """Strings that nobody can guess, each good for one use and a limited time; safe to use from many threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Measure time with `clock`, in seconds from any start, never going back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry[T]] = {}

    def open(self, content: T, validity: float) -> str:
        """A new session string that stands for `content` during `validity` seconds."""
        token = base64.b64encode(secrets.token_bytes(96)).decode()  # clients decode SRP's
        with self._lock:
            self._forget_old()
            self._entries[token] = _Entry(content, self._clock() + validity)
        return token

    def redeem(self, token: str) -> T:
        """What the string stands for; from now on it is used.

        Raises:
            NotAuthorizedError: it was never given out, is used, or has expired.
        """
        with self._lock:
            entry = self._entries.get(token)
            if entry is None:
                raise NotAuthorizedError("Invalid session for the user.")
            if entry.expires_at <= self._clock():
                raise NotAuthorizedError("Invalid session for the user, session is expired.")
            if entry.used:
                raise NotAuthorizedError("Invalid session for the user, session can only be used once.")
            entry.used = True
            return entry.content

    def _forget_old(self) -> None:
        threshold = self._clock() - _REMEMBERED_SECONDS
        self._entries = {t: e for t, e in self._entries.items() if e.expires_at > threshold}

"""The links to journeys that the gate gave out: each opens one page for an hour, and names neither bucket nor order.

The local cloud checks no signature, so that a signed URL proves nothing there: here only what the API itself has just
signed is opened.
"""

import secrets

from cachetools import TTLCache

FOR_SECONDS = 60 * 60  # as long as the bar signs for
MOST = 5000


class JourneyLinks:
    """Links of this run of the gate; the oldest goes where there are too many."""

    def __init__(self) -> None:
        self._signed: TTLCache[str, str] = TTLCache(MOST, FOR_SECONDS)

    def give_out(self, signed: str) -> str:
        """A link to what a signed path opens."""
        link = secrets.token_urlsafe(32)
        self._signed[link] = signed
        return link

    def signed(self, link: str) -> str | None:
        """The signed path behind a link; None where it was never given out, or too long ago."""
        found: str | None = self._signed.get(link)
        return found

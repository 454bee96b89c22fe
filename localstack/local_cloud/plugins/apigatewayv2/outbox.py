"""What waits for a client that reads more slowly than it is written to: bounded, in order. Does no I/O of its own."""

from collections.abc import Callable


class OutboxFullError(Exception):
    """The client leaves more unread than is allowed."""


class Outbox:
    """Passes bytes on to `write`, or keeps up to `limit` of them while the network takes no more."""

    def __init__(self, write: Callable[[bytes], object], limit: int) -> None:
        self._write = write
        self._limit = limit
        self._held = False
        self._waiting = bytearray()

    def put(self, data: bytes) -> None:
        """Send `data`, now or when the network takes it.

        Raises:
            OutboxFullError: more would wait than is allowed; then nothing of `data` is kept.
        """
        if not self._held:
            self._write(data)
        elif len(self._waiting) + len(data) > self._limit:
            raise OutboxFullError
        else:
            self._waiting += data

    def hold(self) -> None:
        """Keep what is put from now on."""
        self._held = True

    def release(self) -> None:
        """Pass on what was kept, and then what is put. The network may ask to hold again while this runs."""
        self._held = False
        if self._waiting:
            waiting, self._waiting = bytes(self._waiting), bytearray()
            self._write(waiting)

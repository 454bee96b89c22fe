"""Puts a client's messages together, within AWS's limits. Pure: takes what wsproto has decoded, sends nothing."""

from local_cloud.plugins.apigatewayv2.limits import Limits

# wsproto keeps back the bytes of a character that a frame cuts in two, and counts them to the next frame.
_CUT_CHARACTER_BYTES = 3


class MessageTooBigError(Exception):
    """A frame or a message is longer than allowed: "the connection is closed with code 1009"."""


class MessageAssembly:
    """The message that is arriving. wsproto gives it away in pieces: as they come in, at the latest by frame."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._message_bytes = 0
        self._frame_bytes = 0
        self._frame_limit = limits.frame_bytes

    def add(self, piece: str, *, frame_finished: bool, message_finished: bool) -> str | None:
        """Take the next piece; return the whole message if that was its end.

        Raises:
            MessageTooBigError: with it, the frame or the message is longer than allowed.
        """
        size = len(piece.encode())
        self._frame_bytes += size
        self._message_bytes += size
        if self._frame_bytes > self._frame_limit or self._message_bytes > self._limits.message_bytes:
            raise MessageTooBigError
        self._pieces.append(piece)
        if message_finished:
            return self._take()
        if frame_finished:
            self._frame_bytes, self._frame_limit = 0, self._limits.frame_bytes + _CUT_CHARACTER_BYTES
        return None

    def _take(self) -> str:
        message = "".join(self._pieces)
        self._pieces.clear()
        self._message_bytes = self._frame_bytes = 0
        self._frame_limit = self._limits.frame_bytes
        return message

"""Keeps what a function wrote, and of a flood only its beginning and its end. Does no I/O."""

BYTES_AT_EACH_END = 512 * 1024
LINES_AT_EACH_END = 5_000
"""One invocation's log is to fit into one batch of CloudWatch Logs: 1 MiB and 10,000 events.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
"""


class BoundedOutput:
    """Bytes in the order they came; what lies too far from both ends is counted and dropped."""

    def __init__(self, bytes_at_each_end: int = BYTES_AT_EACH_END) -> None:
        self._limit = bytes_at_each_end
        self._clear()

    def _clear(self) -> None:
        self._head = bytearray()
        self._tail = bytearray()
        self._dropped = 0

    def write(self, data: bytes) -> None:
        """Append `data`."""
        room = self._limit - len(self._head)
        self._head += data[:room]
        self._tail += data[room:]
        excess = len(self._tail) - self._limit
        if excess > 0:
            del self._tail[:excess]
            self._dropped += excess

    def take(self) -> str:
        """Return what is kept, with a line for what is not, and begin anew."""
        gap = b"\n[%d bytes left out]\n" % self._dropped if self._dropped else b""
        text = (self._head + gap + self._tail).decode(errors="replace")
        self._clear()
        return _ends_of(text, LINES_AT_EACH_END)


def _ends_of(text: str, lines_at_each_end: int) -> str:
    lines = text.splitlines(keepends=True)
    excess = len(lines) - 2 * lines_at_each_end
    if excess <= 0:
        return text
    return "".join([*lines[:lines_at_each_end], f"[{excess} lines left out]\n", *lines[-lines_at_each_end:]])

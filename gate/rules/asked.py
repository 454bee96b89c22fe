"""A request as it came, before anything of it is believed. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What somebody sent.

    Attributes:
        target: the request line's, as it stands there.
        headers: every one, in the order and the letters in which they came.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """The value of a header; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def path(self) -> str:
        """What stands before the `?`."""
        return self.target.partition("?")[0]

    @property
    def segments(self) -> list[str]:
        """The path's parts between its slashes."""
        return self.path.split("/")[1:]

    @property
    def query(self) -> str:
        """What stands behind the `?`."""
        return self.target.partition("?")[2]

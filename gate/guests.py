"""Who is in the room: counted for the teacher's eyes, and bounded, since strangers choose what is counted."""

from collections import deque
from dataclasses import dataclass, field

import jwt

from gate.rules.refusal import Refused

MOST_KNOWN = 5000


@dataclass
class Guests:
    """What the gate has seen since it was opened.

    Attributes:
        devices: the addresses that a page was given to.
        people: ids of those whose token the bar took.
        last_refused: what was refused lately, the newest last.
    """

    devices: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    sockets: int = 0
    orders: int = 0
    refused: int = 0
    last_refused: deque[str] = field(default_factory=lambda: deque(maxlen=3))

    def came(self, client: str) -> None:
        """Somebody at that address was given something."""
        if len(self.devices) < MOST_KNOWN:
            self.devices.add(client)

    def was_taken(self, token: str) -> None:
        """The bar took a token: only then what it says of its owner counts."""
        try:
            subject = jwt.decode(token, options={"verify_signature": False}).get("sub")
        except jwt.PyJWTError:
            return
        if isinstance(subject, str) and len(self.people) < MOST_KNOWN:
            self.people.add(subject)

    def were_refused(self, client: str, refused: Refused) -> None:
        """Something was not passed on."""
        self.refused += 1
        self.last_refused.append(f"{client}: {refused}")

    def line(self) -> str:
        """All of it in one line."""
        counts = (
            _counted(len(self.devices), "device", "devices"),
            _counted(len(self.people), "person signed in", "people signed in"),
            _counted(self.sockets, "open socket", "open sockets"),
            _counted(self.orders, "order", "orders"),
            f"{self.refused} refused",
        )
        return " · ".join(counts)


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"

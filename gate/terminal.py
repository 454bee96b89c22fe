"""What the teacher reads: the addresses, a code for the phones' cameras, what they will show, and who is there."""

import io

import segno
from rich.console import Console
from rich.live import Live
from rich.text import Text

from gate.addresses import warning
from gate.certificate import Certificate
from gate.guests import Guests
from gate.room import Room


def opening(room: Room, certificate: Certificate | None, letters_url: str) -> str:
    """What is said when the gate is open.

    Args:
        letters_url: where the teacher reads every letter, on this machine.
    """
    lines = [
        qr_code(f"{room.origin}/order/"),
        f"The room is let in at {room.origin} and nowhere else.",
        "",
        f"  phones               {room.origin}/order/  (the code above)",
        f"  the big screen       {room.origin}/display/  (opened by this address, its codes lead here)",
        f"  baristas             {room.origin}/barista/",
        f"  a barista's letters  {letters_url}  (on this machine only)",
        "",
        *(_told_with_tls(certificate) if certificate else TOLD_PLAIN),
        *filter(None, [warning(room.address)]),
        "No phone gets here? The Wi-Fi keeps its guests apart: docs/room.md says what to do. Ctrl-C closes the gate.",
    ]
    return "\n".join(lines)


def _told_with_tls(certificate: Certificate) -> list[str]:
    return [
        "At its first visit each phone warns that the connection is not private, since the certificate was made here:",
        "  iPhone: Show Details, visit this website.  Android: Advanced, Proceed.",
        f"  Its SHA-256 begins with {certificate.fingerprint[:23]}; it lasts until {certificate.ends:%Y-%m-%d}.",
    ]


TOLD_PLAIN = [
    "Without TLS no page gets a camera: phones scan the display with their own camera app, which opens the order page.",
    "Everybody in this Wi-Fi can read what goes over it, codes and tokens included: for a room of friends only.",
]


def qr_code(text: str) -> str:
    """The code in half blocks, for terminals of either colour."""
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True, border=2)
    return drawn.getvalue()


class LiveLine:
    """The line that counts who is there; without a terminal it is said once, at the end."""

    def __init__(self, console: Console, guests: Guests) -> None:
        self._console = console
        self._guests = guests
        self._live = Live(get_renderable=self._line, console=console, refresh_per_second=2, transient=True)

    def __enter__(self) -> "LiveLine":
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()
        self.tell(self._guests.line())

    def tell(self, sentence: str) -> None:
        """Say something that stays."""
        self._console.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def _line(self) -> Text:
        last = f"\nlast refused: {self._guests.last_refused[-1]}" if self._guests.last_refused else ""
        return Text(self._guests.line() + last, overflow="ellipsis")

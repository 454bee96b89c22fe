"""What the gate can do for somebody: each of these is made of parts that were recognised, and of nothing else. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Moved:
    """Another address of the gate's is meant."""

    kind: ClassVar = "page"
    path: str


@dataclass(frozen=True)
class PageFile:
    """A file of the pages; `etag` is the one that the browser has."""

    kind: ClassVar = "page"
    key: str
    etag: str = ""


@dataclass(frozen=True)
class Configuration:
    """Where the pages find the bar, told for this room."""

    kind: ClassVar = "page"


@dataclass(frozen=True)
class ApiCall:
    """A request to the API's stage; `token` is empty for a passer-by."""

    kind: ClassVar = "api"
    method: str
    path: str
    query: str = ""
    token: str = ""
    body: bytes = b""

    @property
    def is_scan(self) -> bool:
        """Whether it makes an order of a code."""
        return (self.method, self.path) == ("POST", "/qr-code")

    @property
    def order_with_journey(self) -> str:
        """The order whose journey it asks for; empty where it asks for anything else."""
        return self.path.removeprefix("/journeys/") if self.path.startswith("/journeys/") else ""


@dataclass(frozen=True)
class PeopleCall:
    """One of Cognito's operations for the bar's own client."""

    kind: ClassVar = "sign-in"
    operation: str
    body: Mapping[str, Any]

    @property
    def new_address(self) -> str:
        """The address that it makes known; empty where it does something else."""
        return str(self.body["Username"]) if self.operation == "SignUp" else ""

    @property
    def is_answer(self) -> bool:
        """Whether it says what code came, right or wrong."""
        return self.operation == "RespondToAuthChallenge"


@dataclass(frozen=True)
class Socket:
    """A connection over which somebody hears of a shop."""

    kind: ClassVar = "socket"
    token: str
    shop: str


@dataclass(frozen=True)
class Journey:
    """A journey whose link the gate gave out."""

    kind: ClassVar = "page"
    link: str


@dataclass(frozen=True)
class Letters:
    """What came to the asking browser's own addresses; it shows these proofs of whose they are, good or bad.

    Attributes:
        are_text_messages: those to its phone numbers, instead of letters.
    """

    kind: ClassVar = "letters"
    proofs: tuple[str, ...] = ()
    are_text_messages: bool = False


type Passage = Moved | PageFile | Configuration | ApiCall | PeopleCall | Socket | Journey | Letters

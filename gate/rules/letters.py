"""Whose letters are whose in a bar on a laptop, where no letter leaves the machine. Pure.

An address belongs to the browser whose sign-up made it known. Cognito decides that: it takes an address once, so the
first who came through the gate with it is its owner, and nobody ever owns one that was there before (the barista's).
The browser is given a proof, the address with an HMAC over the pool's client and the address, in a cookie that no
script can read, and shows it when it asks for letters. The gate itself keeps nothing but its secret.
"""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http.cookies import CookieError, SimpleCookie

from gate.bar import Bar
from gate.rules.asked import Asked
from gate.rules.pages import check_reading
from gate.rules.parameters import parameters
from gate.rules.passages import Letters
from gate.rules.refusal import not_here

COOKIE = "own-addresses"
MOST_ADDRESSES = 4  # of one browser; the oldest goes
FOR_SECONDS = 30 * 24 * 60 * 60  # as long as a refresh token lives
PLACES = {"letters": False, "text-messages": True}

_PROOF = re.compile(r"(?P<address>[A-Za-z0-9_-]{8,180})\.(?P<signature>[A-Za-z0-9_-]{43})", re.ASCII)


def letters(asked: Asked, bar: Bar) -> Letters:
    """`GET /letters` or `GET /text-messages`: what came to the asking browser's own addresses, whatever else is asked.

    Raises:
        Refused: it asks for anything else.
    """
    check_reading(asked)
    parameters(asked.query)
    if len(asked.segments) != 1:
        raise not_here()
    return Letters(proofs_in(asked), PLACES[asked.segments[0]])


def proofs_in(asked: Asked) -> tuple[str, ...]:
    """The proofs that a browser shows, the newest first, whether they are good or not."""
    try:
        cookie = SimpleCookie(asked.header("Cookie")).get(COOKIE)
    except CookieError:
        return ()
    return tuple(cookie.value.split(":")[:MOST_ADDRESSES]) if cookie and cookie.value else ()


def proof(secret: bytes, bar: Bar, address: str) -> str:
    """What its owner's browser shows for an address at this bar; at another it is worth nothing."""
    return f"{_letters_of(address.encode())}.{_signature(secret, bar, address)}"


def with_proof(proofs: tuple[str, ...], new: str) -> str:
    """The cookie of a browser that owns one address more."""
    older = [one for one in proofs if one != new]
    return ":".join([new, *older][:MOST_ADDRESSES])


def own_addresses(secret: bytes, bar: Bar, proofs: tuple[str, ...]) -> list[str]:
    """The addresses for which there is a good proof."""
    return [address for one in proofs if (address := _proven(secret, bar, one))]


def _proven(secret: bytes, bar: Bar, one: str) -> str | None:
    found = _PROOF.fullmatch(one)
    if not found:
        return None
    try:
        address = urlsafe_b64decode(found["address"] + "=" * (-len(found["address"]) % 4)).decode("ascii")
    except ValueError:
        return None
    return address if hmac.compare_digest(found["signature"], _signature(secret, bar, address)) else None


def _signature(secret: bytes, bar: Bar, address: str) -> str:
    return _letters_of(hmac.digest(secret, f"{bar.client_id}\n{address}".encode(), "sha256"))


def _letters_of(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")

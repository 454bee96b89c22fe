"""What every request must be like, whatever it asks for. Pure.

Browsers write the requests of the bar's pages in one way only. Whatever could be read in two ways (a path with `%2e`,
two headers of one name, a whole URL in the request line) is refused, so that the gate and what is behind it cannot read
it differently.
"""

import re
from http import HTTPStatus

from gate.room import Room
from gate.rules.asked import Asked
from gate.rules.refusal import Refused, bad_request, forbidden, wrong_method

METHODS = frozenset({"GET", "HEAD", "POST", "PUT"})
WITH_BODY = frozenset({"POST", "PUT"})
MOST_BODY_BYTES = 64 * 1024  # a menu is the largest thing that a page sends
MOST_PATH = 256
MOST_QUERY = 6 * 1024  # the WebSocket's token travels there

_PATH = re.compile(r"(?:/|(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+/?)", re.ASCII)
_QUERY = re.compile(r"(?:[A-Za-z0-9_.~!$'()*+,:@/=&-]|%[0-9A-Fa-f]{2})*", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def check_head(asked: Asked, room: Room) -> None:
    """Let pass what a browser could have sent to this room for one of the bar's pages.

    Raises:
        Refused: it is anything else.
    """
    _check_headers(asked, room)
    _check_page(asked, room)
    if asked.method not in METHODS:
        raise wrong_method()
    _check_target(asked)
    _check_body_length(asked)


def _check_headers(asked: Asked, room: Room) -> None:
    names = [name.lower() for name, _ in asked.headers]
    if len(names) != len(set(names)):
        raise bad_request("A header came twice.")
    if asked.header("Host").lower() != room.authority:
        raise forbidden(f"This bar is known as {room.origin} only.")
    for name in ("Transfer-Encoding", "Content-Encoding"):
        if asked.header(name):
            raise bad_request(f"Nothing is sent with {name} here.")


def _check_page(asked: Asked, room: Room) -> None:
    """Keep out what a page of another origin has a browser send; a link to a page of the bar's may be anywhere."""
    if asked.header("Origin").lower() not in {"", room.origin}:
        raise forbidden("The bar did not serve the page that asks.")
    is_followed_link = asked.method == "GET" and asked.header("Sec-Fetch-Mode") == "navigate"
    if asked.header("Sec-Fetch-Site") in {"cross-site", "same-site"} and not is_followed_link:
        raise forbidden("The bar did not serve the page that asks.")


def _check_target(asked: Asked) -> None:
    if len(asked.path) > MOST_PATH or len(asked.query) > MOST_QUERY:
        raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "TooLong", "The address is too long.")
    if not _PATH.fullmatch(asked.path) or not _QUERY.fullmatch(asked.query):
        raise bad_request("No page of the bar's has such an address.")


def _check_body_length(asked: Asked) -> None:
    announced = asked.header("Content-Length") or "0"
    if not _NUMBER.fullmatch(announced):
        raise bad_request("Content-Length is no number.")
    if int(announced) > MOST_BODY_BYTES:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "TooLarge", f"At most {MOST_BODY_BYTES} bytes are taken.")
    if int(announced) and asked.method not in WITH_BODY:
        raise bad_request(f"A {asked.method} has no body here.")

"""Pages of orders: what a caller may ask for, and the opaque token that says where the next page begins. Pure."""

import base64
import binascii
import re
from dataclasses import dataclass

from chalicelib.errors import Invalid

DEFAULT_SIZE = 100
LARGEST_SIZE = 100
CURSOR = r"(?P<created_ts>[0-9]{1,13}) (?P<order_id>[\w-]{1,64})"


@dataclass(frozen=True)
class Cursor:
    """The last order of a page."""

    created_ts: int
    order_id: str


@dataclass(frozen=True)
class Page:
    """At most `size` orders that come after `after`."""

    size: int = DEFAULT_SIZE
    after: Cursor | None = None


def page(max_items: str | None, next_token: str | None) -> Page:
    """The page that a request asks for.

    Raises:
        Invalid: says which parameter is wrong and what it may be.
    """
    return Page(_size(max_items), _cursor(next_token))


def _size(max_items: str | None) -> int:
    if max_items is None:
        return DEFAULT_SIZE
    if not re.fullmatch("[0-9]{1,3}", max_items) or not 1 <= int(max_items) <= LARGEST_SIZE:
        raise Invalid(f"maxItems must be a whole number from 1 to {LARGEST_SIZE}, not {max_items!r}")
    return int(max_items)


def _cursor(token: str | None) -> Cursor | None:
    if not token:
        return None
    try:
        found = re.fullmatch(CURSOR, base64.urlsafe_b64decode(token.encode()).decode())
    except (binascii.Error, ValueError):
        found = None
    if found is None:
        raise Invalid("nextToken is not one that this API gave; start again without it")
    return Cursor(int(found["created_ts"]), found["order_id"])


def token(cursor: Cursor | None) -> str | None:
    """The token from which `page` reads the cursor again."""
    if cursor is None:
        return None
    return base64.urlsafe_b64encode(f"{cursor.created_ts} {cursor.order_id}".encode()).decode()

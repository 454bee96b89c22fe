"""Events of drinks that nobody ordered, as the bus delivers them. Knows no cloud."""

import secrets
from collections.abc import Sequence
from typing import Any

from chalicelib.events import OrderCompleted
from workshop.checks.envelopes import envelope_of

_SHOP = "workshop"  # in which nobody orders


def drink_of(user_id: str, order_id: str, event_id: str = "event-1") -> dict[str, Any]:
    """The event that somebody's drink is ready."""
    return envelope_of(OrderCompleted(_SHOP, order_id, user_id, "COMPLETED", 1), event_id)


def one_drink() -> Sequence[dict[str, Any]]:
    """What the bus tells of a drink that is ready, which nobody had before."""
    return [drink_of(new_id("ana"), new_id("order"))]


def new_id(of: str) -> str:
    """An id that nobody has."""
    return f"{of}-{secrets.token_hex(6)}"

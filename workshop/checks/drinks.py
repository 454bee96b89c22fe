"""Events of drinks that nobody ordered, as the bus delivers them. Knows no cloud."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.clock import now_ms
from chalicelib.events import OrderCancelled, OrderCompleted, OrderWaitsForBarista
from workshop.checks.envelopes import envelope_of

_SHOP = "workshop"  # in which nobody orders
_AN_HOUR_MS = 60 * 60 * 1000


def drink_of(user_id: str, order_id: str, event_id: str = "event-1") -> dict[str, Any]:
    """The event that somebody's drink is ready."""
    return envelope_of(OrderCompleted(_SHOP, order_id, user_id, "COMPLETED", 1), event_id)


@dataclass(frozen=True)
class Wait:
    """Somebody's wait for a drink, which is over.

    Attributes:
        seconds: how long it was.
        over_ms: when it was over, ms since 1970; an hour ago, unless another time is given.
    """

    shop: str
    drink: str
    seconds: int
    over_ms: int = field(default_factory=lambda: now_ms() - _AN_HOUR_MS)
    order_id: str = field(default_factory=lambda: new_id("order"))

    @property
    def begins(self) -> dict[str, Any]:
        """The event with which it begins."""
        drink = {"drink": self.drink, "modifiers": [], "icon": ""}
        at = self.over_ms - self.seconds * 1000
        return envelope_of(OrderWaitsForBarista(self.shop, self.order_id, "ana", 1, "SUBMITTED", drink, at=at))

    @property
    def ends(self) -> dict[str, Any]:
        """The event with which it ends: the drink is ready."""
        return envelope_of(OrderCompleted(self.shop, self.order_id, "ana", "COMPLETED", 1, at=self.over_ms))

    @property
    def is_given_up(self) -> dict[str, Any]:
        """The event with which it ends otherwise: the order is cancelled."""
        told = OrderCancelled(self.shop, self.order_id, "ana", "CANCELLED", 1, "Barista cancelled", at=self.over_ms)
        return envelope_of(told)


def one_wait() -> Sequence[dict[str, Any]]:
    """What the bus tells of a wait that nobody had before."""
    wait = Wait(new_id("shop"), "Flat White", 60)
    return [wait.begins, wait.ends]


def one_drink() -> Sequence[dict[str, Any]]:
    """What the bus tells of a drink that is ready, which nobody had before."""
    return [drink_of(new_id("ana"), new_id("order"))]


def new_id(of: str) -> str:
    """An id that nobody has."""
    return f"{of}-{secrets.token_hex(6)}"

"""Who hears what, and in which words. Pure.

A customer hears about own orders and the shop; an admin hears everything of the shop. A message is made of what
`events.py` says that an event has, and of nothing else: a token, a code or an address that somebody puts into an event
(the original did) ends here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from chalicelib.envelope import Delivered
from chalicelib.events import Event, OrderEvent

HANDSHAKE_S = 60  # the longest that one takes: a function's time (29 s) and some
LONGEST_S = 2 * 60 * 60  # API Gateway ends every connection then ("Quotas for running a WebSocket API")

ADMINS = "admin#"
CUSTOMERS = "customer#"

# What every event may have. Of one that is not in events.py, admins hear this much.
IDENTIFYING = frozenset({"eventId", "orderId", "userId", "at"})
# What passes of the fields that have fields of their own.
PARTS: Mapping[str, frozenset[str]] = {
    "bucket": frozenset({"eventId", "availableTokens", "startTs", "endTs"}),
    "drinkOrder": frozenset({"drink", "modifiers", "icon"}),
}


def _kinds(of: type[Event]) -> dict[str, type[Event]]:
    own = {of.detail_type: of} if "detail_type" in vars(of) else {}
    return own | {name: kind for narrower in of.__subclasses__() for name, kind in _kinds(narrower).items()}


KINDS: Mapping[str, type[Event]] = _kinds(Event)


@dataclass(frozen=True)
class Connection:
    """An open WebSocket, and who sits at its other end.

    Attributes:
        connection_id: API Gateway's.
        event_id: the one shop that it hears about.
        endpoint: the URL by which API Gateway takes messages for it.
        opened_at: seconds since 1970.
        expires_at: seconds since 1970; it hears nothing from then on.
    """

    connection_id: str
    event_id: str
    user_id: str
    is_admin: bool
    endpoint: str
    opened_at: int
    expires_at: int

    @property
    def listener(self) -> str:
        """What it is found by within its shop: by its audience, and there by its user."""
        return f"{ADMINS if self.is_admin else customer(self.user_id)}{self.connection_id}"

    def may_be_opening(self, now: int) -> bool:
        """Whether its handshake may still be under way (now: ms since 1970).

        It is remembered before the handshake ends, and until then API Gateway says that it is gone.
        """
        return now // 1000 - self.opened_at <= HANDSHAKE_S


def until(token_expires_at: int, now: int) -> int:
    """When a connection that is opened now (ms since 1970) ends at the latest, in seconds since 1970.

    API Gateway ends it, or it falls silent with the token by which it was opened.
    """
    return min(token_expires_at, now // 1000 + LONGEST_S)


def customer(user_id: str) -> str:
    """How the connections of one customer begin. Ids are Cognito's `sub`, UUIDs, so none begins another."""
    return f"{CUSTOMERS}{user_id}#"


def audiences(event: Delivered) -> tuple[str, ...]:
    """Who hears of it in its shop: what their `Connection.listener` begins with."""
    kind = KINDS.get(event.detail_type)
    if kind is None:
        return (ADMINS,)
    if not issubclass(kind, OrderEvent):
        return ADMINS, CUSTOMERS
    owner = event.detail.get("userId")
    return (ADMINS, customer(owner)) if isinstance(owner, str) and owner else (ADMINS,)


def message(event: Delivered) -> dict[str, Any]:
    """What they hear, JSON-ready: `{"type": <detail-type>, "detail": {..}}`.

    Two deliveries of an event are the same message; its `at` tells it from any other about the same order.
    """
    kind = KINDS.get(event.detail_type)
    known = IDENTIFYING | {field.name for field in fields(kind)} if kind else IDENTIFYING
    detail = {name: _part(name, value) for name, value in event.detail.items() if name in known and _fits(name, value)}
    return {"type": event.detail_type, "detail": {**detail, "at": event.at}}


def _fits(name: str, value: Any) -> bool:
    """Whether a value is of the kind that we know the field to have: parts, or plain values only."""
    if name in PARTS:
        return isinstance(value, Mapping)
    return not any(isinstance(one, Mapping | list) for one in (value if isinstance(value, list) else [value]))


def _part(name: str, value: Any) -> Any:
    if name not in PARTS:
        return value
    return {key: one for key, one in value.items() if key in PARTS[name] and _fits(key, one)}


def is_ping(said: str) -> bool:
    """Whether a client's message is a ping: the word, or JSON with that `action`."""
    try:
        content = json.loads(said)
    except (ValueError, RecursionError):
        return said.strip() == "ping"
    return isinstance(content, dict) and content.get("action") == "ping"

"""A recorded event as it is played: in another shop if wanted, and about nobody who exists. Pure.

Orders and people get names of their own in every playing, so that an event recorded at this very bar starts no order,
adds nothing to a real one's journey and comes to no real customer's phone.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from simulator.replay.recording import Recorded

SHOP = "eventId"
NAMES = frozenset({"orderId", "userId", "baristaUserId"})

type Rename = Callable[[str, str], str]


def in_shop(event: Recorded, shop: str) -> Recorded:
    """The event as if it had happened in that shop.

    The original spells the shop also in detail-types (`..OrderABC-COMPLETED`), states (`ABC-CREATED`) and keys
    (`ABC-5507921`); its own player left it there (Q61).
    """
    old = event.detail.get(SHOP)

    def rename(field: str, text: str) -> str:
        if field == SHOP:
            return shop
        return shop + text.removeprefix(old) if isinstance(old, str) and text.startswith(f"{old}-") else text

    detail_type = event.detail_type.replace(f".Order{old}-", f".Order{shop}-")
    return replace(event, detail_type=detail_type, detail=_renamed(event.detail, rename))


def about_nobody(event: Recorded, playing: str) -> Recorded:
    """The event with every order's and person's name replaced; the same name by the same one within a playing."""

    def rename(field: str, text: str) -> str:
        return stand_in(text, playing) if field in NAMES and text else text

    return replace(event, detail=_renamed(event.detail, rename))


def stand_in(name: str, playing: str) -> str:
    """The name that takes another one's place in a playing."""
    return f"replay-{playing}-{blake2b(name.encode(), digest_size=8).hexdigest()}"


def _renamed(value: Any, rename: Rename, field: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _renamed(inner, rename, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, rename, field) for inner in value]
    return rename(field, value) if isinstance(value, str) else value

"""The stamp card's one rule. Pure: no clock, no table, no bus, so that a test of it takes no time."""

from collections.abc import Iterable
from typing import NamedTuple

FULL = 5


class Card(NamedTuple):
    """Somebody's card: the stamps on it, and how many free drinks were earned so far."""

    stamps: int
    free: int


def card(orders: Iterable[str]) -> Card:
    """The card of somebody with these finished orders."""
    # learner 3-1: an order that is named twice is one drink; FULL drinks earn one, and a new card begins
    drinks = len(set(orders))
    return Card(stamps=drinks % FULL, free=drinks // FULL)
    # until then: raise NotImplementedError("count the drinks")

"""Rules that are wrong, each in another way: a test that passes on one of them as well has not looked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.microservice import STAMPS, WAITS, Microservice

WHOLE = "whole"  # what the learner's own module is called where a broken one stands in its place


@dataclass(frozen=True)
class Suspected:
    """A rule of a microservice's, and how it might be wrong.

    Attributes:
        of: whose rule it is.
        name: its module's, in `chalicelib/` and, behind `test_`, in `tests/`.
        subject: what it gives, for people.
        compared: a test that would look, for people.
        kept: what the learner may not call otherwise, for people.
        broken: modules that are wrong, by what they do.
    """

    of: Microservice
    name: str
    subject: str
    compared: str
    kept: str
    broken: Mapping[str, str]

    @property
    def rule(self) -> str:
        """Its file in the project."""
        return f"chalicelib/{self.name}.py"

    @property
    def tests(self) -> str:
        """The file of its tests."""
        return f"tests/test_{self.name}.py"


_CARD_BEGINS = f'''"""Counts wrongly."""

from chalicelib.{WHOLE} import *
from chalicelib.{WHOLE} import Card

FULL = 5  # whatever the whole one calls it


def card(orders):
    drinks = len(set(orders))
'''

_BROKEN_CARDS = {
    "counts a drink twice that was told twice": _CARD_BEGINS.replace("len(set(orders))", "len(list(orders))")
    + "    return Card(drinks % FULL, drinks // FULL)\n",
    "is full one drink too early": _CARD_BEGINS + "    return Card(drinks % (FULL - 1), drinks // (FULL - 1))\n",
    "never begins anew": _CARD_BEGINS + "    return Card(drinks, drinks // FULL)\n",
}
CARD = Suspected(
    STAMPS,
    "card",
    "a card",
    "compare what card() gives with what it must be: assert card([...]) == Card(stamps=..., free=...)",
    "card and Card are called in chalicelib/card.py as they were at the beginning, and so are Card's two numbers",
    _BROKEN_CARDS,
)

_WAITS = f'''"""Averages wrongly."""

from functools import reduce
from statistics import fmean

from chalicelib.{WHOLE} import *

LAST = 10  # whatever the whole one calls it


def has_wait(one):
    return one.drink and one.begun_at is not None and one.ready_at is not None and one.begun_at <= one.ready_at


def waits(orders):
    took = {{}}
    for one in sorted(orders, key=lambda one: one.ready_at or 0, reverse=True):
        if has_wait(one):
            took.setdefault(one.drink, []).append(((one.ready_at or one.begun_at) - one.begun_at) / 1000)
    return {{drink: round(fmean(of[:LAST])) for drink, of in took.items()}}
'''
_BROKEN_WAITS = {
    "is an average of averages": _WAITS.replace(
        "fmean(of[:LAST])", "reduce(lambda before, wait: (before + wait) / 2, of)"
    ),
    "counts an order that is not ready": _WAITS.replace(
        "one.ready_at is not None and one.begun_at <= one.ready_at",
        "(one.ready_at is None or one.begun_at <= one.ready_at)",
    ),
    "fails at an order whose beginning nobody heard": _WAITS.replace("one.drink and one.begun_at is not None and ", ""),
    "counts all that ever were ready, and not the last ones": _WAITS.replace("[:LAST]", ""),
}
WAIT = Suspected(
    WAITS,
    "waits",
    "an average",
    'compare what waits() gives with what it must be: assert waits([...]) == {"Flat White": ...}',
    "waits and LAST are called in chalicelib/waits.py as they were at the beginning, and Order is as it was",
    _BROKEN_WAITS,
)

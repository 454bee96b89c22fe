"""Rules that are wrong, each in another way: a test that passes on one of them as well has not looked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.microservice import STAMPS, Microservice

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


_BEGINS = f'''"""Counts wrongly."""

from chalicelib.{WHOLE} import *
from chalicelib.{WHOLE} import Card

FULL = 5  # whatever the whole one calls it


def card(orders):
    drinks = len(set(orders))
'''

_BROKEN_CARDS = {
    "counts a drink twice that was told twice": _BEGINS.replace("len(set(orders))", "len(list(orders))")
    + "    return Card(drinks % FULL, drinks // FULL)\n",
    "is full one drink too early": _BEGINS + "    return Card(drinks % (FULL - 1), drinks // (FULL - 1))\n",
    "never begins anew": _BEGINS + "    return Card(drinks, drinks // FULL)\n",
}
CARD = Suspected(
    STAMPS,
    "card",
    "a card",
    "compare what card() gives with what it must be: assert card([...]) == Card(stamps=..., free=...)",
    "card and Card are called in chalicelib/card.py as they were at the beginning, and so are Card's two numbers",
    _BROKEN_CARDS,
)

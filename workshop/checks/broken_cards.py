"""Cards that count wrongly, each in another way: a test that passes on one of them as well has not looked. Pure."""

from collections.abc import Mapping

WHOLE = "whole_card"  # what the learner's own module is called where a broken one stands in its place

_BEGINS = f'''"""Counts wrongly."""

from chalicelib.{WHOLE} import *
from chalicelib.{WHOLE} import Card

FULL = 5  # whatever the whole one calls it


def card(orders):
    drinks = len(set(orders))
'''

BROKEN: Mapping[str, str] = {
    "counts a drink twice that was told twice": _BEGINS.replace("len(set(orders))", "len(list(orders))")
    + "    return Card(drinks % FULL, drinks // FULL)\n",
    "is full one drink too early": _BEGINS + "    return Card(drinks % (FULL - 1), drinks // (FULL - 1))\n",
    "never begins anew": _BEGINS + "    return Card(drinks, drinks // FULL)\n",
}

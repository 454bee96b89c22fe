"""Reads what a learner expects of a rush, and says where the file cannot be meant so. Pure."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from deployer.json_source import JsonSource
from simulator.robots.rush import MOST
from workshop.finding import DoesNotHold

TABLE = "[[prediction]]"
FEWEST = 10
_LARGEST_LIMIT = 1000  # PUT /limits takes no more
_LIMITS, _FATES = ("maxOrdersInQueue", "drinksPerBarcode"), ("served", "calledOff", "turnedAway")
_HELD = "heldSeconds"
_LONGEST_S = 3600
_ABOUT = {
    "shop": "the eventId of the shop in which robots order",
    "customers": f"how many come, from {FEWEST} to {MOST}",
    "maxOrdersInQueue": "how many places there are: so many orders at a time",
    "drinksPerBarcode": "the code turns customers away, too, when it is used up, however many places are free",
    "heldSeconds": "how long a place is taken, from the scan to the cup",
    "served": "how many get a drink",
    "calledOff": "how many have an order that is called off",
    "turnedAway": "how many get no order",
}
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_A_NUMBER = "a key, =, and a number: turnedAway = 18. Behind a # you may write what you like"


@dataclass(frozen=True)
class Prediction:
    """What is expected of a rush.

    Attributes:
        shop: its eventId.
        customers: how many come.
        places: how many orders the shop takes at a time.
        drinks: how many orders one of its codes is good for.
        held_s: for how long a customer holds a place.
        served: how many get a drink.
        called_off: how many have an order that ends without one.
        turned_away: how many get no order.
        source: where it is written.
    """

    shop: str
    customers: int
    places: int
    drinks: int
    held_s: float
    served: int
    called_off: int
    turned_away: int
    source: JsonSource

    def at(self, key: str) -> str:
        """File and line of a key's value."""
        return _place(self.source, key)


def prediction_in(source: JsonSource) -> Prediction:
    """The last prediction of the file.

    Raises:
        DoesNotHold: there is none, or it cannot be meant so.
    """
    written = _toml(source)
    customers = _whole(source, written, "customers", (FEWEST, MOST))
    last = _last(source, written)
    places, drinks = (_whole(source, last, key, (1, _LARGEST_LIMIT)) for key in _LIMITS)
    held_s = _number(source, last, _HELD, (0, _LONGEST_S))
    served, called_off, turned_away = (_whole(source, last, key, (0, customers)) for key in _FATES)
    _see_that_the_code_suffices(source, drinks, customers)
    _see_that_nobody_counts_twice(source, customers, served, called_off, turned_away)
    shop = _shop(source, written)
    return Prediction(shop, customers, places, drinks, held_s, served, called_off, turned_away, source)


def _toml(source: JsonSource) -> Mapping[str, Any]:
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        found = _LINE.search(told)
        line = int(found[1]) if found else source.text.count("\n") + 1
        seen = f"{source.name} is not TOML: {told.partition(' (at')[0]}"
        raise DoesNotHold(seen, "keys with their values", [f"{source.name}:{line}"], _A_NUMBER) from None


def _last(source: JsonSource, written: Mapping[str, Any]) -> Mapping[str, Any]:
    """The prediction that counts."""
    found = written.get("prediction")
    last = found[-1] if isinstance(found, list) and found else found
    if not isinstance(last, dict):
        keys = ", ".join((*_LIMITS, _HELD, *_FATES))
        seen, where = f"{source.name} has no prediction yet", [_place(source, "customers")]
        raise DoesNotHold(seen, f"{TABLE}, and below it {keys}", where, "guess: a wrong prediction teaches most")
    return last


def _shop(source: JsonSource, written: Mapping[str, Any]) -> str:
    shop = _value(source, written, "shop")
    if not isinstance(shop, str) or not shop:
        raise _unfit(source, "shop", shop, 'a text, such as "ABC"')
    return shop


def _whole(source: JsonSource, written: Mapping[str, Any], key: str, span: tuple[int, int]) -> int:
    found = _number(source, written, key, span)
    if found != int(found):
        raise _unfit(source, key, found, "a whole number")
    return int(found)


def _number(source: JsonSource, written: Mapping[str, Any], key: str, span: tuple[int, int]) -> float:
    found = _value(source, written, key)
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    if not is_number or not span[0] <= found <= span[1]:
        raise _unfit(source, key, found, f"a number from {span[0]} to {span[1]}")
    return float(found)


def _value(source: JsonSource, written: Mapping[str, Any], key: str) -> Any:
    if key in written:
        return written[key]
    (meant, *_) = [*get_close_matches(key, written.keys() - _ABOUT.keys(), cutoff=0.8), ""]
    but = f", but “{meant}”" if meant else ""
    attempt = f'is "{key}" meant?' if meant else f"add {_example(key)}"
    seen = f"{source.name} does not say {key}{but}"
    raise DoesNotHold(seen, f"{key}: {_ABOUT[key]}", [_place(source, meant or TABLE)], attempt)


def _unfit(source: JsonSource, key: str, found: object, expected: str) -> DoesNotHold:
    seen = f"{key} is {found!r}"
    return DoesNotHold(seen, f"{expected}: {_ABOUT[key]}", [_place(source, key)], f"write it like {_example(key)}")


def _example(key: str) -> str:
    return f'{key} = "ABC"' if key == "shop" else f"{key} = 18"


def _see_that_the_code_suffices(source: JsonSource, drinks: int, customers: int) -> None:
    if drinks < customers:
        raise DoesNotHold(
            f"a code is good for {drinks} drinks, and {customers} customers come: it is used up before the bar is full",
            "places decide who is turned away, and not the code",
            [_place(source, "drinksPerBarcode")],
            "set drinksPerBarcode to some hundreds, here and in the shop: all rushes of five minutes share a code",
        )


def _see_that_nobody_counts_twice(source: JsonSource, customers: int, *fates: int) -> None:
    served, called_off, turned_away = fates
    if sum(fates) == customers:
        return
    added = f"{served} + {called_off} + {turned_away} are {sum(fates)} customers, and {customers} come"
    twice = f"{added}: the {called_off} who call their order off are counted as turned away, too"
    raise DoesNotHold(
        twice if called_off and sum(fates) - called_off == customers else added,
        "each customer is served, called off, or turned away",
        [_place(source, "turnedAway")],
        "who calls off had an order and a place; who is turned away got none",
    )


def _place(source: JsonSource, key: str) -> str:
    """File and line of a key, in the last prediction if it is there."""
    keys: Sequence[re.Match[str]] = [*re.finditer(rf"^[ \t]*{re.escape(key)}", source.text, re.MULTILINE)]
    return source.at_offset(keys[-1].end() if keys else 0)

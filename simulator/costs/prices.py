"""List prices, and what counts cost by them. Pure but for reading the table of prices beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PRICES = Path(__file__).with_name("prices.toml")
ORIGINAL = Path(__file__).with_name("original.toml")

# How much of each thing on AWS's price list was used, by its name in prices.toml.
type Counts = Mapping[str, float]


@dataclass(frozen=True)
class Price:
    """US dollars for so many of something; where that was read, and when (ISO date)."""

    usd: float
    per: int
    source: str
    seen: str


@dataclass(frozen=True)
class Known:
    """At least so many of something, how that is known, and how many of them are for the order's journey."""

    count: float
    why: str
    journey: float = 0


@cache
def list_prices() -> Mapping[str, Price]:
    """Each price, by what is paid."""
    written = tomllib.loads(PRICES.read_text())
    return {name: Price(**price) for name, price in written.items() if name != "region"}


@cache
def original() -> Mapping[str, Known]:
    """What the original's happy order uses at least."""
    return {name: Known(**known) for name, known in tomllib.loads(ORIGINAL.read_text()).items()}


def usd(name: str, count: float) -> float:
    """What so many of something cost; nothing where it has no price here."""
    price = list_prices().get(name)
    return count * price.usd / price.per if price else 0.0


def total(counts: Counts) -> float:
    """What all of it costs, in US dollars."""
    return sum(usd(name, count) for name, count in counts.items())

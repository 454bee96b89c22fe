"""What robots decide. Pure: every choice is drawn from the random generator that is handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from random import Random
from typing import Any

THINKS_S = (1, 5)  # how long a customer reads the menu
MAKES_S = (3, 9)  # how long a barista makes a drink
DOUBTS_S = (0.5, 3)  # how long a customer keeps an order that is then called off

type Menu = Sequence[Mapping[str, Any]]
type Span = tuple[float, float]


class BadHabits(Exception):
    """People cannot be like that; the message says which habit is wrong."""


class Visit(Enum):
    """How a customer means to behave."""

    COLLECT = auto()  # chooses and waits for the drink
    CHANGE_MIND = auto()  # cancels before choosing
    CALL_OFF = auto()  # chooses, then cancels
    FORGET = auto()  # scans and walks away


@dataclass(frozen=True)
class Habits:
    """How people at the bar are.

    Attributes:
        cancel_share: which part of all orders is called off: a third each by customers before they chose, by customers
            after they chose, and by baristas.
        forget_share: which part of all customers scans and never chooses.
        speed: how many times faster than people they are.

    Raises:
        BadHabits: a share is none, or they are more than all orders together, or the speed is not above 0.
    """

    cancel_share: float = 0
    forget_share: float = 0
    speed: float = 1

    def __post_init__(self) -> None:
        if min(self.cancel_share, self.forget_share) < 0 or self.cancel_share + self.forget_share > 1:
            raise BadHabits(
                "the shares of orders that are cancelled and forgotten must be 0 or more, and together at most 1; "
                f"not {self.cancel_share:g} and {self.forget_share:g}"
            )
        if self.speed <= 0:
            raise BadHabits(f"the speed must be above 0, not {self.speed:g}")

    @property
    def barista_cancels(self) -> float:
        """Which part of the orders that come to a barista is called off there: a third of all that are called off."""
        third = self.cancel_share / 3
        come_to_a_barista = 1 - self.forget_share - 2 * third
        return third / max(third, come_to_a_barista) if third else 0  # the sum of shares is not exact


@dataclass(frozen=True)
class Cup:
    """A drink that a customer wants."""

    drink: str
    modifiers: tuple[str, ...]


def choose_visit(rng: Random, habits: Habits) -> Visit:
    """How the next customer behaves."""
    drawn, third = rng.random(), habits.cancel_share / 3
    if drawn < habits.forget_share:
        return Visit.FORGET
    if drawn < habits.forget_share + third:
        return Visit.CHANGE_MIND
    return Visit.CALL_OFF if drawn < habits.forget_share + 2 * third else Visit.COLLECT


def choose_cup(rng: Random, menu: Menu) -> Cup | None:
    """An available drink of the menu (as GET /config has it), with one option or none of each group of modifiers.

    None if nothing is available.
    """
    available = [item for item in menu if item["available"]]
    if not available:
        return None
    item = rng.choice(available)
    chosen = [rng.choice([None, *group["Options"]]) for group in item["modifiers"]]
    return Cup(item["drink"], tuple(option for option in chosen if option is not None))


def barista_cancels(rng: Random, habits: Habits) -> bool:
    """Whether the barista calls the order off instead of making it."""
    return rng.random() < habits.barista_cancels


def seconds(rng: Random, span: Span, speed: float) -> float:
    """How long somebody takes, who as a person takes a time within the span (seconds)."""
    return rng.uniform(*span) / speed

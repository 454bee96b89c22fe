"""What `python -m simulator robots` does: finds a shop, hires baristas, lets customers in, tells what became of it."""

from dataclasses import dataclass
from random import Random

import boto3
from rich.console import Console

from simulator.entrance import BARISTA, Entrance
from simulator.robots.arriving import arrive
from simulator.robots.choices import Habits
from simulator.robots.ledger import Ledger
from simulator.robots.opening_hours import OpeningHours
from simulator.robots.running import Crowd, Outcome, run
from simulator.robots.shop import find_shop, needs, room_for
from simulator.robots.show import Scoreboard, report
from simulator.robots.staff import hire
from simulator.robots.venue import Venue

ALL_WELL, UNACCOUNTED, INTERRUPTED = 0, 1, 130  # 130: as a shell says it of a program that Ctrl-C ended


@dataclass(frozen=True)
class Plan:
    """What is to happen.

    Attributes:
        orders: how many customers come, each for one order.
        at_once: how many are in the bar at a time.
        baristas: how many baristas serve them; with none, people have to.
        shop: its eventId; None for one that fits.
        habits: how people are.
    """

    orders: int
    at_once: int
    baristas: int
    shop: str | None
    habits: Habits


def send_robots(console: Console, way_in: Entrance, aws: boto3.Session, plan: Plan, rng: Random) -> int:
    """Run the robots and tell of it; gives the exit code.

    Args:
        console: where to tell it.
        way_in: the bar's entrance.
        aws: of whoever runs the bar, for what customers and baristas cannot do: hire, and open a shop.
        plan: what is to happen.
        rng: what all choices are drawn from.

    Raises:
        NoShop, Refused: nobody can order at that shop.
    """
    display = arrive(lambda: way_in.enter(BARISTA))
    shop = plan.shop or find_shop(display, aws, way_in.outputs, plan.orders)
    console.print(f"{plan.orders} robots order at shop {shop}, {plan.at_once} at a time", highlight=False)
    crowd = Crowd(plan.at_once, hire(way_in, aws, plan.baristas))
    ledger = Ledger(plan.orders)
    venue = Venue(way_in, shop, display, plan.habits, ledger, OpeningHours(ledger.tries_again))
    with (
        room_for(display, shop, needs(plan.orders, plan.at_once), console.print) as forgotten_after_s,
        Scoreboard(console, ledger) as watch,
    ):
        outcome = run(venue, crowd, rng, forgotten_after_s, watch)
    report(console, ledger, outcome, venue.signing_in)
    return exit_code(ledger, outcome)


def exit_code(ledger: Ledger, outcome: Outcome) -> int:
    """0 if every order is accounted for, 1 if not, 130 if somebody ended the run before its time."""
    if outcome.interrupted:
        return INTERRUPTED
    return ALL_WELL if ledger.is_complete else UNACCOUNTED

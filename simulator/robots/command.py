"""What `python -m simulator robots` does: finds a shop, hires baristas, lets customers in, tells what became of it."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from time import time

import boto3
from rich.console import Console

from simulator.entrance import BARISTA, Entrance
from simulator.robots.arriving import arrive
from simulator.robots.choices import BadHabits, Habits
from simulator.robots.ledger import Ledger
from simulator.robots.opening_hours import OpeningHours
from simulator.robots.running import Crowd, Outcome, run
from simulator.robots.rush import MOST, Rush, signed_in
from simulator.robots.rush_report import report_of
from simulator.robots.shop import SEEDED_SHOP, find_shop, limits_of, needs, patience_of, room_for
from simulator.robots.show import Scoreboard, report
from simulator.robots.staff import hire
from simulator.robots.venue import Venue

ALL_WELL, UNACCOUNTED, INTERRUPTED = 0, 1, 130  # 130: as a shell says it of a program that Ctrl-C ended


@dataclass(frozen=True)
class RushPlan:
    """How customers come who do not wait.

    Attributes:
        a_second: how many come in a second.
        report: where to write down what became of them.
    """

    a_second: float
    report: Path


@dataclass(frozen=True)
class Plan:
    """What is to happen.

    Attributes:
        orders: how many customers come, each for one order.
        at_once: how many are in the bar at a time; in a rush, how many sign in at a time before it.
        baristas: how many baristas serve them; with none, people have to.
        shop: its eventId; None for one that fits.
        habits: how people are.
        rush: how they come who do not wait; None where the next comes when one has left.

    Raises:
        BadHabits: more customers than can be robots at a time come in a rush.
    """

    orders: int
    at_once: int
    baristas: int
    shop: str | None
    habits: Habits
    rush: RushPlan | None = None

    def __post_init__(self) -> None:
        if self.rush and self.orders > MOST:
            raise BadHabits(f"at most {MOST} customers can come in a rush, not {self.orders}")


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
    shop = plan.shop or (SEEDED_SHOP if plan.rush else find_shop(display, aws, way_in.outputs, plan.orders))
    pace = f"{plan.rush.a_second:g} a second" if plan.rush else f"{plan.at_once} at a time"
    console.print(f"{plan.orders} robots order at shop {shop}, {pace}", highlight=False)
    crowd, ledger = Crowd(plan.at_once, hire(way_in, aws, plan.baristas)), Ledger(plan.orders)
    venue = Venue(way_in, shop, display, plan.habits, ledger, OpeningHours(ledger.tries_again))
    if plan.rush:
        outcome = _rush(console, venue, crowd, plan.rush, rng)
    else:
        with room_for(display, shop, needs(plan.orders, plan.at_once), console.print) as forgotten_after_s:
            outcome = _serve(console, venue, crowd, forgotten_after_s, rng)
    report(console, ledger, outcome, venue.signing_in)
    return exit_code(ledger, outcome)


def _serve(console: Console, venue: Venue, crowd: Crowd, forgotten_after_s: int, rng: Random) -> Outcome:
    with Scoreboard(console, venue.ledger) as watch:
        return run(venue, crowd, rng, forgotten_after_s, watch)


def _rush(console: Console, venue: Venue, crowd: Crowd, plan: RushPlan, rng: Random) -> Outcome:
    """Let customers come at their own pace, and write down what became of them."""
    forgotten_after_s = patience_of(venue.display, venue.shop)
    plan.report.unlink(missing_ok=True)  # a rush that breaks leaves none, and not the one before as the last
    with console.status(f"{venue.ledger.planned} customers sign in before the doors open ..."):
        guests = signed_in(venue.way_in, venue.ledger.planned, crowd.at_once, venue.signing_in)
    at_the_doors = replace(venue, rush=Rush(guests, plan.a_second))
    limits, began = limits_of(venue.display, venue.shop), time()
    outcome = _serve(console, at_the_doors, replace(crowd, at_once=len(guests)), forgotten_after_s, rng)
    afterwards = limits_of(venue.display, venue.shop)
    report_of(at_the_doors, began, limits, afterwards, interrupted=outcome.interrupted).write(plan.report)
    console.print(f"Written to {plan.report}", highlight=False, soft_wrap=True)
    return outcome


def exit_code(ledger: Ledger, outcome: Outcome) -> int:
    """0 if every order is accounted for, 1 if not, 130 if somebody ended the run before its time."""
    if outcome.interrupted:
        return INTERRUPTED
    return ALL_WELL if ledger.is_complete else UNACCOUNTED

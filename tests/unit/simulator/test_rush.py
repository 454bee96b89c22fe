"""A rush at a bar in memory with the real rules: who finds no place leaves, and what became of each is written down."""

from dataclasses import replace
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from simulator.entrance import BARISTA
from simulator.robots.choices import BadHabits, Habits
from simulator.robots.command import Plan, RushPlan
from simulator.robots.ledger import Ledger
from simulator.robots.opening_hours import Closed, OpeningHours
from simulator.robots.running import Crowd, Outcome, run
from simulator.robots.rush import MOST, Rush, signed_in
from simulator.robots.rush_report import RushReport, report_of
from simulator.robots.shop import NoShop, limits_of, patience_of
from simulator.robots.venue import Venue
from tests.support.orders import EVENT
from tests.unit.simulator.memory_counter import Fault, MemoryCounter, open_door
from tests.unit.simulator.test_report import SERVED, ledger_of, told
from tests.unit.simulator.test_robots import CONNECTION_LOST, FAST, FORGOTTEN_AFTER_S, Watcher

LIMITS = {"drinksPerBarcode": 10, "maxOrdersInQueue": 20}


def rush_at(counter: MemoryCounter, customers: int, baristas: int, **habits: float) -> Venue:
    """A rush that is over."""
    ledger, way_in = Ledger(customers), open_door(counter)
    guests = signed_in(way_in, customers, 2, [])
    hours = OpeningHours(ledger.tries_again)
    habits_of_all = Habits(**{"speed": FAST, **habits})
    venue = Venue(way_in, EVENT, way_in.enter(BARISTA), habits_of_all, ledger, hours, Rush(guests, 1000))
    crowd = Crowd(customers, [way_in.enter(f"barista-{number}") for number in range(baristas)])
    run(venue, crowd, Random(1), FORGOTTEN_AFTER_S, Watcher())
    return venue


def test_who_finds_no_place_leaves_and_is_no_order(counter: MemoryCounter) -> None:
    counter.bar.configure(max_orders_in_queue=3)
    venue = rush_at(counter, customers=8, baristas=0, forget_share=1)
    assert (venue.ledger.turned_away, len(venue.ledger.tracks)) == ({"BarFull": 5}, 3)
    assert (venue.ledger.not_begun, venue.ledger.is_complete, venue.ledger.troubles) == (0, True, [])


def test_who_has_an_order_is_not_turned_away_though_the_scans_answer_was_lost(counter: MemoryCounter) -> None:
    counter.bar.configure(max_orders_in_queue=1)
    counter.faults.append(Fault("POST /qr-code", CONNECTION_LOST, heard=True))
    venue = rush_at(counter, customers=1, baristas=1)
    assert (venue.ledger.turned_away, [one.order_id for one in venue.ledger.tracks]) == ({}, [*counter.bar.orders.rows])


def test_who_comes_when_the_code_is_used_up_leaves_for_another_reason(counter: MemoryCounter) -> None:
    counter.bar.configure(drinks_per_barcode=2)
    counter.bar.qr_codes.rows.clear()
    venue = rush_at(counter, customers=5, baristas=1)
    assert (venue.ledger.turned_away, venue.ledger.is_complete) == ({"NoTokensRemaining": 3}, True)


def test_customers_come_at_their_pace_whoever_is_there(counter: MemoryCounter) -> None:
    guests = signed_in(open_door(counter), 6, 3, [])
    rush, hours, began = Rush(guests, 200), OpeningHours(lambda _: None), monotonic()
    assert [rush.next(hours) for _ in guests] == guests
    assert monotonic() - began >= (len(guests) - 1) / 200
    assert 0 < rush.a_second <= 200, "no faster than they were to come"


def test_who_has_not_come_yet_stays_at_home_when_the_bar_closes(counter: MemoryCounter) -> None:
    rush, hours = Rush(signed_in(open_door(counter), 2, 1, []), 0.001), OpeningHours(lambda _: None)
    rush.next(hours)
    hours.close()
    with pytest.raises(Closed):
        rush.next(hours)


def test_what_became_of_each_customer_is_written_down_and_read_again(counter: MemoryCounter, tmp_path: Path) -> None:
    counter.bar.configure(max_orders_in_queue=2)
    venue = rush_at(counter, customers=4, baristas=0, forget_share=1)
    report = report_of(venue, 7, LIMITS, {**LIMITS, "maxOrdersInQueue": 30}, interrupted=False)
    report.write(tmp_path / ".local" / "rush.json")
    assert RushReport.read(tmp_path / ".local" / "rush.json") == report
    assert {guest.order_id for guest in report.orders} == set(counter.bar.orders.rows)
    assert {(guest.state, guest.reason, guest.held_s is None) for guest in report.orders} == {
        ("CANCELLED", "Customer timedout", False)
    }
    assert (report.turned_away, report.shop, report.made_with) == ({"BarFull": 2}, EVENT, None)


@pytest.mark.parametrize("spoilt", ["", "[1]", "{}", '{"orders": [1]}', '{"orders": []}'])
def test_a_report_that_somebody_spoilt_is_taken_for_none(tmp_path: Path, spoilt: str) -> None:
    assert RushReport.read(tmp_path / "rush.json") is None
    (tmp_path / "rush.json").write_text(spoilt)
    assert RushReport.read(tmp_path / "rush.json") is None


def test_nobody_comes_to_a_closed_shop_and_its_limits_can_be_read(counter: MemoryCounter) -> None:
    display = open_door(counter).enter(BARISTA)
    before = limits_of(display, EVENT)
    assert (before, patience_of(display, EVENT)) == (LIMITS, 300)

    counter.bar.configure(store_open=False)
    with pytest.raises(NoShop, match="closed: open it first"):
        patience_of(display, EVENT)
    assert limits_of(display, EVENT) == before, "somebody may close it while customers come"


def test_more_customers_than_can_be_robots_are_no_rush(tmp_path: Path) -> None:
    plan = Plan(MOST, 4, 2, None, Habits(), RushPlan(2, tmp_path))
    with pytest.raises(BadHabits, match=f"at most {MOST} customers can come in a rush, not {MOST + 1}"):
        replace(plan, orders=MOST + 1)


def test_who_was_turned_away_is_told_beside_the_orders() -> None:
    ledger = ledger_of(3, SERVED)
    for _ in range(2):
        ledger.turn_away("BarFull")
    text = told(ledger, Outcome(4, interrupted=False))
    assert "turned away │ BarFull │ 2" in " ".join(text.split())
    assert "All orders are accounted for: 1 of 1 ended in exactly one way, 2 customers were turned away." in text

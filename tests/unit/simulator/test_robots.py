"""Robots at a bar in memory with the real rules: whatever comes between, every order is accounted for."""

from random import Random
from threading import Timer

import httpx
import pytest

from chalicelib.identity.model import ADMIN_GROUP, Caller
from chalicelib.orders import service
from chalicelib.orders.model import OrderState
from simulator.entrance import BARISTA
from simulator.robots.choices import Habits, Visit, choose_visit
from simulator.robots.command import exit_code
from simulator.robots.ledger import Ledger
from simulator.robots.opening_hours import Closed, OpeningHours
from simulator.robots.running import Crowd, Outcome, run
from simulator.robots.venue import Venue
from tests.support.orders import EVENT, NOW
from tests.unit.simulator.memory_counter import Fault, MemoryCounter, open_door, refusal

FAST = 10_000
FORGOTTEN_AFTER_S = 1
PERSON = Caller("a-person-behind-the-bar", frozenset({ADMIN_GROUP}))
SOMEBODY_CALLS_OFF = next(
    seed for seed in range(100) if choose_visit(Random(Random(seed).random()), Habits(1)) is Visit.CALL_OFF
)


class Watcher:
    def __init__(self) -> None:
        self.said: list[str] = []

    def refresh(self) -> None:
        pass

    def say(self, text: str) -> None:
        self.said.append(text)


def venue_at(counter: MemoryCounter, orders: int, habits: Habits) -> Venue:
    ledger = Ledger(orders)
    way_in = open_door(counter)
    return Venue(way_in, EVENT, way_in.enter(BARISTA), habits, ledger, OpeningHours(ledger.tries_again))


def evening(
    counter: MemoryCounter, orders: int = 1, at_once: int = 1, baristas: int = 1, seed: int = 1, **habits: float
) -> Ledger:
    """Run robots; gives their ledger."""
    venue = venue_at(counter, orders, Habits(**{"speed": FAST, **habits}))
    crowd = Crowd(at_once, [venue.way_in.enter(f"barista-{number}") for number in range(baristas)])
    run(venue, crowd, Random(seed), FORGOTTEN_AFTER_S, Watcher())
    return venue.ledger


def endings(ledger: Ledger) -> set[tuple[str, str | None]]:
    return {(track.state, track.reason) for track in ledger.tracks}


def test_q60_every_order_of_an_evening_with_all_sorts_of_people_is_accounted_for(counter: MemoryCounter) -> None:
    counter.bar.configure(drinks_per_barcode=100)
    counter.bar.qr_codes.rows.clear()
    ledger = evening(counter, orders=60, at_once=6, baristas=3, cancel_share=0.4, forget_share=0.2)
    assert (ledger.is_complete, ledger.troubles) == (True, [])
    assert endings(ledger) == {
        ("COMPLETED", None),
        ("CANCELLED", "Cancelled by customer"),
        ("CANCELLED", "Cancelled by barista"),
        ("CANCELLED", "Customer timedout"),
    }
    assert counter.bar.shops.held[EVENT] == set()


def test_an_order_is_seen_in_each_state_of_its_life(counter: MemoryCounter) -> None:
    (track,) = evening(counter).tracks
    assert set(track.since) == {"CREATED", "SUBMITTED", "IN_PRODUCTION", "COMPLETED"}


CONNECTION_LOST = httpx.ReadError("lost")
PASSING = [
    Fault("POST /qr-code", refusal(409, "BarFull")),
    Fault("POST /qr-code", refusal(409, "NoTokensRemaining")),
    Fault("POST /qr-code", httpx.ConnectError("nobody listens")),
    Fault("PUT submit", refusal(409, "NotReady")),
    Fault("PUT submit", refusal(400, "InvalidOrder")),
    Fault("PUT submit", refusal(500, "InternalServerError"), heard=True),
    Fault("GET /config", httpx.Response(502, text="<html>Bad Gateway</html>")),
    Fault("GET /orders/", refusal(429, "TooManyRequestsException")),
    Fault("GET /orders", refusal(503, "")),
    Fault("PUT make", refusal(409, "AlreadyClaimed")),
    Fault("PUT make", CONNECTION_LOST, heard=True),
    Fault("PUT complete", refusal(504, ""), heard=True),
    Fault("PUT complete", refusal(429, "")),
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: f"{fault.request} {fault.answer!r}")
def test_what_passes_is_tried_again_and_has_no_second_effect(counter: MemoryCounter, fault: Fault) -> None:
    counter.faults.append(fault)
    ledger = evening(counter)
    assert (ledger.is_complete, ledger.troubles, counter.faults) == (True, [], [])
    assert endings(ledger) == {("COMPLETED", None)}
    assert ledger.tried_again.total() == 1


def test_an_order_whose_scans_answer_was_lost_is_found_again(counter: MemoryCounter) -> None:
    counter.faults.append(Fault("POST /qr-code", CONNECTION_LOST, heard=True))
    ledger = evening(counter)
    assert [track.order_id for track in ledger.tracks] == list(counter.bar.orders.rows)
    assert (ledger.is_complete, endings(ledger)) == (True, {("COMPLETED", None)})


def test_who_waits_for_a_place_and_gets_none_has_given_up(
    counter: MemoryCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.robots.customer.SCANS_FOR_S", 0)
    counter.bar.configure(max_orders_in_queue=0)
    ledger = evening(counter)
    assert (ledger.turned_away, ledger.is_complete, len(ledger.troubles)) == ({}, False, 1)


def test_who_cancels_too_late_gets_the_drink(counter: MemoryCounter) -> None:
    def be_faster(asked: str) -> None:
        for order_id in counter.bar.orders.rows:
            if asked == "PUT submit":
                service.make(counter.bar, PERSON, order_id, NOW)
            elif asked == "PUT cancel" and counter.bar.orders.get(order_id).state is OrderState.IN_PRODUCTION:
                service.complete(counter.bar, PERSON, order_id, NOW)

    counter.afterwards = be_faster
    ledger = evening(counter, baristas=0, cancel_share=1, seed=SOMEBODY_CALLS_OFF)
    assert "PUT cancel" in counter.requests
    assert (ledger.is_complete, endings(ledger)) == (True, {("COMPLETED", None)})


def test_where_nothing_is_on_the_menu_the_customer_cancels(counter: MemoryCounter) -> None:
    counter.bar.configure(menu=())
    ledger = evening(counter)
    assert (ledger.is_complete, endings(ledger)) == (True, {("CANCELLED", "Cancelled by customer")})


def test_a_customer_who_cannot_be_helped_is_named_and_the_next_one_comes(counter: MemoryCounter) -> None:
    counter.faults.append(Fault("POST /qr-code", refusal(403, "Forbidden")))
    ledger = evening(counter, orders=3)
    assert ledger.troubles == ["a customer gave up: 403 Forbidden: for the test"]
    assert (ledger.not_begun, len(ledger.unaccounted), ledger.is_complete) == (1, 0, False)


def test_no_barista_claims_an_order_before_it_has_a_number(counter: MemoryCounter) -> None:
    numbers: list[int | None] = []

    def look(asked: str) -> None:
        if asked == "PUT make":
            numbers.extend(counter.bar.orders.get(order_id).order_number for order_id in counter.bar.orders.rows)

    counter.numbers_take, counter.afterwards = 30, look
    assert evening(counter).is_complete
    assert numbers == [1]


def test_orders_of_others_are_left_to_others(counter: MemoryCounter) -> None:
    foreign = counter.bar.with_order(OrderState.SUBMITTED)
    assert evening(counter).is_complete
    assert counter.bar.orders.get(foreign.order_id) == foreign


def test_an_order_that_goes_on_after_its_end_is_found_out_at_the_end(counter: MemoryCounter) -> None:
    def spoil(asked: str) -> None:
        if asked == "PUT complete":
            counter.afterwards = lambda asked: cancel_all(counter) if asked.startswith("GET /orders/") else None

    counter.afterwards = spoil
    ledger = evening(counter)
    assert [set(track.since) >= {"COMPLETED", "CANCELLED"} for track in ledger.unaccounted] == [True]
    assert exit_code(ledger, Outcome(1, interrupted=False)) == 1


def cancel_all(counter: MemoryCounter) -> None:
    for row in counter.bar.orders.rows.values():
        row.update(orderState="CANCELLED", updatedTs=row["updatedTs"] + 1)


class Impatient(Watcher):
    """Presses Ctrl-C when somebody waits for a drink."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.ledger = ledger

    def refresh(self) -> None:
        if self.ledger.by_state["SUBMITTED"]:
            raise KeyboardInterrupt


def test_after_ctrl_c_everybody_goes_home_and_what_is_left_is_known(counter: MemoryCounter) -> None:
    venue = venue_at(counter, 5, Habits(speed=FAST))
    outcome = run(venue, Crowd(2, []), Random(1), FORGOTTEN_AFTER_S, Impatient(venue.ledger))
    assert outcome.interrupted
    assert venue.ledger.not_begun == 3
    assert {track.state for track in venue.ledger.unaccounted} <= {"CREATED", "SUBMITTED"}
    assert (venue.ledger.troubles, exit_code(venue.ledger, outcome)) == ([], 130)


def test_a_robot_that_breaks_breaks_the_run(counter: MemoryCounter) -> None:
    counter.faults.append(Fault("GET /config", httpx.Response(200, json={"menu": "no menu"})))
    with pytest.raises(TypeError):
        evening(counter)


def test_the_forgotten_are_announced(counter: MemoryCounter) -> None:
    venue = venue_at(counter, 2, Habits(forget_share=1, speed=FAST))
    watcher = Watcher()
    run(venue, Crowd(2, []), Random(1), 30, watcher)
    assert watcher.said == ["All customers have gone. The bar gives up 2 forgotten orders, each 30 s after its scan."]
    assert venue.ledger.is_complete


@pytest.mark.parametrize(("interrupted", "code"), [(False, 1), (True, 130)])
def test_an_order_that_is_not_accounted_for_makes_the_run_fail(interrupted: bool, code: int) -> None:
    ledger = Ledger(1)
    assert exit_code(ledger, Outcome(1, interrupted)) == code


def test_a_run_without_a_fault_succeeds(counter: MemoryCounter) -> None:
    assert exit_code(evening(counter), Outcome(1, interrupted=False)) == 0


def test_nobody_waits_longer_when_the_bar_closes_for_robots() -> None:
    hours = OpeningHours(lambda _: None)
    Timer(0.01, hours.close).start()
    with pytest.raises(Closed):
        hours.wait(60)
    assert hours.are_over

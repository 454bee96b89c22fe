"""Learning from the bus: counted once, and every completed drink's average told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from chalicelib import events
from chalicelib.bus import NotDelivered
from chalicelib.envelope import Delivered, delivered
from chalicelib.errors import Forbidden, NotFound
from chalicelib.events import DrinkAverageTime, Event
from chalicelib.insights import service
from tests.support.memory_bar import MemoryBar
from tests.support.memory_reports import MemoryInsights
from tests.support.orders import EVENT, NOW
from tests.support.people import BARISTA, OWNER
from tests.support.recorded import RECORDED, envelope

WHO = (EVENT, "o1", "u1")
LATTE = {"drink": "Latte", "modifiers": ["Oat", "Large"], "icon": "latte"}


@dataclass
class Insights:
    """A bar whose events are learnt from."""

    bar: MemoryBar
    store: MemoryInsights = field(default_factory=MemoryInsights)
    counted: list[tuple[str, str, str]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def learn(self, happened: Delivered) -> None:
        service.learn(self.store, self.bar.shops, self.bar.bus, happened, lambda *what: self.counted.append(what))

    def hear(self, event: Event, at: int, order: Mapping[str, str] | None = None) -> None:
        number = f"event-{next(self.numbers)}"  # EventBridge's own, another when the bar tells an event again
        self.learn(delivered(envelope(event.detail_type, {**event.detail, **(order or {}), "at": at}, number)))


@pytest.fixture
def insights(bar: MemoryBar) -> Insights:
    return Insights(bar)


def a_drink(insights: Insights, order_id: str, start: int, seconds: int) -> None:
    order = {"orderId": order_id}
    insights.hear(events.NewOrder(*WHO, {}), start, order)
    insights.hear(events.OrderWaitsForBarista(*WHO, 7, "SUBMITTED", LATTE), start, order)
    insights.hear(events.MakeOrder(*WHO, "b1", 7), start + 500, order)
    insights.hear(events.OrderCompleted(*WHO, "COMPLETED", 7), start + seconds * 1000, order)


def test_an_orders_life_is_counted(insights: Insights) -> None:
    a_drink(insights, "o1", NOW, 60)
    assert insights.counted == [
        (EVENT, "State", "CREATED"),
        (EVENT, "Drink", "Latte"),
        (EVENT, "Modifier", "Oat"),
        (EVENT, "Modifier", "Large"),
        (EVENT, "State", "COMPLETED"),
    ]


def test_q58_a_second_delivery_counts_and_tells_nothing(insights: Insights) -> None:
    a_drink(insights, "o1", NOW, 60)
    counted, told = list(insights.counted), list(insights.bar.bus.told)
    a_drink(insights, "o1", NOW, 60)
    assert (insights.counted, insights.bar.bus.told) == (counted, told)


def test_q58_what_comes_a_day_late_counts_for_the_day_on_which_it_happened(insights: Insights) -> None:
    a_drink(insights, "o1", NOW - 24 * 3_600_000, 60)
    a_drink(insights, "o2", NOW, 60)
    today = service.today(insights.store, insights.bar.shops, BARISTA, EVENT, NOW)
    assert (today["orders"], today["byState"]) == (1, {"COMPLETED": 1})


def test_q59_each_shop_has_its_own_average(insights: Insights) -> None:
    insights.hear(events.OrderWaitsForBarista("XYZ", "o9", "u1", 7, "SUBMITTED", LATTE), NOW)
    insights.hear(events.OrderCompleted("XYZ", "o9", "u1", "COMPLETED", 7), NOW + 500_000)
    a_drink(insights, "o1", NOW, 60)
    assert insights.bar.bus.told == [
        DrinkAverageTime("XYZ", "Latte", 500.0, 1),
        DrinkAverageTime(EVENT, "Latte", 60.0, 1),
    ]


def test_q59_a_completed_drink_tells_its_kinds_average(insights: Insights) -> None:
    a_drink(insights, "o1", NOW, 60)
    a_drink(insights, "o2", NOW + 1_000, 120)
    assert insights.bar.bus.told == [
        DrinkAverageTime(EVENT, "Latte", 60.0, 1),
        DrinkAverageTime(EVENT, "Latte", 90.0, 2),
    ]


def test_q59_the_average_is_of_the_last_ten(insights: Insights) -> None:
    a_drink(insights, "slow", NOW, 1_000)
    for number in range(10):
        a_drink(insights, f"o{number}", NOW + 2_000_000 + number, 30)
    assert insights.bar.bus.told[-1] == DrinkAverageTime(EVENT, "Latte", 30.0, 10)


def test_a_drink_that_was_made_before_anybody_said_which_counts_all_the_same(insights: Insights) -> None:
    """EventBridge keeps no order, and a barista may be faster than the workflow."""
    insights.hear(events.OrderCompleted(*WHO, "COMPLETED", 7, LATTE), NOW)
    assert (EVENT, "Drink", "Latte") in insights.counted
    assert insights.bar.bus.told == []


@pytest.mark.parametrize("drink_when_completed", [None, LATTE])
def test_the_average_is_told_whichever_event_comes_last(
    insights: Insights, drink_when_completed: dict[str, Any] | None
) -> None:
    submitted = events.OrderWaitsForBarista(*WHO, 8, "SUBMITTED", LATTE)
    completed = events.OrderCompleted(*WHO, "COMPLETED", 8, drink_when_completed)
    insights.hear(completed, NOW + 60_000)
    assert insights.bar.bus.told == []
    insights.hear(submitted, NOW + 30_000)
    insights.hear(completed, NOW + 60_000)
    insights.hear(submitted, NOW + 30_000)
    assert insights.bar.bus.told == [DrinkAverageTime(EVENT, "Latte", 30.0, 1)]


def test_an_average_that_the_bus_refused_is_told_at_the_next_delivery_and_then_no_more(insights: Insights) -> None:
    insights.hear(events.OrderWaitsForBarista(*WHO, 7, "SUBMITTED", LATTE), NOW)
    completed = events.OrderCompleted(*WHO, "COMPLETED", 7)
    insights.bar.bus.refusals = 2
    for _ in range(2):
        with pytest.raises(NotDelivered):
            insights.hear(completed, NOW + 60_000)
    insights.hear(completed, NOW + 60_000)
    insights.hear(completed, NOW + 60_000)
    assert insights.bar.bus.told == [DrinkAverageTime(EVENT, "Latte", 60.0, 1)]
    assert insights.counted.count((EVENT, "State", "COMPLETED")) == 1


def test_an_average_that_was_told_but_not_noted_is_told_again_rather_than_not_at_all(
    insights: Insights, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(self: MemoryInsights, order_id: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(MemoryInsights, "mark_told", die)
        with pytest.raises(KeyboardInterrupt):
            a_drink(insights, "o1", NOW, 60)
    a_drink(insights, "o1", NOW, 60)
    assert insights.bar.bus.told == [DrinkAverageTime(EVENT, "Latte", 60.0, 1)] * 2


def making(insights: Insights) -> tuple[dict[str, int], dict[str, Any]]:
    """Today's states, and the waits whose order was claimed."""
    today = service.today(insights.store, insights.bar.shops, BARISTA, EVENT, NOW)
    return today["byState"], today["waits"]["making"]


CLAIMS = [(events.MakeOrder(*WHO, "b1", 7), 1_000), (events.MakeOrder(*WHO, "", 7), 2_000)]


@pytest.mark.parametrize("claims", [CLAIMS, [*reversed(CLAIMS)], [*CLAIMS, *CLAIMS]])
def test_an_order_that_was_put_back_is_in_nobodys_hands(
    insights: Insights, claims: list[tuple[events.MakeOrder, int]]
) -> None:
    insights.hear(events.OrderWaitsForBarista(*WHO, 7, "SUBMITTED", LATTE), NOW)
    for event, after in claims:
        insights.hear(event, NOW + after)
    assert making(insights)[0] == {"SUBMITTED": 1}


def test_the_making_is_that_of_the_barista_who_made_it(insights: Insights) -> None:
    insights.hear(events.OrderWaitsForBarista(*WHO, 7, "SUBMITTED", LATTE), NOW)
    for event, after in [*CLAIMS, (events.MakeOrder(*WHO, "b2", 7), 50_000)]:
        insights.hear(event, NOW + after)
    assert making(insights)[0] == {"IN_PRODUCTION": 1}
    insights.hear(events.OrderCompleted(*WHO, "COMPLETED", 7), NOW + 60_000)
    assert making(insights) == ({"COMPLETED": 1}, {"orders": 1, "p50": 10.0, "p95": 10.0})


def test_q59_an_order_cancelled_before_its_drink_breaks_nothing(insights: Insights) -> None:
    insights.hear(events.NewOrder(*WHO, {}), NOW)
    insights.hear(events.OrderCancelled(*WHO, "CANCELLED", None, "why"), NOW + 1)
    insights.hear(events.OrderCompleted("ABC", "never heard of", "u1", "COMPLETED", None), NOW + 2)
    assert insights.bar.bus.told == []


@pytest.mark.parametrize(("detail_type", "detail"), RECORDED)
def test_no_recorded_event_breaks_the_learning(insights: Insights, detail_type: str, detail: dict[str, Any]) -> None:
    insights.learn(delivered(envelope(detail_type, detail)))
    assert "from-the-first-version" not in insights.store.rows


def test_today_is_the_shops_day(insights: Insights) -> None:
    insights.bar.configure(time_zone="Pacific/Kiritimati")
    a_drink(insights, "o1", NOW, 60)
    today = service.today(insights.store, insights.bar.shops, BARISTA, EVENT, NOW)
    assert (today["eventId"], today["timeZone"], today["orders"]) == (EVENT, "Pacific/Kiritimati", 1)
    tomorrow = service.today(insights.store, insights.bar.shops, BARISTA, EVENT, NOW + 24 * 3_600_000)
    assert tomorrow["orders"] == 0


def test_only_baristas_see_the_numbers_of_a_shop_that_there_is(insights: Insights) -> None:
    with pytest.raises(Forbidden):
        service.today(insights.store, insights.bar.shops, OWNER, EVENT, NOW)
    with pytest.raises(NotFound):
        service.today(insights.store, insights.bar.shops, BARISTA, "XYZ", NOW)

"""An order's story: in order, complete, escaped, whatever was on the bus."""

import re
from typing import Any

import pytest

from chalicelib import events
from chalicelib.envelope import delivered
from chalicelib.journeys.model import HEADINGS, Moment, route, tell
from chalicelib.journeys.page import render
from chalicelib.orders.model import OrderState
from tests.support.orders import NOW, order_in
from tests.support.recorded import RECORDED, envelope

HAPPY = [
    events.NewOrder.detail_type,
    events.WorkflowStarted.detail_type,
    events.OrderWaitsForBarista.detail_type,
    events.MakeOrder.detail_type,
    events.OrderCompleted.detail_type,
]


def moments(*detail_types: str) -> list[Moment]:
    return [
        Moment(NOW + 1_000 * number, f"e{number}", detail_type, {"Message": f"Sentence {number}."})
        for number, detail_type in enumerate(detail_types)
    ]


def passed(*detail_types: str) -> list[tuple[str, bool]]:
    return [(station.label, station.passed) for station in route(moments(*detail_types))]


def test_a_happy_order_passed_every_station() -> None:
    labels = ["Scanned", "Place taken", "Drink chosen", "Being made", "Ready"]
    assert passed(*HAPPY) == [(label, True) for label in labels]


def test_an_order_on_its_way_has_stations_before_it() -> None:
    assert passed(*HAPPY[:2])[1:3] == [("Place taken", True), ("Drink chosen", False)]


ENDS = [
    (events.OrderCancelled.detail_type, "Cancelled"),
    (events.OrderFailed.detail_type, "Failed"),
    (events.OrderTimeOut.detail_type, "Too slow"),
    (events.ShopUnavailable.detail_type, "Turned away"),
]


@pytest.mark.parametrize(("end", "label"), ENDS)
def test_q54_a_bad_end_is_the_last_station(end: str, label: str) -> None:
    last = route(moments(HAPPY[0], end))[-1]
    assert (last.label, last.passed, last.bad_end) == (label, True, True)


def test_q55_the_story_is_told_in_the_order_in_which_it_happened_not_arrived() -> None:
    story = tell(moments(*HAPPY)[::-1], "UTC")
    assert [line.heading for line in story] == [HEADINGS[name] for name in HAPPY]
    assert [line.seconds_later for line in story] == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_the_clock_is_the_shops() -> None:
    midnight_utc = Moment(1_700_006_400_000, "e1", HAPPY[0])
    assert tell([midnight_utc], "Europe/Madrid")[0].clock == "01:00:00"


def test_q54_every_event_about_an_order_has_a_heading() -> None:
    about_orders = {
        event.detail_type
        for event in vars(events).values()
        if isinstance(event, type) and issubclass(event, events.OrderEvent) and event is not events.OrderEvent
    }
    assert HEADINGS.keys() == about_orders


def test_q54_an_event_without_a_heading_is_told_by_its_name() -> None:
    assert tell([Moment(NOW, "e1", "Something.Else")], "UTC")[0].heading == "Something.Else"


def test_q55_an_order_without_events_has_an_empty_page() -> None:
    assert "No drink was chosen" in render(order_in(OrderState.CREATED), [], "UTC")


# How far an order in that state has come.
SO_FAR = {
    OrderState.CREATED: HAPPY[:2],
    OrderState.SUBMITTED: HAPPY[:3],
    OrderState.IN_PRODUCTION: HAPPY[:4],
    OrderState.COMPLETED: HAPPY,
    OrderState.CANCELLED: [HAPPY[0], events.OrderCancelled.detail_type],
    OrderState.FAILED: [*HAPPY[:3], events.OrderFailed.detail_type],
}


@pytest.mark.parametrize("state", OrderState)
def test_q55_every_order_has_a_page(state: OrderState) -> None:
    page = render(order_in(state), moments(*SO_FAR[state]), "Europe/Madrid")
    assert page.startswith("<!doctype html>")
    assert f"Sentence {len(SO_FAR[state]) - 1}." in page


def drawn(page: str) -> list[tuple[str, str]]:
    """The stops in the page's picture, from left to right: how each is marked, and its label."""
    picture = page.partition("<svg")[2].partition("</svg>")[0]
    marks = re.findall(r'<circle class="stop ?([a-z ]*)"', picture)
    return list(zip(marks, re.findall(r"<text [^>]*>(.*?)</text>", picture), strict=True))


PICTURE = ["Scanned", "Place taken", "Drink chosen", "Being made", "Ready"]


@pytest.mark.parametrize("state", [OrderState.CREATED, OrderState.IN_PRODUCTION, OrderState.COMPLETED])
def test_the_picture_marks_the_stops_that_an_order_has_passed(state: OrderState) -> None:
    page = render(order_in(state), moments(*SO_FAR[state]), "UTC")
    marks = ["passed" if number < len(SO_FAR[state]) else "" for number in range(len(PICTURE))]
    assert drawn(page) == list(zip(marks, PICTURE, strict=True))


@pytest.mark.parametrize("reached", [1, 2, 3, 4])
@pytest.mark.parametrize(("end", "label"), ENDS)
def test_the_picture_of_an_order_that_came_to_a_bad_end_marks_it_as_the_last_stop(
    end: str, label: str, reached: int
) -> None:
    page = render(order_in(OrderState.CANCELLED), moments(*HAPPY[:reached], end), "UTC")
    marks = ["passed" if number < reached else "" for number in range(len(PICTURE) - 1)]
    assert drawn(page) == [*zip(marks, PICTURE[:-1], strict=True), ("passed bad", label)]
    told = ", ".join([*PICTURE[:reached], label])
    assert f'aria-label="The order\'s way: {told}"' in page


def test_q56_nothing_on_the_page_is_taken_for_html() -> None:
    evil = "<script>alert(1)</script>"
    order = order_in(OrderState.CANCELLED, event_id=evil, reason=evil)
    page = render(order, [Moment(NOW, "e1", evil, {"Message": evil})], "UTC")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(("detail_type", "detail"), RECORDED)
def test_no_recorded_event_breaks_the_page_and_no_token_is_on_it(detail_type: str, detail: dict[str, Any]) -> None:
    event = delivered(envelope(detail_type, detail))
    page = render(
        order_in(OrderState.COMPLETED), [Moment(event.at, event.event_id, event.detail_type, event.detail)], "UTC"
    )
    assert "AQ…" not in page


def test_q56_the_page_needs_nothing_from_elsewhere() -> None:
    page = render(order_in(OrderState.COMPLETED), moments(*HAPPY), "UTC")
    assert not any(outside in page for outside in ("http://", "https://", "src=", "@import", "url("))

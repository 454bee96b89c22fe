"""What each event teaches: the contract's events something, unknown ones nothing, none an exception."""

from typing import Any

import pytest

from chalicelib import events
from chalicelib.envelope import delivered
from chalicelib.events import Event
from chalicelib.insights.facts import Claim, Lesson, claim, lesson
from tests.support.recorded import RECORDED, envelope

WHO = ("ABC", "o1", "u1")
AT = 1_700_000_000_123
DRINK = {"drink": "Latte", "modifiers": ["Oat"], "icon": "latte"}


def taught(event: Event) -> Lesson:
    return lesson(delivered(envelope(event.detail_type, {**event.detail, "at": AT})))


@pytest.mark.parametrize(
    ("event", "lesson_of_it"),
    [
        (events.NewOrder(*WHO, {}), {"createdTs": AT}),
        (
            events.OrderWaitsForBarista(*WHO, 7, "SUBMITTED", DRINK),
            {"submittedTs": AT, "drink": "Latte", "modifiers": ["Oat"], "shopDrink": "ABC#Latte"},
        ),
        (events.MakeOrder(*WHO, "b1", 7), {}),
        (events.OrderCompleted(*WHO, "COMPLETED", 7), {"completedTs": AT, "endState": "COMPLETED"}),
        (events.OrderRecalled(*WHO, "IN_PRODUCTION", 7), {}),
        (events.OrderCancelled(*WHO, "CANCELLED", 7, "why"), {"endState": "CANCELLED"}),
        (events.OrderTimeOut(*WHO, "Customer timedout"), {"endState": "CANCELLED"}),
        (events.ShopUnavailable(*WHO, "Bar full"), {"endState": "CANCELLED"}),
        (events.OrderFailed(*WHO, "FAILED", "why"), {"endState": "FAILED"}),
        (events.WorkflowStarted(*WHO, 300), {}),
        (events.OrderFinished(*WHO), {}),
    ],
)
def test_what_an_event_teaches(event: Event, lesson_of_it: Lesson) -> None:
    assert taught(event) == lesson_of_it


@pytest.mark.parametrize(("barista", "by"), [("b1", "b1"), ("", ""), (None, ""), (17, "")])
def test_who_makes_an_order_is_the_latest_word_on_it(barista: Any, by: str) -> None:
    event = envelope("OrderManager.MakeOrder", {"baristaUserId": barista, "at": AT})
    assert claim(delivered(event)) == Claim(AT, by)


def test_no_other_event_says_who_makes_an_order() -> None:
    event = envelope("OrderManager.OrderCompleted", {"baristaUserId": "b1", "at": AT})
    assert claim(delivered(event)) is None


@pytest.mark.parametrize(("detail_type", "detail"), RECORDED)
def test_no_recorded_event_breaks_the_lesson(detail_type: str, detail: dict[str, Any]) -> None:
    learnt = lesson(delivered(envelope(detail_type, detail)))
    assert all(type(value) in {int, str, list} for value in learnt.values())


@pytest.mark.parametrize("modifiers", [None, [], [1, None], "Oat", 5, {"Milk": "Oat"}])
def test_modifiers_that_are_no_list_of_names_are_none(modifiers: Any) -> None:
    event = envelope("OrderManager.WaitingCompletion", {"drinkOrder": {"drink": "Tea", "modifiers": modifiers}})
    assert lesson(delivered(event))["modifiers"] == []

"""An execution's history is read for what a learner can use: its way, how long it stayed where, and why it failed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from workshop.checks.executions import Course, course_of

BEGAN = datetime(2026, 11, 29, 10, tzinfo=UTC)


class Told:
    """What Step Functions says of one execution."""

    def __init__(self, *events: tuple[int, dict[str, Any]]) -> None:
        self.events = [{"timestamp": BEGAN + timedelta(seconds=second), **event} for second, event in events]

    def describe_execution(self, **_: str) -> dict[str, Any]:
        return {"status": "FAILED"}

    def get_execution_history(self, **_: object) -> dict[str, Any]:
        return {"events": self.events}


def entered(name: str) -> dict[str, Any]:
    return {"stateEnteredEventDetails": {"name": name}}


def failed(error: str, cause: str) -> dict[str, Any]:
    return {"executionFailedEventDetails": {"error": error, "cause": cause}}


def read(*events: tuple[int, dict[str, Any]]) -> Course:
    return course_of(Told(*events), "arn")  # type: ignore[arg-type]


def test_its_way_and_how_long_it_was_in_each_state() -> None:
    course = read((0, {}), (1, entered("Look")), (2, {}), (7, entered("Wait")), (9, failed("States.Runtime", "")))
    assert (course.states, course.last) == (("Look", "Wait"), "Wait")
    assert course.lasted == {"Look": 6, "Wait": 2}


def test_an_execution_of_which_nothing_is_known_yet_has_no_way() -> None:
    assert (read().states, read().last, read().lasted) == ((), "", {})


def test_a_path_that_is_not_there_is_named() -> None:
    course = read((0, entered("Look")), (1, failed("States.Runtime", "No '$.shop.isOpen' was found")))
    assert course.why == "it found no $.shop.isOpen"


def test_what_a_function_said_is_told_without_its_exception() -> None:
    course = read((0, entered("Ask")), (1, failed("ValueError", '{"errorMessage": "the order has no drink"}')))
    assert course.why == "the order has no drink"


def test_any_other_error_is_told_by_its_name() -> None:
    assert read((0, entered("Ask")), (1, failed("SomethingBroke", "no JSON"))).why == "SomethingBroke"

"""What is said of waits that are told wrongly by services that are wrong in ways which no edit of the solution is."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import told_by
from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.attempt import Attempt
from workshop.checks.waits_at_work import (
    a_cancelled_one_does_not_count,
    an_end_without_a_beginning_does_not_count,
    an_order_is_the_same_however_it_is_told,
    three_orders_give_their_average,
    whatever_comes_late_or_twice_changes_nothing,
)
from workshop.finding import DoesNotHold
from workshop.learners_folder import LearnersFolder
from workshop.microservice import WAITS
from workshop.running import finished

type Check = Callable[[Attempt], None]
type Heard = Sequence[Mapping[str, Any]]
type Answer = Callable[[Heard], Mapping[str, int] | None]

RIGHT = {"Flat White": 160, "Espresso": 30}
CANCELLED = "OrderManager.OrderCancelled"
EVENTS = 8  # of three flat whites and an espresso


def answered(told: Mapping[str, int] | None) -> SimpleNamespace:
    """An answer of the gateway's; an error if there is nothing."""
    return SimpleNamespace(is_success=told is not None, json=lambda: told)


def attempt_with(tmp_path: Path, answer: Answer, kept: Callable[[Heard], int] = lambda _: 0) -> Attempt:
    """A try of a service that hears, has so many rows of each order, and gives that answer to what it heard."""
    folder = LearnersFolder(tmp_path / "my-bar")
    folder.put(dict(WAITS.after(WAITS.wired)))
    heard: list[Mapping[str, Any]] = []
    attempt = Attempt(folder.root, finished, no_pattern, no_cloud)
    service = SimpleNamespace(
        hear=heard.append,
        customers=["ana"],
        answer_to=lambda _customer, **_query: answered(answer(heard)),
        rows=lambda sign: [{"order": sign, "heard": number} for number in range(kept(heard))],
        extension=SimpleNamespace(tables=[]),
    )
    vars(attempt)["_services"] = {WAITS: service}
    return attempt


@pytest.mark.parametrize(
    "check",
    [three_orders_give_their_average, whatever_comes_late_or_twice_changes_nothing],
    ids=lambda one: one.__name__,
)
def test_a_service_that_tells_the_average_holds(check: Check, tmp_path: Path) -> None:
    check(attempt_with(tmp_path, lambda _: RIGHT))


@pytest.mark.parametrize(
    ("check", "answer", "told"),
    [
        (three_orders_give_their_average, lambda _: {}, "says {}"),
        (three_orders_give_their_average, lambda _: {**RIGHT, "Flat White": 161}, '"Flat White": 161'),
        (
            whatever_comes_late_or_twice_changes_nothing,
            lambda heard: RIGHT if len(heard) == EVENTS else {**RIGHT, "Espresso": 60},
            "from the end to the beginning, and each event twice; GET /waits says",
        ),
        (
            a_cancelled_one_does_not_count,
            lambda heard: {**RIGHT, "Flat White": 870} if heard[-1]["detail-type"] == CANCELLED else RIGHT,
            'gave up after 50 minutes; GET /waits says {"Flat White": 870',
        ),
        (an_end_without_a_beginning_does_not_count, lambda _: None, "leave it out. Where it broke is in the log"),
        (an_order_is_the_same_however_it_is_told, lambda _: RIGHT, "nothing in your table speaks of it"),
    ],
)
def test_a_service_that_is_wrong_is_told_so(check: Check, answer: Answer, told: str, tmp_path: Path) -> None:
    with pytest.raises(DoesNotHold) as finding:
        check(attempt_with(tmp_path, answer))
    assert told in told_by(finding.value)
    keeps_the_house_rules(finding.value)


def test_times_that_depend_on_when_they_were_heard_are_told(tmp_path: Path) -> None:
    attempt = attempt_with(tmp_path, lambda _: RIGHT, kept=len)
    with pytest.raises(DoesNotHold) as finding:
        an_order_is_the_same_however_it_is_told(attempt)
    assert "your table has other times for one than for the other" in finding.value.seen
    keeps_the_house_rules(finding.value)

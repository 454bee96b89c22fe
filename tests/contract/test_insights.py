"""The insights' store: each fact is learnt once however often it is told, and found by day and by drink."""

from typing import Any

import pytest

from chalicelib.insights.model import Fact
from chalicelib.insights.store import InsightStore
from tests.support.orders import NOW
from tests.support.together import together

DAY = "2026-11-22"


def test_what_is_told_first_counts(facts: InsightStore, event_id: str) -> None:
    assert facts.learn(event_id, f"{event_id}-o1", DAY, {"createdTs": NOW}) == {"createdTs"}
    assert facts.learn(event_id, f"{event_id}-o1", "2026-11-23", {"createdTs": NOW + 9, "madeTs": NOW + 9}) == {
        "madeTs"
    }
    assert facts.fact(f"{event_id}-o1") == Fact(f"{event_id}-o1", "IN_PRODUCTION", created_ts=NOW, made_ts=NOW + 9)
    assert [fact.order_id for fact in facts.day(event_id, DAY)] == [f"{event_id}-o1"]
    assert facts.day(event_id, "2026-11-23") == []


def test_q58_an_event_delivered_ten_times_at_once_is_news_once(facts: InsightStore, event_id: str) -> None:
    outcomes = together(10, lambda _: facts.learn(event_id, f"{event_id}-o1", DAY, {"endState": "CANCELLED"}))
    assert sorted(map(len, outcomes.results)) == [0] * 9 + [1]


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({"createdTs": 1}, "CREATED"),
        ({"submittedTs": 1}, "SUBMITTED"),
        ({"submittedTs": 1, "madeTs": 2}, "IN_PRODUCTION"),
        ({"submittedTs": 1, "madeTs": 2, "completedTs": 3, "endState": "COMPLETED"}, "COMPLETED"),
        ({"createdTs": 1, "endState": "FAILED"}, "FAILED"),
    ],
)
def test_a_state_follows_from_what_is_known(
    facts: InsightStore, event_id: str, known: dict[str, Any], state: str
) -> None:
    facts.learn(event_id, f"{event_id}-o1", DAY, known)
    fact = facts.fact(f"{event_id}-o1")
    assert fact is not None
    assert fact.state == state


def test_an_order_that_nobody_told_of_has_no_facts(facts: InsightStore, event_id: str) -> None:
    assert facts.fact(event_id) is None
    assert facts.day(event_id, DAY) == []


def test_the_last_drinks_of_a_kind_come_latest_first(facts: InsightStore, event_id: str) -> None:
    for number in range(5):
        drink = {"drink": "Latte", "modifiers": ["Oat"], "shopDrink": f"{event_id}#Latte"}
        facts.learn(event_id, f"{event_id}-o{number}", DAY, {**drink, "completedTs": NOW + number})
    facts.learn(event_id, f"{event_id}-other", DAY, {"shopDrink": f"{event_id}#Tea", "completedTs": NOW + 9})
    facts.learn(event_id, f"{event_id}-waits", DAY, {"shopDrink": f"{event_id}#Latte"})
    last = facts.last_completed(event_id, "Latte", 3)
    assert [fact.completed_ts for fact in last] == [NOW + 4, NOW + 3, NOW + 2]
    assert {fact.modifiers for fact in last} == {("Oat",)}

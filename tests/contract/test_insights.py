"""The insights' store: each fact is learnt once however often it is told, and found by day and by drink."""

from typing import Any

import pytest

from chalicelib.insights.model import Fact
from chalicelib.insights.store import InsightStore, Learnt
from tests.support.orders import NOW
from tests.support.together import together

DAY = "2026-11-22"


def test_what_is_told_first_counts(facts: InsightStore, event_id: str) -> None:
    order_id = f"{event_id}-o1"
    first = facts.learn(event_id, order_id, DAY, {"createdTs": NOW})
    assert first == Learnt(frozenset({"createdTs"}), Fact(order_id, "CREATED", created_ts=NOW))
    second = facts.learn(event_id, order_id, "2026-11-23", {"createdTs": NOW + 9, "madeTs": NOW + 9})
    known = Fact(order_id, "IN_PRODUCTION", created_ts=NOW, made_ts=NOW + 9)
    assert second == Learnt(frozenset({"madeTs"}), known)
    assert facts.day(event_id, DAY) == [known]
    assert [fact.order_id for fact in facts.day(event_id, DAY)] == [f"{event_id}-o1"]
    assert facts.day(event_id, "2026-11-23") == []


def test_q58_an_event_delivered_ten_times_at_once_is_news_once(facts: InsightStore, event_id: str) -> None:
    outcomes = together(10, lambda _: facts.learn(event_id, f"{event_id}-o1", DAY, {"endState": "CANCELLED"}))
    assert sorted(len(learnt.new) for learnt in outcomes.results) == [0] * 9 + [1]


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
    assert [fact.state for fact in facts.day(event_id, DAY)] == [state]


def test_an_order_that_nobody_told_of_has_no_facts(facts: InsightStore, event_id: str) -> None:
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

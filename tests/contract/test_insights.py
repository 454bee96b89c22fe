"""The insights' store: each fact is learnt once however often it is told, and found by day and by drink."""

from itertools import permutations
from typing import Any

import pytest

from chalicelib.insights.facts import Claim
from chalicelib.insights.model import Fact
from chalicelib.insights.store import InsightStore, Learnt
from tests.support.memory_reports import MemoryInsights
from tests.support.orders import NOW
from tests.support.together import together

DAY = "2026-11-22"


@pytest.fixture(params=["dynamodb", "memory"])
def facts(request: pytest.FixtureRequest) -> InsightStore:
    """The insights' store, on DynamoDB and then in memory."""
    if request.param == "memory":
        return MemoryInsights()
    return InsightStore(request.getfixturevalue("tables")["insights_table"])


def test_what_is_told_first_counts(facts: InsightStore, event_id: str) -> None:
    order_id = f"{event_id}-o1"
    first = facts.learn(event_id, order_id, DAY, {"createdTs": NOW})
    assert first == Learnt(frozenset({"createdTs"}), Fact(order_id, "CREATED", created_ts=NOW))
    second = facts.learn(event_id, order_id, "2026-11-23", {"createdTs": NOW + 9, "submittedTs": NOW + 9})
    known = Fact(order_id, "SUBMITTED", created_ts=NOW, submitted_ts=NOW + 9)
    assert second == Learnt(frozenset({"submittedTs"}), known)
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
        ({"submittedTs": 1, "completedTs": 3, "endState": "COMPLETED"}, "COMPLETED"),
        ({"createdTs": 1, "endState": "FAILED"}, "FAILED"),
    ],
)
def test_a_state_follows_from_what_is_known(
    facts: InsightStore, event_id: str, known: dict[str, Any], state: str
) -> None:
    facts.learn(event_id, f"{event_id}-o1", DAY, known)
    assert [fact.state for fact in facts.day(event_id, DAY)] == [state]


HANDED_ON = [Claim(NOW, "b1"), Claim(NOW + 1, ""), Claim(NOW + 2, "b2")]


@pytest.mark.parametrize("claims", list(permutations(HANDED_ON)))
def test_of_who_makes_an_order_the_latest_counts_in_whatever_order_it_is_told(
    facts: InsightStore, event_id: str, claims: tuple[Claim, ...]
) -> None:
    for claim in (*claims, *claims):
        facts.learn_claim(event_id, f"{event_id}-o1", DAY, claim)
    (known,) = facts.day(event_id, DAY)
    assert (known.state, known.made_ts) == ("IN_PRODUCTION", NOW + 2)


def test_an_order_that_was_put_back_is_made_by_nobody(facts: InsightStore, event_id: str) -> None:
    facts.learn(event_id, f"{event_id}-o1", DAY, {"submittedTs": NOW})
    for claim in HANDED_ON[:2]:
        facts.learn_claim(event_id, f"{event_id}-o1", "2026-11-23", claim)
    (known,) = facts.day(event_id, DAY)
    assert (known.state, known.made_ts) == ("SUBMITTED", None)


READY_RECALLED_READY = [("ready", NOW + 1), ("recalled", NOW + 2), ("ready", NOW + 3)]


@pytest.mark.parametrize("told", list(permutations(READY_RECALLED_READY)))
def test_of_when_a_drink_was_ready_the_latest_counts_in_whatever_order_it_is_told(
    facts: InsightStore, event_id: str, told: tuple[tuple[str, int], ...]
) -> None:
    order_id = f"{event_id}-o1"
    facts.learn(event_id, order_id, DAY, {"submittedTs": NOW})
    for what, at in (*told, *told):
        if what == "recalled":
            facts.learn_recall(order_id, at)
        else:
            facts.learn(event_id, order_id, DAY, {"completedTs": at, "endState": "COMPLETED"})
    (known,) = facts.day(event_id, DAY)
    assert (known.state, known.completed_ts) == ("COMPLETED", NOW + 3)


def test_a_drink_that_was_called_back_is_not_ready(facts: InsightStore, event_id: str) -> None:
    order_id, completed = f"{event_id}-o1", {"completedTs": NOW, "endState": "COMPLETED"}
    facts.learn_claim(event_id, order_id, DAY, Claim(NOW, "b1"))
    facts.learn(event_id, order_id, DAY, completed)
    facts.learn_recall(order_id, NOW + 1)
    assert facts.learn(event_id, order_id, DAY, completed).new == frozenset()
    (known,) = facts.day(event_id, DAY)
    assert (known.state, known.completed_ts) == ("IN_PRODUCTION", None)


def test_what_an_order_gave_is_told_from_when_it_is_noted(facts: InsightStore, event_id: str) -> None:
    order_id, completed = f"{event_id}-o1", {"completedTs": NOW, "endState": "COMPLETED"}
    assert not facts.learn(event_id, order_id, DAY, completed).told
    assert not facts.learn(event_id, order_id, DAY, completed).told
    facts.mark_told(order_id)
    facts.mark_told(order_id)
    assert facts.learn(event_id, order_id, DAY, completed).told


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

"""The definition is valid, and an order that was claimed cannot be lost in it, whatever fails."""

import re

import pytest
from statelint.linter import Linter

from tests.statemachine.definition import (
    CALLS,
    DEFINITION,
    ENDS,
    PLACEHOLDERS,
    STATES,
    TASKS,
    TEXT,
    WAITS,
    caught,
    following,
    gives_up,
    payload,
    ways,
)

CLAIM = "Claim the order"
LOST_RACE = "DynamoDB.ConditionalCheckFailedException"


def test_it_is_valid_amazon_states_language() -> None:
    """No emulator refuses a definition that AWS would refuse. statelint is the Python port of awslabs/statelint."""
    assert Linter.validate(DEFINITION) == []


def test_the_validator_sees_what_is_wrong() -> None:
    broken = {**DEFINITION, "States": {**STATES, CLAIM: {**STATES[CLAIM], "Next": "Nowhere"}}}
    assert Linter.validate(broken) != []


def test_it_speaks_jsonpath_as_every_emulator_does() -> None:
    assert DEFINITION.get("QueryLanguage", "JSONPath") == "JSONPath"
    assert all("QueryLanguage" not in state for state in STATES.values())


def test_every_placeholder_is_a_table_or_a_function_of_ours() -> None:
    unknown = {name for name in PLACEHOLDERS if not re.fullmatch(r"(Orders|Shops)Table|[A-Z]\w+FunctionArn", name)}
    assert unknown == set()


def test_the_whole_execution_ends_some_day() -> None:
    assert DEFINITION["TimeoutSeconds"] > 0


@pytest.mark.parametrize("name", STATES)
def test_every_way_on_ends(name: str) -> None:
    assert any(True for _ in ways(name))
    assert name in ENDS or set(following(name)) <= STATES.keys()


@pytest.mark.parametrize("name", TASKS)
def test_q10_a_task_has_a_time_limit_is_tried_again_and_caught(name: str) -> None:
    task = TASKS[name]
    assert "TimeoutSeconds" in task or "TimeoutSecondsPath" in task
    assert any(
        "States.TaskFailed" in retrier["ErrorEquals"] and retrier["MaxAttempts"] > 0 for retrier in task["Retry"]
    )
    assert task["Catch"][-1]["ErrorEquals"] == ["States.ALL"]


@pytest.mark.parametrize("name", [name for name in TASKS if name != "Something broke"])
def test_q10_whatever_fails_leads_to_the_state_that_ends_the_order(name: str) -> None:
    assert caught(name, "States.ALL") == "Something broke"
    assert gives_up(STATES["Something broke"])


def test_when_even_that_fails_the_execution_is_seen_to_fail() -> None:
    """Its end then reaches `execution_died` by the default bus."""
    assert STATES["Something broke"]["Next"] == caught("Something broke", "States.ALL") == "Broken"
    assert STATES["Broken"]["Type"] == "Fail"


@pytest.mark.parametrize("way", list(ways("Look at the shop")), ids=" > ".join)
def test_q10_q17_a_claimed_order_is_ended_or_finished_on_every_way(way: tuple[str, ...]) -> None:
    """Unless it ended already, which is what OrderEnded says."""
    ended = any(gives_up(STATES[name]) for name in way)
    finished = way[-1] == "Finish the order"
    heard_of_its_end = way[-1] == "Order ended" and caught(way[-2], "OrderEnded") == "Order ended"
    assert ended or finished or heard_of_its_end


def test_q14_before_the_claim_nothing_is_done() -> None:
    assert set(following("Is it an order?")) == {CLAIM, "Not an order"}
    assert DEFINITION["StartAt"] == "Is it an order?"


def test_q14_a_second_delivery_ends_at_once() -> None:
    assert caught(CLAIM, LOST_RACE) == "Not ours"
    assert STATES["Not ours"]["Type"] == "Succeed"
    assert "attribute_not_exists(executionArn)" in STATES[CLAIM]["Parameters"]["ConditionExpression"]


def test_a_missing_field_is_no_runtime_error() -> None:
    """On AWS a Choice that tests a path which is not there fails, unless IsPresent comes first."""
    for choice in STATES["Is it an order?"]["Choices"]:
        tested = [test for test in choice["And"] if "IsPresent" not in test]
        present = {test["Variable"] for test in choice["And"] if test.get("IsPresent")}
        assert {test["Variable"] for test in tested} <= present
        assert "IsPresent" in choice["And"][0]


@pytest.mark.parametrize("name", TASKS)
def test_a_lost_race_and_an_ended_order_are_not_tried_again(name: str) -> None:
    first = TASKS[name]["Retry"][0]
    assert first["MaxAttempts"] == 0
    final = {"OrderEnded", "States.Timeout"} if name in CALLS else {LOST_RACE}
    assert final <= set(first["ErrorEquals"])


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_function_that_lambda_is_too_busy_for_is_asked_for_minutes(name: str) -> None:
    """Lambda.TooManyRequestsException ends within a rush, which takes longer than other faults may."""
    (retrier,) = (one for one in TASKS[name]["Retry"] if "Lambda.TooManyRequestsException" in one["ErrorEquals"])
    waits = (
        retrier["IntervalSeconds"] * retrier["BackoffRate"] ** attempt for attempt in range(retrier["MaxAttempts"])
    )
    assert sum(min(wait, retrier["MaxDelaySeconds"]) for wait in waits) / 2 >= 4 * 60  # half, since jitter is FULL
    assert TASKS[name]["Retry"].index(retrier) < len(TASKS[name]["Retry"]) - 1  # before all that failed


@pytest.mark.parametrize("name", STATES)
def test_q62_the_event_stays_as_it_came(name: str) -> None:
    """Every state reads $.detail; none may put something else there."""
    paths = [place.get("ResultPath", "$") for place in (STATES[name], *STATES[name].get("Catch", []))]
    if STATES[name]["Type"] == "Task" and name not in ENDS:
        assert all(path is None or re.fullmatch(r"\$\.(?!detail)\w+", path) for path in paths)
    assert "InputPath" not in STATES[name]
    assert "OutputPath" not in STATES[name]


@pytest.mark.parametrize("name", WAITS)
def test_a_wait_is_as_long_as_the_shop_says(name: str) -> None:
    assert re.fullmatch(r"\$\.shop\.(customer|barista)Wait", WAITS[name]["TimeoutSecondsPath"])


def test_there_are_two_waits_one_for_the_customer_and_one_for_the_barista() -> None:
    assert {wait["TimeoutSecondsPath"] for wait in WAITS.values()} == {"$.shop.customerWait", "$.shop.baristaWait"}


@pytest.mark.parametrize(
    ("name", "error", "leads_to"),
    [
        ("Wait for the customer", "States.Timeout", "Customer too slow"),
        ("Wait for the barista", "States.Timeout", "Barista too slow"),
        ("Wait for the customer", "OrderEnded", "Order ended"),
        ("Wait for the barista", "OrderEnded", "Order ended"),
        ("Take a number", "OrderEnded", "Order ended"),
        ("Take a place at the bar", LOST_RACE, "Bar full"),
    ],
)
def test_q9_q18_each_way_to_end_is_told_from_the_others(name: str, error: str, leads_to: str) -> None:
    """Too slow, called off, closed and full are four things."""
    assert caught(name, error) == leads_to


def test_no_wait_has_a_heartbeat() -> None:
    """No emulator reports one as AWS does, and one of them never does."""
    assert "Heartbeat" not in TEXT


def test_q31_a_task_token_goes_to_a_waits_function_and_nowhere_else() -> None:
    holders = {name for name, state in STATES.items() if "$$.Task.Token" in str(state)}
    assert holders == set(WAITS)
    assert all(payload(WAITS[name])["taskToken.$"] == "$$.Task.Token" for name in WAITS)


def test_q31_the_workflow_puts_no_event_itself() -> None:
    """Its functions do, from the row, with what events.py allows."""
    assert ":events:" not in TEXT

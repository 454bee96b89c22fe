"""What the definition and the rules take for granted of the Python beside them."""

import ast
import re
from typing import Any

import pytest

import app
from chalicelib import events
from chalicelib.insights.facts import TEACHERS
from chalicelib.orders import workflow
from chalicelib.orders.model import OrderState, Reason, complete, recall
from chalicelib.orders.store import to_item as order_row
from chalicelib.shop.schemas import LIMITS
from chalicelib.shop.store import MAY_TAKE_PLACE
from chalicelib.shop.store import to_item as shop_row
from tests.architecture.source import ROOT, config
from tests.statemachine.definition import CALLS, DEFINITION, PLACEHOLDERS, RULES, STATES, TEXT, gives_up, payload
from tests.support.orders import NOW, SHOP, order_in
from tests.support.people import BARISTA

FUNCTIONS = {function.name for function in app.app.pure_lambda_functions}
EVENTS = {
    event.detail_type: event
    for event in vars(events).values()
    if isinstance(event, type) and issubclass(event, events.Event) and event not in {events.Event, events.OrderEvent}
}


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_every_function_that_is_called_is_there() -> None:
    called = {snake(name.removesuffix("FunctionArn")) for name in PLACEHOLDERS if name.endswith("FunctionArn")}
    assert called <= FUNCTIONS


def test_every_table_that_is_named_is_there() -> None:
    named = {snake(name).upper() for name in PLACEHOLDERS if name.endswith("Table")}
    assert named <= config()["environment_variables"].keys()


def handler_reads(name: str) -> set[str]:
    """Keys of its event that a task's function reads."""
    tree = ast.parse((ROOT / "chalicelib/orders/handlers.py").read_text())
    (function,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return {
        node.slice.value
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "event"
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    }


@pytest.mark.parametrize("name", CALLS)
def test_a_function_is_handed_what_it_reads(name: str) -> None:
    function = CALLS[name]["Parameters"]["FunctionName"].removeprefix("${").removesuffix("FunctionArn}")
    assert {key.removesuffix(".$") for key in payload(CALLS[name])} == handler_reads(snake(function))


def test_every_reason_of_the_workflow_is_one_that_the_rules_know() -> None:
    given = {payload(state)["reason"] for state in CALLS.values() if gives_up(state)}
    assert given == set(Reason) - {Reason.CANCELLED_BY_CUSTOMER, Reason.CANCELLED_BY_BARISTA}


def test_every_order_state_that_is_compared_is_one() -> None:
    compared = set(re.findall(r'"StringEquals": "(\w+)"', TEXT))
    assert compared
    assert compared <= set(OrderState)


def test_a_recalled_order_is_told_from_a_new_one_by_its_event() -> None:
    compared = set(re.findall(r'"StringEquals": "(\w+\.\w+)"', TEXT))
    assert compared == {events.OrderRecalled.detail_type}


def test_an_order_is_claimed_in_the_state_in_which_it_begins() -> None:
    values = STATES["Claim the order"]["Parameters"]["ExpressionAttributeValues"]
    assert values[":created"] == {"S": order_row(order_in(OrderState.CREATED))["orderState"]}


def test_a_recalled_order_is_claimed_again_whatever_became_of_it_meanwhile() -> None:
    """It may be complete again before its second workflow begins, which then finishes it."""
    recalled = recall(order_in(OrderState.COMPLETED), BARISTA, NOW)
    row = order_row(complete(recalled, BARISTA, NOW))
    condition = STATES["Claim the order"]["Parameters"]["ConditionExpression"]
    (attribute,) = re.findall(r"orderState = :created OR attribute_exists\((\w+)\)", condition)
    assert attribute in row
    assert "executionArn" not in row


def test_an_order_is_claimed_by_its_own_shops_event_only() -> None:
    """Else an event with somebody's order and another shop's name would have it looked after by that shop."""
    parameters = STATES["Claim the order"]["Parameters"]
    assert re.match(r"\(.* OR .*\) AND eventId = :shop AND ", parameters["ConditionExpression"])
    assert parameters["ExpressionAttributeValues"][":shop"] == {"S.$": "$.detail.eventId"}
    assert "eventId" in order_row(order_in(OrderState.CREATED))


def test_an_execution_outlives_both_waits_however_long_a_shop_makes_them() -> None:
    longest = [LIMITS["properties"][name]["maximum"] for name in ("customerWaitSeconds", "baristaWaitSeconds")]
    an_hour = 60 * 60  # for the tasks between them and their retries
    assert DEFINITION["TimeoutSeconds"] >= sum(longest) + an_hour


def test_a_claim_counts_as_a_write() -> None:
    """Else somebody who read before it could overwrite it."""
    assert "ADD version :one" in STATES["Claim the order"]["Parameters"]["UpdateExpression"]


def test_q1_q2_the_workflow_takes_no_place_that_the_scan_did_not_take() -> None:
    """Else an order that was called off meanwhile would hold a place again, and nobody would give it back."""
    kept = "contains(places, :order)"
    assert STATES["Take a place at the bar"]["Parameters"]["ConditionExpression"] == kept
    assert kept in MAY_TAKE_PLACE


def test_the_shops_row_has_what_the_workflow_reads() -> None:
    read = STATES["Look at the shop"]["Parameters"]["ProjectionExpression"].split(", ")
    assert set(read) <= shop_row(SHOP).keys()


@pytest.mark.parametrize(("field", "state"), [("orderId", "Claim the order"), ("eventId", "Look at the shop")])
def test_the_event_names_what_the_workflow_looks_up(field: str, state: str) -> None:
    assert f"$.detail.{field}" in str(STATES[state])
    assert field in vars(events.NewOrder)["__dataclass_fields__"]


def test_an_order_that_ended_has_one_name_on_both_sides() -> None:
    caught = re.findall(r'"ErrorEquals": \["(\w+)"\]', TEXT)
    assert workflow.OrderEnded.__name__ == workflow.ORDER_ENDED
    assert set(caught) == {workflow.ORDER_ENDED}


def test_the_state_machine_has_one_name_everywhere() -> None:
    targets = {rule["target"]["stateMachine"] for rule in RULES if "stateMachine" in rule["target"]}
    assert targets == {workflow.STATE_MACHINE}


def patterns() -> list[dict[str, Any]]:
    return [rule["pattern"] for rule in RULES]


@pytest.mark.parametrize("pattern", patterns(), ids=[rule["name"] for rule in RULES])
def test_q41_a_rule_names_our_source_and_detail_types_exactly(pattern: dict[str, Any]) -> None:
    assert pattern["source"] == [events.SOURCE]
    named = [name for name in pattern.get("detail-type", []) if isinstance(name, str)]
    assert named == pattern.get("detail-type", [])
    assert set(named) <= EVENTS.keys()


@pytest.mark.parametrize("pattern", patterns(), ids=[rule["name"] for rule in RULES])
def test_q41_a_rule_asks_for_fields_that_its_events_have(pattern: dict[str, Any]) -> None:
    for name in pattern.get("detail-type", [events.NewOrder.detail_type]):  # a rule for every event: some have them
        assert pattern.get("detail", {}).keys() <= EVENTS[name].__dataclass_fields__.keys()


def test_q57_one_rule_starts_the_workflow_and_with_the_whole_event() -> None:
    """An input path would lose the event in LocalStack (#11970, #13336), and the execution's name with it."""
    (starting,) = [rule for rule in RULES if "stateMachine" in rule["target"]]
    assert starting["pattern"]["detail-type"] == [events.NewOrder.detail_type, events.OrderRecalled.detail_type]
    assert starting["target"].keys() == {"stateMachine"}


def test_every_target_is_there() -> None:
    called = {rule["target"]["function"] for rule in RULES if "function" in rule["target"]}
    assert called <= FUNCTIONS


def test_the_insights_hear_what_teaches_them_something_and_nothing_else() -> None:
    (rule,) = [rule for rule in RULES if rule["target"] == {"function": "learn_insights"}]
    assert sorted(rule["pattern"]["detail-type"]) == sorted(
        [*TEACHERS, events.MakeOrder.detail_type, events.OrderRecalled.detail_type]
    )


def test_no_rule_has_anothers_name() -> None:
    names = [rule["name"] for rule in RULES]
    assert sorted(names) == sorted(set(names))


def test_every_rule_is_on_our_bus() -> None:
    assert {rule["eventBus"] for rule in RULES} == {config()["environment_variables"]["EVENT_BUS_NAME"]}

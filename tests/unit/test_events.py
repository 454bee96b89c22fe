"""The events: their names are the contract's, they say whom they are about, and they give nothing away."""

import json
import re
from dataclasses import MISSING, Field, fields
from typing import Any

import pytest

from chalicelib import events
from chalicelib.events import Event, OrderEvent

CONTRACT = {
    "Validator.NewOrder",
    "OrderProcessor.WorkflowStarted",
    "OrderProcessor.WaitingCompletion",
    "OrderProcessor.OrderTimeOut",
    "OrderProcessor.ShopUnavailable",
    "OrderProcessor.orderFinished",
    "OrderManager.WaitingCompletion",
    "OrderManager.MakeOrder",
    "OrderManager.OrderCompleted",
    "OrderManager.OrderRecalled",
    "OrderManager.OrderCancelled",
    "OrderManager.OrderFailed",
    "OrderManager.DrinkAverageTime",
    "ConfigService.ConfigChanged",
}
ABOUT_NO_ORDER = {"OrderManager.DrinkAverageTime", "ConfigService.ConfigChanged"}
SECRET = re.compile(r"token|code|secret|password|e?mail|phone|address|arn|execution", re.IGNORECASE)


def every_event() -> list[type[Event]]:
    return [
        found
        for found in vars(events).values()
        if isinstance(found, type) and issubclass(found, Event) and found not in {Event, OrderEvent}
    ]


def example(event: type[Event]) -> Event:
    """One with something in every field that must be given."""
    return event(**{field.name: value_of(field) for field in fields(event) if field.default is MISSING})


def value_of(field: "Field[Any]") -> Any:
    by_type = {"int": 7, "int | None": 7, "float": 1.5, "bool": True, "list[str]": ["menu"], "dict[str, Any]": {}}
    name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
    return by_type.get(str(field.type), by_type.get(str(name), f"a-{field.name}"))


def test_the_detail_types_are_exactly_the_contracts() -> None:
    assert sorted(event.detail_type for event in every_event()) == sorted(CONTRACT)


def test_the_source_is_the_originals() -> None:
    assert events.SOURCE == "awsserverlessda.serverlesspresso"


@pytest.mark.parametrize("event", every_event(), ids=lambda event: event.detail_type)
def test_q41_every_event_says_which_shop_and_order_and_customer_it_is_about(event: type[Event]) -> None:
    named = {field.name for field in fields(event)}
    whom = {"eventId"} if event.detail_type in ABOUT_NO_ORDER else {"eventId", "orderId", "userId"}
    assert whom <= named
    assert whom <= example(event).detail.keys()


@pytest.mark.parametrize("event", every_event(), ids=lambda event: event.detail_type)
def test_q24_q31_no_field_is_a_token_a_code_or_an_address(event: type[Event]) -> None:
    assert [field.name for field in fields(event) if SECRET.search(field.name)] == []


@pytest.mark.parametrize("event", every_event(), ids=lambda event: event.detail_type)
def test_every_event_is_json_and_carries_a_sentence_for_people(event: type[Event]) -> None:
    detail = json.loads(json.dumps(example(event).detail))
    assert detail["Message"].endswith(".")


@pytest.mark.parametrize("event", every_event(), ids=lambda event: event.detail_type)
def test_q41_no_detail_type_holds_a_shops_name_or_an_orders_state(event: type[Event]) -> None:
    assert re.fullmatch(r"(Validator|OrderProcessor|OrderManager|ConfigService)\.[A-Za-z]+", event.detail_type)


def test_q13_numbers_are_numbers() -> None:
    told = events.OrderWaitsForBarista("ABC", "o1", "u1", 10, "SUBMITTED", {})
    assert json.loads(json.dumps(told.detail))["orderNumber"] == 10

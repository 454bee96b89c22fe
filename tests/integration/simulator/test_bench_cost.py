"""Counting an order at the running bar. Others may order at the same time: only what is an order's own is looked at."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from simulator.bench_commands import cloud_status
from simulator.costs.happy_order import People, play, staff
from simulator.costs.metering import Meters
from simulator.outputs import Outputs
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from simulator.probe.workflows import Workflows

STATES: Mapping[str, Mapping[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "statemachine" / "order_processor.asl.json").read_text()
)["States"]
FIRST = "Is it an order?"


@pytest.fixture
def meters(aws: boto3.Session, bar: Outputs, http: httpx.Client) -> Iterator[Meters]:
    """Set to zero."""
    status = cloud_status(bar)
    assert status, "the tests' bar is on a local cloud"
    logs = aws.client("logs", endpoint_url=bar.endpoint_url)
    stepfunctions = aws.client("stepfunctions", endpoint_url=bar.endpoint_url)
    meters = Meters(http, bar.endpoint_url, logs, stepfunctions, bar.order_processor_arn, Path(status["log"]))
    meters.begin()
    yield meters
    meters.end()


def happy_path() -> Iterator[str]:
    """The states of an order that nothing is wrong with: each choice's last branch, and never a catch.

    Where there are two, the first is that of an order that was called back.
    """
    state: str | None = FIRST
    while state:
        yield state
        choices = STATES[state].get("Choices")
        state = choices[-1]["Next"] if choices else STATES[state].get("Next")


def test_a_happy_order_is_counted_with_the_transitions_of_the_happy_path(
    meters: Meters, shop: OwnShop, customer: Person, workflows: Workflows
) -> None:
    order_id = shop.ordered(customer)["orderId"]
    shop.barista.make(order_id)
    shop.barista.complete(order_id)
    workflows.wait_for_end(order_id)
    used = meters.read(order_id)
    assert used.transitions == len(list(happy_path()))
    assert used.capacity.write["serverlesspresso-orders"] > 0
    assert used.calls["dynamodb.TransactWriteItems"] > 0


def test_people_who_listen_need_five_requests_for_an_order(shop: OwnShop, customer: Person, bar: Outputs) -> None:
    people = People(customer, shop.barista, shop.barista)
    with staff(bar, people, shop.event_id) as listeners:
        code = shop.bucket()["code"]
        played = play(bar, people, shop.event_id, code, listeners, settle=lambda: None)
    assert played.requests == 5
    assert played.messages > 0
    assert customer.order(played.order_id)["orderState"] == "COMPLETED"

"""Playing and recording at the running bar: the bus hears it in order, nobody breaks, and no order comes of it."""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib.orders.model import OrderState
from simulator.bar_client import Refused
from simulator.outputs import Outputs
from simulator.probe.eventually import DEADLINE_S, eventually
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import Person
from simulator.probe.recorder import Recorder
from simulator.probe.workflows import Workflows
from simulator.replay.casting import SHOP
from simulator.replay.command import cast
from simulator.replay.player import Clock, play, stage
from simulator.replay.recorder import Tape, record, recorder
from simulator.replay.recording import Recorded, read_recording
from tests.integration.simulator.function_logs import FunctionLogs

SAMPLE = Path(__file__).parents[3] / "simulator" / "recordings" / "busy_ten_minutes.jsonl"
EVENTS = 60
FAST = 60  # a minute of the recording in a second

type Told = tuple[str, dict[str, Any]]


def play_all(aws: boto3.Session, bar: Outputs, events: Sequence[Recorded]) -> None:
    play(stage(aws, bar).put, events, FAST, lambda _: None, Clock())


def heard_about_orders(recorder: Recorder, shop: str) -> list[Told]:
    """What was heard of the shop's orders, in the order of its happening."""
    events = [event for event in recorder.everything() if event.detail.get("eventId") == shop]
    about_orders = (event for event in events if "orderId" in event.detail)
    return [(event.detail_type, event.detail) for event in sorted(about_orders, key=lambda event: event.detail["at"])]


def without_moment(events: Sequence[Told]) -> list[Told]:
    return [(detail_type, {**detail, "at": None}) for detail_type, detail in events]


def test_q61_a_played_recording_is_heard_in_its_order_and_starts_no_order(
    shop: OwnShop,
    aws: boto3.Session,
    bar: Outputs,
    recorder: Recorder,
    workflows: Workflows,
    function_logs: FunctionLogs,
) -> None:
    events = cast(read_recording(SAMPLE)[:EVENTS], shop.event_id)
    play_all(aws, bar, events)

    def all_heard() -> list[Told]:
        heard = heard_about_orders(recorder, shop.event_id)
        assert len(heard) >= EVENTS
        return heard

    heard = eventually(all_heard)
    assert without_moment(heard) == without_moment([(event.detail_type, event.detail) for event in events])
    for order_id in {event.detail["orderId"] for event in events if event.detail_type == "Validator.NewOrder"}:
        workflows.wait_for_executions(order_id, running=0, ended=1)
        with pytest.raises(Refused, match=r"^404"):
            shop.barista.order(order_id)
    assert [shop.barista.orders(shop.event_id, state)["orders"] for state in OrderState] == [[]] * len(OrderState)
    assert heard_about_orders(recorder, shop.event_id) == heard, "nobody answered to it"
    assert function_logs.errors() == []


def test_what_was_recorded_can_be_played_and_recorded_again(
    shop: OwnShop, open_shop: OpenShop, customer: Person, aws: boto3.Session, bar: Outputs, tmp_path: Path
) -> None:
    first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
    with recorder(aws, bar) as tape, first.open("w") as file:
        order_id = shop.ordered(customer, "Flat White", "Oat")["orderId"]
        shop.barista.make(order_id)
        shop.barista.complete(order_id)
        record_until(tape, file, lambda: orders_finished(first, shop.event_id) == 1)
    events = of_shop(first, shop.event_id)
    assert {event.detail["orderId"] for event in events} == {order_id}

    elsewhere = open_shop().event_id
    with recorder(aws, bar) as tape, again.open("w") as file:
        played = cast(events, elsewhere)
        play_all(aws, bar, played)
        record_until(tape, file, lambda: len(of_shop(again, elsewhere)) == len(events))
    replayed = of_shop(again, elsewhere)
    assert without_moment(told(replayed)) == without_moment(told(played))
    assert [event.detail_type for event in replayed] == [event.detail_type for event in events]
    assert customer.order(order_id)["orderState"] == "COMPLETED"


def test_a_recorder_leaves_nothing_behind_whatever_happens(aws: boto3.Session, bar: Outputs) -> None:
    events = aws.client("events", endpoint_url=bar.endpoint_url)
    with contextlib.suppress(KeyboardInterrupt), recorder(aws, bar) as tape:
        name = tape.queue_url.rpartition("/")[2]
        assert events.describe_rule(Name=name, EventBusName=bar.event_bus_name)["State"] == "ENABLED"
        raise KeyboardInterrupt
    with pytest.raises(ClientError, match="ResourceNotFound"):
        events.describe_rule(Name=name, EventBusName=bar.event_bus_name)
    with pytest.raises(ClientError, match=r"NonExistentQueue|QueueDoesNotExist"):
        aws.client("sqs", endpoint_url=bar.endpoint_url).get_queue_url(QueueName=name)


def record_until(tape: Tape, file: TextIO, is_over: Callable[[], bool]) -> None:
    """Record until then, at most as long as an eventually lasts."""
    deadline = time.monotonic() + DEADLINE_S
    record(tape, file, lambda: is_over() or time.monotonic() > deadline, lambda _: None)
    assert is_over()


def of_shop(path: Path, shop: str) -> list[Recorded]:
    """The file's events about the shop's orders; others use the bar meanwhile."""
    if not path.stat().st_size:
        return []
    return [event for event in read_recording(path) if event.detail.get(SHOP) == shop and "orderId" in event.detail]


def orders_finished(path: Path, shop: str) -> int:
    return [event.detail_type for event in of_shop(path, shop)].count("OrderProcessor.orderFinished")


def told(events: Sequence[Recorded]) -> list[Told]:
    return [(event.detail_type, event.detail) for event in events]

"""One happy order's counts, from a real order at the running bar while nobody else is there."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from simulator.bar_client import BarClient
from simulator.costs.happy_order import People, Played, play, staff
from simulator.costs.metering import Meters, Usage
from simulator.costs.prices import Counts
from simulator.entrance import BARISTA, Entrance
from simulator.robots.arriving import arrive

ORDERS_BEFORE = 2  # so that no function is started for the order that counts
TRIES = 3

# Assumed, since a test does not stay as long as people do: a customer's page is open for ten minutes; barista and
# display are there all day, of which two orders a minute (the original's QR codes allow no more) share each minute.
CUSTOMER_MINUTES = 10.0
STAFF_MINUTES = 2 / 2

ON_A_SCHEDULE = "sweep"


class Disturbed(Exception):
    """Somebody else was at the bar, so that what was counted is not one order's."""


@dataclass(frozen=True)
class OrderCount:
    """What one happy order used."""

    played: Played
    usage: Usage

    @property
    def counts(self) -> Counts:
        """By the names of the price list."""
        runs = [run for of_function in self.usage.runs.values() for run in of_function]
        capacity = self.usage.capacity
        return {
            "state transitions": self.usage.transitions,
            "Lambda requests": len(runs),
            "Lambda GB-seconds": sum(run.gb_seconds for run in runs),
            "custom events": len(self.usage.events),
            "REST API calls": self.played.requests,
            "WebSocket messages": self.played.messages,
            "WebSocket connection minutes": CUSTOMER_MINUTES + STAFF_MINUTES,
            # A refused write is billed by its row's size; no row of the bar's that can refuse is above 1 KB.
            "DynamoDB write units": sum(capacity.write.values()) + capacity.refused,
            "DynamoDB read units": sum(capacity.read.values()),
            "S3 PUTs": self.usage.calls.get("s3.PutObject", 0),
            "SQS requests": sum(times for call, times in self.usage.calls.items() if call.startswith("sqs.")),
            "log bytes": self.usage.log_bytes,
        }

    @property
    def details(self) -> Mapping[str, Any]:
        """What the counts are made of, JSON-ready."""
        return {
            "functions": {name: len(runs) for name, runs in sorted(self.usage.runs.items())},
            "events": [event["detail-type"] for event in self.usage.events],
            "writeUnits": self.usage.capacity.write,
            "readUnits": self.usage.capacity.read,
            "calls": dict(sorted(self.usage.calls.items())),
        }


def count_an_order(way_in: Entrance, aws: boto3.Session, shop: str, request_log: Path) -> OrderCount:
    """Play some orders alone and count the last one.

    Args:
        way_in: the bar's entrance.
        aws: of whoever runs the bar, for its records.
        shop: its eventId; one that nobody else uses.
        request_log: the local cloud's log.

    Raises:
        Disturbed: other orders, or the sweep, came between each time.
    """
    meters = _meters(way_in, aws, request_log)
    people = _people(way_in)
    for _ in range(ORDERS_BEFORE):
        _play(way_in, people, shop, meters)
    try:
        for left in reversed(range(TRIES)):
            count = _play(way_in, people, shop, meters)
            if not (strangers := disturbers(count)):
                return count
            if not left:
                raise Disturbed(f"not alone at the bar: {', '.join(strangers)}; count while nobody orders")
        raise AssertionError("the last try returns or raises")
    finally:
        meters.end()


def disturbers(count: OrderCount) -> Sequence[str]:
    """What was counted that is not this order's doing."""
    others = {event["detail"].get("orderId") for event in count.usage.events} - {count.played.order_id, None}
    return [*(f"order {other}" for other in sorted(others)), *(name for name in count.usage.runs if _is_sweep(name))]


def _is_sweep(function: str) -> bool:
    return function.endswith(f"-{ON_A_SCHEDULE}")


def _play(way_in: Entrance, people: People, shop: str, meters: Meters) -> OrderCount:
    with staff(way_in.outputs, people, shop) as listeners:
        code = _code_at_rest(people, shop, meters)
        meters.begin()
        played = play(way_in.outputs, people, shop, code, listeners, meters.wait_until_still)
        return OrderCount(played, meters.read(played.order_id))


def _code_at_rest(people: People, shop: str, meters: Meters) -> str:
    """What the display shows once the bar has come to rest. It asks once in five minutes, for all orders of these."""
    while True:
        bucket = people.display.qr_code(shop)
        meters.wait_until_still()
        if time.time() * 1000 < bucket["endTs"]:
            return bucket["code"]


def _people(way_in: Entrance) -> People:
    barista: BarClient = arrive(lambda: way_in.enter(BARISTA))
    return People(arrive(way_in.enter_as_new_customer), barista, barista)


def _meters(way_in: Entrance, aws: boto3.Session, request_log: Path) -> Meters:
    outputs = way_in.outputs
    at = {"endpoint_url": outputs.endpoint_url, "region_name": outputs.region}
    logs, stepfunctions = aws.client("logs", **at), aws.client("stepfunctions", **at)  # type: ignore[call-overload]
    return Meters(way_in.http, outputs.endpoint_url, logs, stepfunctions, outputs.order_processor_arn, request_log)

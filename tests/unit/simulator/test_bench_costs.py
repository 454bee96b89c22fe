"""An order's counts, priced beside the original's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from simulator.costs.bills import DRINKS, bill_lines, busy_day, idle_month, sum_of
from simulator.costs.cost_report import cost_json, cost_page, cost_table, ratio
from simulator.costs.counting import Invocation
from simulator.costs.happy_order import Played
from simulator.costs.metering import Capacity, Usage
from simulator.costs.order_count import OrderCount, disturbers
from simulator.costs.prices import list_prices, original, total, usd

ORDER = "the-order"
USAGE = Usage(
    transitions=9,
    runs={"local": [Invocation(100, 512)] * 5, "local-publish": [Invocation(1000, 1024)]},
    events=[{"detail-type": "A", "detail": {"orderId": ORDER}}, {"detail-type": "B", "detail": {"eventId": "S"}}],
    log_bytes=1000,
    capacity=Capacity(read={"t": 1.5}, write={"t": 4.0, "t/index": 2.0}, refused=1),
    calls={"s3.PutObject": 1, "sqs.SendMessage": 2, "dynamodb.GetItem": 3},
)
COUNT = OrderCount(Played(ORDER, requests=5, messages=20), USAGE)


def test_an_order_is_counted_by_what_the_price_list_prices() -> None:
    beside_orders = {name for bill in (busy_day({}), idle_month()) for part in bill.values() for name in part}
    assert COUNT.counts.keys() <= list_prices().keys()
    assert list_prices().keys() == COUNT.counts.keys() | beside_orders


def test_each_count_comes_from_its_record() -> None:
    counted = {name: count for name, count in COUNT.counts.items() if name != "WebSocket connection minutes"}
    assert counted == {
        "state transitions": 9,
        "Lambda requests": 6,
        "Lambda GB-seconds": 5 * 0.1 * 0.5 + 1,
        "custom events": 2,
        "REST API calls": 5,
        "WebSocket messages": 20,
        "DynamoDB write units": 4 + 2 + 1,
        "DynamoDB read units": 1.5,
        "S3 PUTs": 1,
        "SQS requests": 2,
        "log bytes": 1000,
    }


@pytest.mark.parametrize(
    ("counts", "dollars"),
    [({"state transitions": 40_000}, 1), ({"log bytes": 2_000_000_000}, 1), ({"IoT messages": 33}, 0), ({}, 0)],
)
def test_a_price_is_for_so_many_and_what_has_none_costs_nothing(counts: Mapping[str, float], dollars: float) -> None:
    assert total(counts) == pytest.approx(dollars)


def test_a_dearer_order_has_a_higher_ratio() -> None:
    dear = replace(COUNT, usage=replace(USAGE, transitions=630))
    assert ratio(COUNT.counts) < ratio(dear.counts)
    assert (cost_json(COUNT)["reached"], cost_json(dear)["reached"]) == (True, False)


def test_whoever_else_was_at_the_bar_is_named() -> None:
    assert disturbers(COUNT) == []
    events = [*USAGE.events, {"detail-type": "A", "detail": {"orderId": "another"}}]
    runs = {**USAGE.runs, "local-sweep": [Invocation(1, 512)]}
    disturbed = replace(COUNT, usage=replace(USAGE, events=events, runs=runs))
    assert disturbers(disturbed) == ["order another", "local-sweep"]


def test_every_price_says_where_and_when_it_was_seen() -> None:
    for price in list_prices().values():
        assert price.source.startswith("https://")
        assert date.fromisoformat(price.seen) <= date.today()  # noqa: DTZ011


def test_the_page_has_each_count_its_price_and_the_date() -> None:
    page = cost_page(COUNT, date(2026, 11, 23))
    assert "counted on 2026-11-23" in page
    assert "| state transitions | 9 | 63 | 0.2250 | 1.5750 |" in page
    assert "local 5, local-publish 1" in page
    for name, known in original().items():
        assert f"| {name} |" in page
        assert known.why in page
    for name, price in list_prices().items():
        assert f"| {name} | {price.usd:g} for {price.per:,} |" in page


def test_the_page_tells_what_the_original_costs_without_its_journey() -> None:
    plain = {name: known.count - known.journey for name, known in original().items()}
    assert plain["state transitions"] == 9 + 7 + 6 + 6
    assert f"{1000 * total(plain):.4f} USD" in cost_page(COUNT, date(2026, 11, 23))


def test_the_terminal_shows_what_both_cost_together() -> None:
    text = StringIO()
    Console(file=text, width=120).print(cost_table(COUNT))
    assert f"{1000 * total(COUNT.counts):.4f}" in text.getvalue()
    assert f"{1000 * sum(usd(name, known.count) for name, known in original().items()):.4f}" in text.getvalue()
    assert "of the original's price; wanted are at most 50%" in text.getvalue()


def test_a_day_costs_its_orders_and_what_is_beside_them() -> None:
    day = busy_day(COUNT.counts)
    assert sum_of(day) == pytest.approx(DRINKS * total(COUNT.counts) + sum_of(busy_day({})))
    assert sum_of(busy_day({})) > usd("people who sign in in a month", DRINKS) > 0
    assert sum_of(idle_month()) > 0


def test_each_bill_has_its_parts_and_their_sum() -> None:
    for bill in (busy_day(COUNT.counts), idle_month()):
        lines = list(bill_lines(bill))
        parts = [float(line.split("|")[-2]) for line in lines[2:-1]]
        assert len(parts) == len(bill)
        assert float(lines[-1].split("|")[-2].strip(" *")) == pytest.approx(sum(parts), abs=0.01 * len(parts))
        assert lines[-1] in cost_page(COUNT, date(2026, 11, 23))

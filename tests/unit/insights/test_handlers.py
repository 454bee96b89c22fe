"""What the consumer that counts prints for CloudWatch: metrics in its embedded format, one line each."""

import json
from typing import Any

import pytest

from chalicelib.events import OrderCompleted
from chalicelib.insights import handlers
from tests.support.alone import CONTEXT
from tests.support.memory_bar import MemoryBar
from tests.support.memory_reports import MemoryInsights
from tests.support.orders import EVENT, NOW
from tests.support.recorded import envelope

LATTE = {"drink": "Latte", "modifiers": ["Oat"], "icon": "latte"}
COMPLETED = OrderCompleted(EVENT, "o1", "u1", "COMPLETED", 7, LATTE, at=NOW)


@pytest.fixture(autouse=True)
def store(bar: MemoryBar, monkeypatch: pytest.MonkeyPatch) -> MemoryInsights:
    store = MemoryInsights()
    monkeypatch.setattr(handlers, "insight_store", lambda: store)
    monkeypatch.setattr(handlers, "shop_store", lambda: bar.shops)
    monkeypatch.setattr(handlers, "event_bus", lambda: bar.bus)
    return store


def deliver() -> None:
    handlers.learn_insights(envelope(COMPLETED.detail_type, COMPLETED.detail), CONTEXT)


def metrics(printed: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in printed.splitlines()]
    return [line for line in lines if "_aws" in line]


def test_a_completed_order_is_counted_for_its_shop_by_state_drink_and_modifier(
    capfd: pytest.CaptureFixture[str],
) -> None:
    deliver()
    counted = metrics(capfd.readouterr().out)
    own = [("State", "COMPLETED"), ("Drink", "Latte"), ("Modifier", "Oat")]
    for metric, (dimension, value) in zip(counted, own, strict=True):
        (directive,) = metric["_aws"]["CloudWatchMetrics"]
        assert directive["Namespace"] == "Serverlesspresso"
        assert directive["Dimensions"] == [["Shop", dimension]]
        assert [(one["Name"], one["Unit"]) for one in directive["Metrics"]] == [("Order", "Count")]
        assert (metric["Shop"], metric[dimension], metric["Order"]) == (EVENT, value, [1.0])


def test_q58_a_second_delivery_prints_no_metric(capfd: pytest.CaptureFixture[str]) -> None:
    deliver()
    capfd.readouterr()
    deliver()
    assert metrics(capfd.readouterr().out) == []

"""What a consumer of the bus logs carries the event's id, by which backstage finds what came of the event."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from chalicelib.insights import handlers as insights
from chalicelib.journeys import handlers as journeys
from chalicelib.realtime import handlers as realtime
from deployer.project import RULES_FILE
from tests.architecture.source import ROOT
from tests.support.alone import CONTEXT
from tests.support.memory_bar import MemoryBar
from tests.support.memory_connections import MemoryConnections, RecordingSockets
from tests.support.memory_reports import MemoryInsights, MemoryJourneys
from tests.support.recorded import envelope

type Consumer = Callable[[dict[str, Any], Any], None]

CONSUMERS: dict[str, Consumer] = {  # by the names that rules have for them
    "record_journey": journeys.record_journey,
    "learn_insights": insights.learn_insights,
    "publish": realtime.publish,
}


@pytest.fixture(autouse=True)
def stores(bar: MemoryBar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journeys, "journey_store", MemoryJourneys)
    monkeypatch.setattr(insights, "insight_store", MemoryInsights)
    monkeypatch.setattr(insights, "shop_store", lambda: bar.shops)
    monkeypatch.setattr(insights, "event_bus", lambda: bar.bus)
    monkeypatch.setattr(realtime, "connection_store", MemoryConnections)
    monkeypatch.setattr(realtime, "sockets", RecordingSockets)


def test_who_is_looked_at_here_is_whom_the_bus_calls() -> None:
    targets = [rule["target"] for rule in json.loads((ROOT / RULES_FILE).read_text())]
    assert CONSUMERS.keys() == {to["function"] for to in targets if "function" in to}


@pytest.mark.parametrize("consumer", CONSUMERS.values(), ids=CONSUMERS)
def test_each_line_of_a_consumer_has_the_events_id_and_the_next_events_have_theirs(
    consumer: Consumer, log: StringIO
) -> None:
    for event_id in ("event-1", "event-2"):
        consumer(envelope("OrderProcessor.orderFinished", {"orderId": "o1", "eventId": "ABC"}, event_id), CONTEXT)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["message"], line["busEventId"]) for line in lines] == [("done", "event-1"), ("done", "event-2")]

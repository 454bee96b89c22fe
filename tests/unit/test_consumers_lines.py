"""What a consumer of the bus logs carries the event's id, by which backstage finds what came of the event."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from chalicelib.insights import handlers as insights
from chalicelib.journeys import handlers as journeys
from chalicelib.realtime import handlers as realtime
from tests.support.alone import CONTEXT
from tests.support.memory_bar import MemoryBar
from tests.support.memory_connections import MemoryConnections, RecordingSockets
from tests.support.memory_reports import MemoryInsights, MemoryJourneys
from tests.support.recorded import envelope

type Consumer = Callable[[dict[str, Any], Any], None]


@pytest.fixture(autouse=True)
def stores(bar: MemoryBar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journeys, "journey_store", MemoryJourneys)
    monkeypatch.setattr(insights, "insight_store", MemoryInsights)
    monkeypatch.setattr(insights, "shop_store", lambda: bar.shops)
    monkeypatch.setattr(insights, "event_bus", lambda: bar.bus)
    monkeypatch.setattr(realtime, "connection_store", MemoryConnections)
    monkeypatch.setattr(realtime, "sockets", RecordingSockets)


@pytest.mark.parametrize("consumer", [journeys.record_journey, insights.learn_insights, realtime.publish])
def test_each_line_of_a_consumer_has_the_events_id_and_the_next_events_have_theirs(
    consumer: Consumer, log: StringIO
) -> None:
    for event_id in ("event-1", "event-2"):
        consumer(envelope("OrderProcessor.orderFinished", {"orderId": "o1", "eventId": "ABC"}, event_id), CONTEXT)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["message"], line["busEventId"]) for line in lines] == [("done", "event-1"), ("done", "event-2")]

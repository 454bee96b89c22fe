"""The shops' stream: every record of a batch is told, and only those that failed come again."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from chalicelib.bus import NotDelivered
from chalicelib.events import ConfigChanged, Event
from chalicelib.shop import handlers
from tests.support.alone import CONTEXT


@dataclass
class FussyBus:
    """Takes what is about any shop but those that it refuses."""

    refused: set[str] = field(default_factory=set)
    told: list[Event] = field(default_factory=list)

    def tell(self, *events: Event) -> None:
        if {event.eventId for event in events} & self.refused:
            raise NotDelivered("1 events were not accepted")
        self.told.extend(events)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> FussyBus:
    bus = FussyBus()
    monkeypatch.setattr(handlers, "event_bus", lambda: bus)
    return bus


def closed(shop: str) -> dict[str, Any]:
    """A record of the stream, numbered by its shop: it was open and is closed."""
    before, after = ({"eventId": {"S": shop}, "storeOpen": {"BOOL": is_open}} for is_open in (True, False))
    return {"eventID": shop, "dynamodb": {"SequenceNumber": shop, "OldImage": before, "NewImage": after}}


def removed(shop: str) -> dict[str, Any]:
    record = closed(shop)
    del record["dynamodb"]["NewImage"]
    return record


def deliver(*records: dict[str, Any]) -> Any:
    return handlers.config_changed({"Records": list(records)}, CONTEXT)


def told(shop: str) -> ConfigChanged:
    return ConfigChanged(shop, storeOpen=False, changed=["storeOpen"])


def test_q43_every_record_of_a_batch_is_told(bus: FussyBus) -> None:
    assert deliver(closed("1"), closed("2"), closed("3")) == {"batchItemFailures": []}
    assert bus.told == [told("1"), told("2"), told("3")]


def test_q43_a_record_that_the_bus_refused_comes_again_and_no_other_does(bus: FussyBus) -> None:
    bus.refused = {"2"}
    assert deliver(closed("1"), closed("2"), closed("3")) == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert bus.told == [told("1"), told("3")]


def test_q43_a_batch_of_which_nothing_could_be_told_fails(bus: FussyBus) -> None:
    bus.refused = {"1", "2"}
    with pytest.raises(BatchProcessingError):
        deliver(closed("1"), closed("2"))


def test_q43_a_shop_that_was_removed_is_told_by_its_name(bus: FussyBus) -> None:
    deliver(removed("1"))
    assert bus.told == [told("1")]

"""The shops' stream: every record of a batch is told once, and from the first that failed on they come again."""

from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest

from chalicelib.bus import NotDelivered
from chalicelib.events import ConfigChanged, Event
from chalicelib.shop import handlers
from tests.support.alone import CONTEXT

SECONDS = 1_700_000_000  # as the stream knows a moment


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
    images = {"OldImage": before, "NewImage": after, "ApproximateCreationDateTime": SECONDS + 0.7}
    return {"eventID": shop, "dynamodb": {"SequenceNumber": shop, **images}}


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


def test_q43_a_record_that_the_bus_refused_comes_again_with_all_that_follow_and_nothing_is_told_twice(
    bus: FussyBus, log: StringIO
) -> None:
    """Lambda retries from the lowest failed number on, also what was told behind it."""
    batch = [closed("1"), closed("2"), closed("3")]
    bus.refused = {"2"}
    assert deliver(*batch) == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert bus.told == [told("1")]
    assert '"eventId":"2"' in log.getvalue(), "nobody learns which record failed"
    bus.refused = set()
    deliver(*batch[1:])
    assert bus.told == [told("1"), told("2"), told("3")]


def test_q43_a_batch_whose_first_record_cannot_be_told_fails_and_tells_nothing(bus: FussyBus) -> None:
    """Lambda halves such a batch, until the record is alone and keeps nobody waiting."""
    bus.refused = {"1"}
    with pytest.raises(NotDelivered):
        deliver(closed("1"), closed("2"))
    assert bus.told == []


def test_q43_a_change_has_its_own_moment_however_often_it_is_told(bus: FussyBus) -> None:
    deliver(closed("1"))
    deliver(closed("1"))
    assert [event.at for event in bus.told] == [SECONDS * 1000] * 2


def test_a_record_that_does_not_say_when_is_told_all_the_same(bus: FussyBus) -> None:
    record = closed("1")
    del record["dynamodb"]["ApproximateCreationDateTime"]
    deliver(record)
    assert [event.at for event in bus.told] == [None]


def test_q43_a_shop_that_was_removed_is_told_by_its_name(bus: FussyBus) -> None:
    deliver(removed("1"))
    assert bus.told == [told("1")]

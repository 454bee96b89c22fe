"""The envelope of a delivered event, ours or recorded from the original."""

from typing import Any

import pytest

from chalicelib.envelope import delivered
from chalicelib.texts import LONGEST_NAME as LONGEST
from tests.support.recorded import RECORDED, envelope

RECORDED_AT = 1_652_376_301_000


def test_our_own_events_say_to_the_millisecond_when_they_happened() -> None:
    event = delivered(envelope("A.B", {"eventId": "ABC", "orderId": "o1", "at": 1_652_376_300_987}))
    assert (event.event_id, event.detail_type, event.at) == ("event-1", "A.B", 1_652_376_300_987)
    assert (event.shop, event.order_id) == ("ABC", "o1")


@pytest.mark.parametrize("at", [None, "1652376300987", 1.5])
def test_an_event_that_does_not_say_happened_when_it_was_put_on_the_bus(at: Any) -> None:
    assert delivered(envelope("A.B", {"at": at})).at == RECORDED_AT


def test_an_event_that_is_told_again_is_the_same_whatever_number_the_bus_gives_it() -> None:
    ours = [delivered(envelope("A.B", {"at": 5}, number)) for number in ("event-1", "event-2")]
    recorded = [delivered(envelope("A.B", {}, number)) for number in ("event-1", "event-2")]
    assert len({event.identity for event in ours}) == 1
    assert len({event.identity for event in recorded}) == 2
    assert ours[0].identity != delivered(envelope("A.C", {"at": 5})).identity


@pytest.mark.parametrize("value", [None, "", 17, ["o1"], {"S": "o1"}])
def test_q41_what_is_no_name_is_no_order_and_no_shop(value: Any) -> None:
    event = delivered(envelope("A.B", {"orderId": value, "eventId": value}))
    assert (event.order_id, event.shop) == (None, None)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("o" * LONGEST, True), ("o" * (LONGEST + 1), False), ("é" * (LONGEST // 2), True), ("é" * LONGEST, False)],
)
def test_what_is_too_long_for_a_key_is_no_order_and_no_shop(name: str, *, is_one: bool) -> None:
    """A table would refuse it at every delivery, until the event is a dead letter."""
    event = delivered(envelope("A.B", {"orderId": name, "eventId": name}))
    assert (event.order_id, event.shop) == ((name, name) if is_one else (None, None))


def test_half_a_character_breaks_nothing() -> None:
    assert delivered(envelope("A.B", {"orderId": "\ud83d"})).shop is None


@pytest.mark.parametrize(("detail_type", "detail"), RECORDED)
def test_every_recorded_event_can_be_read(detail_type: str, detail: dict[str, Any]) -> None:
    assert delivered(envelope(detail_type, detail)).at == RECORDED_AT


def test_an_event_without_detail_can_be_read() -> None:
    event = envelope("A.B", {})
    del event["detail"]
    assert delivered(event).detail == {}

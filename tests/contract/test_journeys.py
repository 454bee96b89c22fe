"""The journeys' store: every event of an order is kept, each once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from chalicelib.envelope import delivered
from chalicelib.journeys.model import Moment
from chalicelib.journeys.service import record
from chalicelib.journeys.store import JourneyStore
from tests.support.orders import NOW
from tests.support.recorded import envelope

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@pytest.fixture
def journeys(tables: "dict[str, Table]", aws: Callable[[str], Any], bucket: str) -> JourneyStore:
    """The store, with a bucket of the test's own."""
    return JourneyStore(tables["journeys_table"], aws("s3"), bucket)


def test_an_orders_moments_come_back_first_things_first(journeys: JourneyStore, event_id: str) -> None:
    late = Moment(NOW + 5, "e1", "OrderManager.OrderCompleted", {"orderNumber": 7, "reason": None})
    early = Moment(NOW, "e2", "Validator.NewOrder", {"bucket": {"availableTokens": 9}, "average": 1.5})
    for moment in (late, early):
        journeys.add(event_id, moment)
    assert journeys.moments(event_id) == [early, late]


def test_q53_two_moments_of_the_same_millisecond_are_both_kept(journeys: JourneyStore, event_id: str) -> None:
    both = [Moment(NOW, "e1", "A.B"), Moment(NOW, "e2", "A.C")]
    for moment in both:
        journeys.add(event_id, moment)
    assert journeys.moments(event_id) == both


def test_an_event_delivered_twice_is_kept_once(journeys: JourneyStore, event_id: str) -> None:
    for _ in range(2):
        journeys.add(event_id, Moment(NOW, "e1", "A.B"))
    assert len(journeys.moments(event_id)) == 1


def test_an_event_that_the_bar_tells_twice_is_kept_once(journeys: JourneyStore, event_id: str) -> None:
    for number in ("event-1", "event-2"):
        record(journeys, delivered(envelope("A.B", {"orderId": event_id, "at": NOW}, number)))
    assert len(journeys.moments(event_id)) == 1


def test_a_page_can_be_read_at_its_url(journeys: JourneyStore, event_id: str) -> None:
    url = journeys.publish(event_id, "<p>Grüezi</p>")
    answer = httpx.get(url, trust_env=False, timeout=35)
    assert (answer.status_code, answer.text) == (200, "<p>Grüezi</p>")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"

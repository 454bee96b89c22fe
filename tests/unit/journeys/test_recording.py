"""Keeping an order's events, and putting its page where its owner, and nobody else, can read it."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber

from chalicelib.envelope import delivered
from chalicelib.journeys import service
from chalicelib.journeys.store import JourneyStore
from tests.support.memory_reports import MemoryJourneys
from tests.support.recorded import envelope


def test_an_event_of_an_order_is_kept() -> None:
    journeys = MemoryJourneys()
    service.record(journeys, delivered(envelope("Validator.NewOrder", {"orderId": "o1", "at": 5})))
    assert [(moment.at, moment.detail_type) for moment in journeys.moments("o1")] == [(5, "Validator.NewOrder")]


@pytest.mark.parametrize("detail", [{}, {"orderId": None}, {"orderId": ""}, {"orderId": 17}, {"eventId": "ABC"}])
def test_q57_an_event_about_no_order_is_left_alone(detail: dict[str, object]) -> None:
    journeys = MemoryJourneys()
    service.record(journeys, delivered(envelope("OrderProcessor.ShopUnavailable", detail)))
    assert dict(journeys.kept) == {}


@pytest.fixture
def pages() -> Iterator[tuple[JourneyStore, Stubber]]:
    s3 = boto3.client("s3", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(s3) as stubber:
        yield JourneyStore(MemoryJourneys().table, s3, "a-bucket"), stubber
        stubber.assert_no_pending_responses()


def test_q56_a_page_is_put_without_an_acl_and_opened_by_a_signed_url(pages: tuple[JourneyStore, Stubber]) -> None:
    """A bucket whose ACLs are disabled, as new ones are, refuses any."""
    journeys, s3 = pages
    page = {
        "Bucket": "a-bucket",
        "Key": "journeys/o1.html",
        "Body": b"<p>",
        "ContentType": "text/html; charset=utf-8",
        "CacheControl": "no-cache",
    }
    s3.add_response("put_object", {}, page)
    url = journeys.publish("o1", "<p>")
    assert "Expires" in url
    assert "Signature" in url

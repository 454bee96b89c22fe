"""What the room is told of the bar leads through the gate; what else the deployer wrote down is not told."""

import json

import pytest

from gate.rules.telling import room_configuration, signed_journey
from tests.support.rooms import BAR, ENDPOINT, PLAIN_ROOM, ROOM

WRITTEN = {
    "endpointUrl": ENDPOINT,
    "region": "us-east-1",
    "apiUrl": BAR.api_url,
    "realtimeUrl": BAR.realtime_url,
    "userPoolId": BAR.pool_id,
    "userPoolClientId": BAR.client_id,
    "eventBusName": "Serverlesspresso",
    "orderProcessorArn": "arn:aws:states:us-east-1:000000000000:stateMachine:OrderProcessorWorkflow",
    "textMessages": True,
    "frontends": {name: f"{BAR.pages_url}/{name}/index.html" for name in BAR.pages},
    "local": {"lettersUrl": f"{ENDPOINT}/_aws/ses"},
    "somethingNew": f"{ENDPOINT}/secret",
}


def test_every_address_is_the_rooms() -> None:
    told = room_configuration(WRITTEN, BAR, ROOM)
    assert "127.0.0.1" not in json.dumps(told)
    assert "secret" not in json.dumps(told)
    assert told["frontends"]["order"] == "https://192.168.1.20:4443/order/index.html"
    assert told["realtimeUrl"] == "wss://192.168.1.20:4443/realtime"
    assert told["apiUrl"] == "https://192.168.1.20:4443/api"
    assert told["userPoolClientId"] == BAR.client_id
    assert told["textMessages"] is True


def test_without_tls_nothing_asks_for_it() -> None:
    told = room_configuration(WRITTEN, BAR, PLAIN_ROOM)
    assert told["realtimeUrl"] == "ws://192.168.1.20:4443/realtime"
    assert "https:" not in json.dumps(told)
    assert "wss:" not in json.dumps(told)


def test_what_the_deployer_did_not_write_is_not_made_up() -> None:
    assert "region" not in room_configuration({}, BAR, ROOM)


SIGNED = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature=ab12"


def test_a_journey_that_the_api_signed_is_known() -> None:
    path = f"/the-journeys/journeys/an-order.html?{SIGNED}"
    assert signed_journey(ENDPOINT + path, "an-order", BAR) == path


@pytest.mark.parametrize(
    "url",
    [
        "",
        "None",
        f"http://127.0.0.1:4567/the-journeys/journeys/an-order.html?{SIGNED}",
        f"https://127.0.0.1:4566/the-journeys/journeys/an-order.html?{SIGNED}",
        f"http://evil.example/the-journeys/journeys/an-order.html?{SIGNED}",
        f"http://127.0.0.1:4566@evil.example/the-journeys/journeys/an-order.html?{SIGNED}",
        f"{ENDPOINT}/the-journeys/journeys/another.html?{SIGNED}",
        f"{ENDPOINT}/the-journeys/journeys/an-order.html",
        f"{ENDPOINT}/the-journeys/journeys/../an-order.html?{SIGNED}",
        f"{ENDPOINT}/the-journeys/secrets/an-order.html?{SIGNED}",
        f"{ENDPOINT}/the-pages/journeys/an-order.html?{SIGNED}",
        f"{ENDPOINT}/_aws/journeys/an-order.html?{SIGNED}",
        f"{ENDPOINT}/a/b/journeys/an-order.html?{SIGNED}",
    ],
)
def test_no_other_address_becomes_a_link(url: str) -> None:
    assert signed_journey(url, "an-order", BAR) is None

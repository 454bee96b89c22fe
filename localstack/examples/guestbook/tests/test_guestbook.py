"""The guest book as its guests see it: over HTTP and the WebSocket."""

import httpx
import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed
from websockets.sync.client import connect

type Headers = dict[str, str]


@retry(retry=retry_if_exception_type(AssertionError), wait=wait_fixed(0.1), stop=stop_after_delay(30), reraise=True)
def entry(url: str, headers: Headers) -> dict[str, str]:
    """The entry, once it has gone through the queue."""
    answer = httpx.get(url, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


def test_what_a_guest_writes_goes_through_the_queue_into_the_table(chalice_url: str, signed_in: Headers) -> None:
    answer = httpx.post(f"{chalice_url}/entries", headers=signed_in, json={"text": "It was lovely."}, timeout=30)
    assert answer.status_code == 202, answer.text
    found = entry(f"{chalice_url}/entries/{answer.json()['id']}", signed_in)
    assert found == {"guest": "ann@example.com", "text": "It was lovely."}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "not-a-token"}])
def test_who_is_not_signed_in_is_turned_away(chalice_url: str, headers: Headers) -> None:
    assert httpx.post(f"{chalice_url}/entries", headers=headers, json={"text": "Hello."}, timeout=30).status_code == 401


@pytest.mark.parametrize("body", ["{}", "[]", '{"text": 1}', '{"text": ""}'])
def test_an_entry_without_text_is_refused(chalice_url: str, signed_in: Headers, body: str) -> None:
    headers = {**signed_in, "Content-Type": "application/json"}
    answer = httpx.post(f"{chalice_url}/entries", headers=headers, content=body, timeout=30)
    assert answer.status_code == 400, answer.text


def test_the_websocket_says_what_it_hears(chalice_websocket_url: str) -> None:
    with connect(chalice_websocket_url) as guest:
        guest.send("Is anybody there?")
        assert guest.recv(timeout=30) == "Is anybody there?"

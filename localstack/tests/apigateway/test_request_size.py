"""What is too large for a function, or as the head of a request, is refused in JSON that a page may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.apigateway.conftest import Answer, ProxyApi

ORIGIN = "https://site.example"
SIX_MB = 6 * 1024 * 1024


@pytest.fixture(scope="module")
def api(make_proxy_api: Callable[..., ProxyApi]) -> ProxyApi:
    api = make_proxy_api()
    api.respond_with("DEFAULT_4XX", Access_Control_Allow_Origin=ORIGIN)
    return api


def refused_with(answer: Answer) -> tuple[int, str]:
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    return answer.status, answer.told["message"]


@pytest.mark.parametrize("body", [b"0" * SIX_MB, b"\0" * (SIX_MB // 4), b"0" * 10 * 1024 * 1024])
def test_an_event_of_more_than_6_mb_is_413(api: ProxyApi, body: bytes) -> None:
    assert refused_with(api.call(body, {"Content-Type": "text/plain"})) == (413, "Request Too Long")


def test_an_event_of_somewhat_less_arrives(api: ProxyApi) -> None:
    body = b"0" * 3_000_000
    assert api.call(body, {"Content-Type": "text/plain"}).told["body"] == body.decode()


def test_the_apis_own_response_says_that_an_event_is_too_large(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api()
    api.respond_with("REQUEST_TOO_LARGE", X_Why="long")
    assert api.call(b"0" * SIX_MB).headers["x-why"] == "long"


def test_a_function_that_fails_is_still_502(api: ProxyApi) -> None:
    assert api.call(headers={"X-Answer": "[]"}).status == 502


@pytest.mark.parametrize(
    "query", ["?q=" + "x" * 70_000, "?" + "&".join(f"p{n}=1" for n in range(3000))], ids=["70 kB", "3000 parameters"]
)
def test_a_long_address_is_414(api: ProxyApi, query: str) -> None:
    assert refused_with(api.call(query=query)) == (414, "Request URI too long")


@pytest.mark.parametrize(
    "headers",
    [{"X-Long": "x" * 70_000}, {f"X-{n}": "x" * 30 for n in range(400)}],
    ids=["one", "many"],
)
def test_long_headers_are_431(api: ProxyApi, headers: dict[str, str]) -> None:
    assert refused_with(api.call(headers=headers)) == (431, "Request header fields too large")


def test_line_and_headers_count_together(api: ProxyApi) -> None:
    assert api.call(query="?q=" + "x" * 6000).status == 200
    assert api.call(headers={"X-Long": "x" * 6000}).status == 200
    assert api.call(query="?q=" + "x" * 6000, headers={"X-Long": "x" * 6000}).status == 431

"""Answers of at least an API's minimumCompressionSize are compressed for a client that asks for it."""

from __future__ import annotations

import gzip
import zlib
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.apigateway.conftest import ProxyApi

TEXT = "one flat white, please " * 40
LONG = {"statusCode": 200, "body": TEXT}
SHORT = {"statusCode": 200, "body": "one"}


@pytest.fixture(scope="module")
def api(make_proxy_api: Callable[..., ProxyApi]) -> ProxyApi:
    return make_proxy_api(minimumCompressionSize=len(TEXT), binaryMediaTypes=["application/gzip"])


@pytest.mark.parametrize(("coding", "decompress"), [("gzip", gzip.decompress), ("deflate", zlib.decompress)])
def test_a_long_answer_is_compressed_as_the_client_asks(
    api: ProxyApi, coding: str, decompress: Callable[[bytes], bytes]
) -> None:
    answer = api.answer(LONG, Accept_Encoding=coding)
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["content-length"] == str(len(answer.body))
    assert decompress(answer.body).decode() == TEXT


@pytest.mark.parametrize("accept_encoding", [{}, {"Accept_Encoding": "br"}, {"Accept_Encoding": "*"}])
def test_a_client_that_does_not_ask_gets_it_plain(api: ProxyApi, accept_encoding: dict[str, str]) -> None:
    answer = api.answer(LONG, **accept_encoding)
    assert (answer.headers.get("content-encoding"), answer.body.decode()) == (None, TEXT)


@pytest.mark.parametrize("response", [SHORT, {"statusCode": 204}, {"statusCode": 200, "body": TEXT[:-1]}])
def test_a_short_answer_stays_plain(api: ProxyApi, response: dict[str, object]) -> None:
    assert "content-encoding" not in api.answer(response, Accept_Encoding="gzip").headers


def test_what_the_function_compressed_is_left_alone(api: ProxyApi) -> None:
    packed = gzip.compress(TEXT.encode() * 3, mtime=0) * 20
    response = {
        "statusCode": 200,
        "headers": {"Content-Encoding": "gzip"},
        "body": b64encode(packed).decode(),
        "isBase64Encoded": True,
    }
    answer = api.answer(response, Accept_Encoding="gzip", Accept="application/gzip")
    assert (answer.headers["content-encoding"], answer.body) == ("gzip", packed)


def test_an_api_without_a_minimum_compresses_nothing(make_proxy_api: Callable[..., ProxyApi]) -> None:
    assert "content-encoding" not in make_proxy_api().answer(LONG, Accept_Encoding="gzip").headers


def test_a_minimum_of_nothing_compresses_everything_that_is_something(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api(minimumCompressionSize=0)
    assert api.answer(SHORT, Accept_Encoding="gzip").headers["content-encoding"] == "gzip"
    assert api.answer({"statusCode": 204}, Accept_Encoding="gzip").body == b""


def test_the_gateways_own_errors_are_compressed_too(make_proxy_api: Callable[..., ProxyApi]) -> None:
    refused = make_proxy_api(minimumCompressionSize=0).call(query="nowhere", headers={"Accept-Encoding": "gzip"})
    assert refused.status in (403, 404)
    assert b"message" in gzip.decompress(refused.body)


def test_a_changed_minimum_takes_effect_with_the_next_deployment(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api()
    api.update(op="replace", path="/minimumCompressionSize", value="1")
    assert "content-encoding" not in api.answer(LONG, Accept_Encoding="gzip").headers
    api.deploy()
    assert api.answer(LONG, Accept_Encoding="gzip").headers["content-encoding"] == "gzip"
    api.update(op="replace", path="/minimumCompressionSize", value="")
    api.deploy()
    assert "content-encoding" not in api.answer(LONG, Accept_Encoding="gzip").headers

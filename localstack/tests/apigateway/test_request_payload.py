"""A function gets the body that was sent, decompressed where it says so; what cannot be taken is refused in JSON."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Callable
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.apigateway.conftest import ProxyApi

PART = b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n%s\r\n--cut--\r\n'
FORM = "application/x-www-form-urlencoded"
LIMIT = 10 * 1024 * 1024
ORIGIN = "https://site.example"


@pytest.fixture(scope="module")
def api(make_proxy_api: Callable[..., ProxyApi]) -> ProxyApi:
    api = make_proxy_api(binaryMediaTypes=["application/octet-stream"])
    api.respond_with("DEFAULT_4XX", Access_Control_Allow_Origin=ORIGIN)
    return api


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, b"b=2&a=1&b=3&c=&d=x+y%20z&e=%e2%98%95&f&h=a*b"),
        (FORM + "; charset=utf-8", b"text=it's&x=(1)"),
        (FORM, b'{"cup": 1}'),
        (FORM, b"&".join(b"a=1" for _ in range(3000))),
        ("multipart/form-data; boundary=cut", PART % b"hello"),
        ("multipart/form-data; boundary=other", PART % b"hello"),
        ("multipart/form-data", b"no form at all"),
        ("application/json", b'{ "a" : 1.0 }\n'),
        ("text/plain", b" a \r\n b "),
    ],
)
def test_a_text_arrives_as_it_was_sent(api: ProxyApi, method: str, content_type: str, body: bytes) -> None:
    told = api.call(body, {"Content-Type": content_type}, method).told
    assert (told["body"].encode(), told["isBase64Encoded"]) == (body, False)


def test_bytes_arrive_as_they_were_sent(api: ProxyApi) -> None:
    told = api.call(bytes(range(256)), {"Content-Type": "application/octet-stream"}).told
    assert (base64.b64decode(told["body"]), told["isBase64Encoded"]) == (bytes(range(256)), True)


@pytest.mark.parametrize(
    ("coding", "body"),
    [("gzip", gzip.compress(b"a=1&b", mtime=0)), ("deflate", zlib.compress(b"a=1&b")), ("identity", b"a=1&b")],
)
def test_a_compressed_body_arrives_decompressed_and_no_more_said_to_be(api: ProxyApi, coding: str, body: bytes) -> None:
    told = api.call(body, {"Content-Type": FORM, "Content-Encoding": coding}).told
    assert (told["body"], told["headers"].get("Content-Encoding")) == ("a=1&b", None)


@pytest.mark.parametrize(("coding", "body"), [("br", b"any"), ("gzip", b"plain"), ("deflate", b"plain")])
def test_a_body_that_cannot_be_decompressed_is_415(api: ProxyApi, coding: str, body: bytes) -> None:
    refused = api.call(body, {"Content-Type": "text/plain", "Content-Encoding": coding})
    assert (refused.status, refused.told) == (415, {"message": "Unsupported Media Type"})
    assert refused.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize(
    "headers", [{}, {"Content-Encoding": "gzip"}], ids=["as it was sent", "once it is decompressed"]
)
def test_a_body_of_more_than_10_mb_is_413(api: ProxyApi, headers: dict[str, str]) -> None:
    sent = b"0" * (LIMIT + 1)
    refused = api.call(gzip.compress(sent) if headers else sent, {"Content-Type": "text/plain", **headers})
    assert (refused.status, refused.told) == (413, {"message": "HTTP content length exceeded 10485760 bytes."})
    assert refused.headers["access-control-allow-origin"] == ORIGIN


def test_a_body_that_does_not_say_how_long_it_is_may_be_no_longer(api: ProxyApi) -> None:
    connection = HTTPConnection("127.0.0.1", api.cloud.port, timeout=60)
    connection.request("POST", api.path, (b"0" * 65_536 for _ in range(LIMIT // 65_536 + 1)), encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_the_apis_own_response_says_that_a_body_is_too_large(make_proxy_api: Callable[..., ProxyApi]) -> None:
    api = make_proxy_api()
    api.respond_with("REQUEST_TOO_LARGE", X_Why="long")
    assert api.call(b"0" * (LIMIT + 1)).headers["x-why"] == "long"


def test_a_compressed_request_to_another_service_is_decompressed_by_localstack_still(api: ProxyApi) -> None:
    connection = HTTPConnection("127.0.0.1", api.cloud.port, timeout=60)
    headers = {
        "X-Amz-Target": "DynamoDB_20120810.ListTables",
        "Content-Type": "application/x-amz-json-1.0",
        "Content-Encoding": "gzip",
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
        "SignedHeaders=host, Signature=x",
    }
    connection.request("POST", "/", gzip.compress(b'{"Limit": 1}'), headers)
    assert connection.getresponse().status == 200
    connection.close()

"""A request whose head the server does not take is answered in HTTP, whatever it was for; the connection is not cut."""

import json
import socket
from http.client import HTTPConnection, HTTPResponse

import psutil
import pytest
from local_cloud.testing import Cloud

PATHS = ["/", "/_localstack/health", "/_aws/execute-api/abcdef/stage/"]


def status_of(cloud: Cloud, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> int:
    """Ask, look at the form of the refusal, and return its status."""
    connection = HTTPConnection("127.0.0.1", cloud.port, timeout=60)
    connection.request("POST", path, body, headers or {})
    response = connection.getresponse()
    looks_refused(response)
    connection.close()
    return response.status


def looks_refused(response: HTTPResponse) -> None:
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Connection"] == "close"
    assert json.load(response)["message"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [150_000, 3_000_000])
def test_a_line_that_is_too_long_is_414(cloud: Cloud, path: str, size: int) -> None:
    assert status_of(cloud, f"{path}?q=" + "x" * size) == 414


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [{"X-Long": "x" * 150_000}, {f"X-{n}": "x" * 1000 for n in range(300)}, {f"X-{n}": "x" for n in range(600)}],
    ids=["one long", "many that are long together", "too many"],
)
def test_headers_that_are_too_long_or_too_many_are_431(cloud: Cloud, path: str, headers: dict[str, str]) -> None:
    assert status_of(cloud, path, headers) == 431


def test_a_client_may_end_the_body_that_it_was_sending(cloud: Cloud) -> None:
    assert status_of(cloud, "/", {"X-Long": "x" * 150_000}, b"0" * 20_000_000) == 431


@pytest.mark.parametrize("head", [b"HELLO", b"GET / HTTP/1.1\r\nno colon"])
def test_what_is_no_http_is_400(cloud: Cloud, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", cloud.port), timeout=60) as connection:
        connection.sendall(head + b"\r\n\r\n")
        response = HTTPResponse(connection)
        response.begin()
        looks_refused(response)
    assert response.status == 400


def test_nothing_that_follows_a_refused_request_is_done(cloud: Cloud) -> None:
    headers = b"".join(b"X-%d: 1\r\n" % n for n in range(600))
    following = b"GET /_localstack/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", cloud.port), timeout=60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + b"\r\n" + following)
        answers = connection.makefile("rb").read()
    assert answers.count(b"HTTP/1.1 ") == 1


def test_what_is_refused_is_not_kept(cloud: Cloud) -> None:
    process = psutil.Process(cloud.pid)
    before = process.memory_info().rss
    for _ in range(20):
        assert status_of(cloud, "/", {"X-Long": "x" * 10_000_000}) == 431
    assert process.memory_info().rss - before < 100_000_000


def test_a_head_within_the_limits_of_the_services_is_taken(cloud: Cloud) -> None:
    connection = HTTPConnection("127.0.0.1", cloud.port, timeout=60)
    connection.request("GET", "/_localstack/health?q=" + "x" * 60_000)
    assert connection.getresponse().status == 200
    connection.close()

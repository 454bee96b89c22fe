"""The cloud's smaller servers answer no browser, on whichever ports they are."""

import socket

import psutil
import pytest
from local_cloud.plugins.gateway.browser_gate.programs_only import is_from_browser
from local_cloud.process_tree import listening_addresses, tree_of
from local_cloud.testing import Cloud
from multidict import CIMultiDict


@pytest.mark.parametrize(
    "headers",
    [
        [("Host", "evil.example:1")],
        [("Host", "127.0.0.1:1"), ("Host", "evil.example")],
        [("Host", "127.0.0.1:1"), ("Origin", "http://127.0.0.1:1")],
        [("Host", "127.0.0.1:1"), ("sec-fetch-site", "none")],
        [],
    ],
)
def test_a_browser_is_known_by_what_it_sends(headers: list[tuple[str, str]]) -> None:
    assert is_from_browser(CIMultiDict(headers))


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "[::1]:1"])
def test_a_program_is_none(host: str) -> None:
    assert not is_from_browser(CIMultiDict([("Host", host), ("User-Agent", "Boto3")]))


def first_line_and_server(port: int, *headers: str) -> tuple[str, str]:
    lines = "\r\n".join(["GET / HTTP/1.1", *headers, "Connection: close", "", ""])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(lines.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode(errors="replace")
    first, _, rest = answer.partition("\r\n")
    return first, next((line for line in rest.splitlines() if line.startswith("Server:")), "")


def ports_of(cloud: Cloud) -> set[int]:
    """Where a page could look for the cloud's servers; dynoxide is at an address that it does not know."""
    cloud.client("dynamodb").list_tables()
    return {port for ip, port in listening_addresses(tree_of(psutil.Process(cloud.pid))) if ip == "127.0.0.1"}


def test_no_server_of_a_cloud_in_use_answers_to_a_name_that_was_rebound(cloud: Cloud) -> None:
    """The gateway, functions' runtime API and the items server; not DynamoDB Local, which takes any name."""
    cloud.client("lambda").invoke(FunctionName=cloud.create_function("def handler(event, context): return 1"))
    ports = ports_of(cloud)
    assert len(ports) >= 4
    for port in ports:
        status, server = first_line_and_server(port, f"Host: evil.example:{port}")
        assert " 403 " in status or "Jetty" in server


def test_a_page_of_another_origin_gets_through_none_of_them(cloud: Cloud) -> None:
    for port in ports_of(cloud):
        status, server = first_line_and_server(port, f"Host: 127.0.0.1:{port}", "Origin: http://evil.example")
        assert " 403 " in status or "Jetty" in server

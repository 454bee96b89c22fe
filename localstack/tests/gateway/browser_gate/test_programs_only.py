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


def open_ports(cloud: Cloud) -> set[int]:
    """Where a page could look for the cloud's servers; dynoxide is at an address that it does not know."""
    return {port for ip, port in listening_addresses(tree_of(psutil.Process(cloud.pid))) if ip == "127.0.0.1"}


def answers_of_all_servers(cloud: Cloud, *headers: str) -> list[tuple[str, str]]:
    """Ask each server of the cloud; `{port}` in a header is that server's. A function's may have ended meanwhile."""
    answers = []
    for port in open_ports(cloud):
        try:
            answers.append(first_line_and_server(port, *(header.format(port=port) for header in headers)))
        except ConnectionError:
            assert port not in open_ports(cloud)
    return answers


def test_no_server_of_a_cloud_in_use_answers_to_a_name_that_was_rebound(cloud: Cloud) -> None:
    """The gateway, functions' runtime API and the items server; not DynamoDB Local, which takes any name."""
    cloud.client("lambda").invoke(FunctionName=cloud.create_function("def handler(event, context): return 1"))
    cloud.client("dynamodb").list_tables()
    answers = answers_of_all_servers(cloud, "Host: evil.example:{port}")
    assert len(answers) >= 4
    for status, server in answers:
        assert " 403 " in status or "Jetty" in server


def test_a_page_of_another_origin_gets_through_none_of_them(cloud: Cloud) -> None:
    cloud.client("dynamodb").list_tables()
    for status, server in answers_of_all_servers(cloud, "Host: 127.0.0.1:{port}", "Origin: http://evil.example"):
        assert " 403 " in status or "Jetty" in server

"""A port that is given to a test is still free when its cloud listens."""

import socket
from pathlib import Path

import pytest
from local_cloud.free_port import free_port


def test_it_can_be_listened_on() -> None:
    with socket.create_server(("127.0.0.1", free_port())):
        pass


def test_no_outgoing_connection_is_given_it_meanwhile() -> None:
    kernels = Path("/proc/sys/net/ipv4/ip_local_port_range")  # Linux; macOS and the IANA begin at 49152
    first = int(kernels.read_text().split()[0]) if kernels.exists() else 49_152
    assert free_port() < first


def test_a_port_that_somebody_has_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = iter(["taken", "taken", None])
    asked: list[int] = []

    def problem(port: int) -> str | None:
        asked.append(port)
        return next(problems)

    monkeypatch.setattr("local_cloud.free_port.port_problem", problem)
    assert free_port() == asked[2]

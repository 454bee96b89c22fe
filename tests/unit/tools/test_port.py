"""A port that somebody else has is told before anything is set up; our own cloud may have it."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.tools.checkout import Checkout, copied


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return copied(tmp_path, "tools/port")


@pytest.fixture
def taken() -> Iterator[str]:
    """A port at which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def write_pid(checkout: Checkout, port: str, pid: int) -> None:
    folder = checkout.root / ".local/cloud/run" / port
    folder.mkdir(parents=True)
    (folder / "localstack.pid").write_text(str(pid))


def test_a_port_that_another_program_has_is_told_in_one_line(checkout: Checkout, taken: str) -> None:
    done = checkout.run("port", LOCALSTACK_PORT=taken)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"port: {taken} is taken by another program (perhaps another checkout's bar): end it, or choose another port: "
        "make local LOCALSTACK_PORT=4600"
    ]


def test_a_port_that_our_own_cloud_has_is_good(checkout: Checkout, taken: str) -> None:
    write_pid(checkout, taken, os.getpid())
    done = checkout.run("port", LOCALSTACK_PORT=taken)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_port_that_our_cloud_left_to_another_program_is_taken(checkout: Checkout, taken: str) -> None:
    write_pid(checkout, taken, 2**22 + 1)  # above any pid that Linux gives
    assert checkout.run("port", LOCALSTACK_PORT=taken).returncode == 1


def test_a_free_port_is_good(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    done = checkout.run("port", LOCALSTACK_PORT=port)
    assert (done.returncode, done.stderr) == (0, "")

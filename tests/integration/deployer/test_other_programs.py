"""Any other program on the port: the deployer says in a line what is wrong, soon, and takes nothing of it in."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, repeat
from pathlib import Path
from threading import Thread

import pytest

from deployer import ownership
from deployer.ownership import LONGEST_ANSWER, run_folder_of
from tests.integration.deployer.checkout import CREDENTIALS
from tests.integration.deployer.test_nobody_there import deployer

PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\nConnection: close\r\n\r\n<html><br>Hi!</html>"
)
XML = PAGE.replace(b"<br>Hi!", b"Hi, all")
OURS = b'{"runFolder": "/bar/.local/cloud/run/1"}'


@contextmanager
def serving(answer: Callable[[], Iterator[bytes]]) -> Iterator[str]:
    """A program that says these pieces to whoever connects, until that one has gone."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_serve, args=(server, answer)).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)


def _serve(server: socket.socket, answer: Callable[[], Iterator[bytes]]) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:  # shut down
            return
        with closing(caller):
            _say(caller, answer())


def _say(caller: socket.socket, pieces: Iterator[bytes]) -> None:
    try:
        caller.recv(65536)
        for piece in pieces:
            caller.sendall(piece)
    except OSError:  # it has heard enough
        return


def silence() -> Iterator[bytes]:
    yield from ()


def endless() -> Iterator[bytes]:
    return chain([b"HTTP/1.1 200 OK\r\n\r\n"], repeat(b"x" * 65536))


def endless_head() -> Iterator[bytes]:
    return chain([b"HTTP/1.1 200 OK\r\n"], repeat(b"X-More: and more\r\n"))


def page() -> Iterator[bytes]:
    yield PAGE


def mail_server() -> Iterator[bytes]:
    yield b"220 mail.example ESMTP\r\n"


@pytest.mark.parametrize(
    ("command", "answer"),
    [*(("up", one) for one in (page, mail_server, silence, endless, endless_head)), ("down", page), ("seed", page)],
)
def test_no_other_program_is_changed_or_taken_in(
    tmp_path: Path, command: str, answer: Callable[[], Iterator[bytes]]
) -> None:
    with serving(answer) as url:
        done = deployer(tmp_path, command, **CREDENTIALS, AWS_ENDPOINT_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{url} is not this checkout's local cloud: it does not say whose it is\n")
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("command", "said"), [(("plan",), PAGE), (("plan",), XML), (("outputs",), PAGE), (("up", "--anyway"), PAGE)]
)
def test_who_looks_at_it_or_insists_is_told_that_it_is_not_aws(
    tmp_path: Path, command: tuple[str, ...], said: bytes
) -> None:
    with serving(lambda: iter([said])) as url:
        done = deployer(tmp_path, *command, **CREDENTIALS, AWS_ENDPOINT_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith("what answers is not AWS: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["plan", "up"])
def test_what_is_no_address_is_told_with_the_form_of_one(tmp_path: Path, command: str) -> None:
    done = deployer(tmp_path, command, **CREDENTIALS, AWS_ENDPOINT_URL="127.0.0.1:4566")
    assert done.returncode == 1
    assert done.stderr == (
        "Invalid endpoint: 127.0.0.1:4566\n"
        "AWS_ENDPOINT_URL is an address with its scheme, such as http://127.0.0.1:4566.\n"
    )


def test_a_short_answer_is_read_and_one_that_is_too_long_is_none() -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    with serving(lambda: iter([head, OURS])) as url:
        assert run_folder_of(url) == Path("/bar/.local/cloud/run/1")
    with serving(lambda: iter([head, OURS, b" " * LONGEST_ANSWER])) as url:
        assert run_folder_of(url) is None


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + OURS])
def test_an_answer_that_does_not_end_is_none(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(ownership, "PATIENCE_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=lambda: _begin(server, begun)).start()
        assert run_folder_of(f"http://127.0.0.1:{server.getsockname()[1]}") is None


def _begin(server: socket.socket, begun: bytes) -> None:
    """Say this much, and wait for the caller to go."""
    caller, _ = server.accept()
    with closing(caller):
        caller.recv(65536)
        caller.sendall(begun)
        caller.recv(65536)

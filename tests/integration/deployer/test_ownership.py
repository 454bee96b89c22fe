"""The deployer changes nothing in a local cloud that is not this checkout's, unless it is told to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.integration.deployer.checkout import CREDENTIALS, Checkout
from tests.integration.deployer.inventory import inventory
from tests.integration.deployer.test_nobody_there import deployer

WHO_AM_I = """<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn>
<UserId>root</UserId><Account>000000000000</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""
COMMANDS = [("up",), ("up", "--seed"), ("down", "--yes"), ("seed",)]
NEIGHBOUR = '{"runFolder": "/home/neighbour/bar/.local/cloud/run/4566"}'


@dataclass
class Emulator:
    """An emulator that says who the caller is, answers one GET, and refuses all else; and what it was asked."""

    status: int
    said: str
    url: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, str]:
        if b"GetCallerIdentity" in body:
            return 200, WHO_AM_I
        self.asked.append(f"{method} {path}")
        return (self.status, self.said) if method == "GET" and path.startswith("/_local-cloud/") else (400, "no")


@contextmanager
def emulator(status: int, said: str) -> Iterator[Emulator]:
    one = Emulator(status, said)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            code, text = one.answer(self.command, self.path, body)
            self.send_response(code)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  # the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever).start()
        try:
            yield one
        finally:
            server.shutdown()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_neighbours_cloud_is_named_and_left_alone(tmp_path: Path, command: tuple[str, ...]) -> None:
    with emulator(200, NEIGHBOUR) as theirs:
        done = deployer(tmp_path, *command, **CREDENTIALS, AWS_ENDPOINT_URL=theirs.url)
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"{theirs.url} is not this checkout's local cloud: it runs in {json.loads(NEIGHBOUR)['runFolder']}\n"
        "Nothing was changed. Choose a port of your own (make local LOCALSTACK_PORT=4600), or add --anyway.\n"
    )
    assert theirs.asked == ["GET /_local-cloud/run-folder"]


@pytest.mark.parametrize(("status", "said"), [(404, "{}"), (404, NEIGHBOUR), (200, "<html>"), (500, "")])
def test_what_is_no_local_cloud_of_ours_is_left_alone(tmp_path: Path, status: int, said: str) -> None:
    """Plain LocalStack, another emulator, any web server."""
    with emulator(status, said) as theirs:
        done = deployer(tmp_path, "up", **CREDENTIALS, AWS_ENDPOINT_URL=theirs.url)
    assert (done.returncode, theirs.asked) == (1, ["GET /_local-cloud/run-folder"])
    assert done.stderr.startswith(f"{theirs.url} is not this checkout's local cloud: it does not say whose it is\n")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_who_means_it_is_not_asked_whose_it_is(tmp_path: Path, command: tuple[str, ...]) -> None:
    with emulator(200, NEIGHBOUR) as theirs:
        done = deployer(tmp_path, *command, "--anyway", **CREDENTIALS, AWS_ENDPOINT_URL=theirs.url)
    assert "GET /_local-cloud/run-folder" not in theirs.asked
    assert theirs.asked != []  # it went on, to where this emulator refuses
    assert "was refused" in done.stderr


def test_looking_needs_no_leave(tmp_path: Path) -> None:
    with emulator(200, NEIGHBOUR) as theirs:
        done = deployer(tmp_path, "plan", **CREDENTIALS, AWS_ENDPOINT_URL=theirs.url)
    assert "not this checkout's" not in done.stderr


def test_a_cloud_of_another_home_is_refused_by_its_folder_and_taken_when_that_is_meant(
    empty: Checkout, tmp_path: Path
) -> None:
    before, port = inventory(empty), empty.endpoint.rpartition(":")[2]
    refused = empty.deployer("up", LOCAL_CLOUD_HOME=str(tmp_path))
    assert refused.returncode == 1
    assert f"it runs in {empty.home / 'run' / port}\n" in refused.stderr
    assert inventory(empty) == before
    meant = empty.deployer("down", "--yes", "--anyway", LOCAL_CLOUD_HOME=str(tmp_path))
    assert meant.returncode == 0, meant.stdout + meant.stderr
    own = empty.deployer("down", "--yes")
    assert own.returncode == 0, own.stdout + own.stderr

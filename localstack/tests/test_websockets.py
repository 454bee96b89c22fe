"""WebSockets over the cloud's server: messages both ways, and an end that both sides see at once."""

import subprocess
from collections.abc import Iterator

import pytest
from local_cloud.testing import Cloud
from websockets.exceptions import ConnectionClosedOK
from websockets.sync.client import connect

ECHO_SERVER = """
from local_cloud.plugins.loopback import LoopbackServer
from local_cloud.plugins.websocket_closing import close_websockets_properly
from localstack.config import HostAndPort
from localstack.utils.net import get_free_tcp_port
from rolo.gateway import Gateway
from rolo.gateway.handlers import RouterHandler
from rolo.routing import Router
from twisted.internet import reactor

def echo(request, _arguments):
    with request.accept() as websocket:
        for message in websocket:
            if message == "please go":
                break
            websocket.send(message)
    print("the handler has ended", flush=True)

close_websockets_properly()
router = Router()
router.add("/", echo, methods=["WEBSOCKET"])
server = LoopbackServer()
port = get_free_tcp_port()
server.register(Gateway([RouterHandler(router)]), [HostAndPort("127.0.0.1", port)])
reactor.callWhenRunning(print, port, flush=True)
server.run()
"""
NEVER_IN_A_TEST_S = 600


class EchoServer:
    """The server in a process of LocalStack's environment; `says` waits for its next line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.address = f"ws://127.0.0.1:{self.says()}/"

    def says(self) -> str:
        """Return what it prints next."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture
def server(cloud: Cloud) -> Iterator[EchoServer]:
    command = [cloud.localstack_python, "-I", "-c", ECHO_SERVER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        yield EchoServer(process)
        process.kill()


def test_messages_go_both_ways(server: EchoServer) -> None:
    with connect(server.address) as websocket:
        for message in ("one Latte", "x" * 100_000, b"\x00\xff"):
            websocket.send(message)
            assert websocket.recv(timeout=30) == message


def test_a_client_that_closes_is_answered_and_the_handler_ends(server: EchoServer) -> None:
    # Were it not answered, the client would give up after its timeout with code 1006.
    with connect(server.address, close_timeout=NEVER_IN_A_TEST_S) as websocket:
        pass
    assert websocket.close_code == 1000
    assert server.says() == "the handler has ended"


def test_a_server_that_closes_ends_the_connection(server: EchoServer) -> None:
    with connect(server.address, close_timeout=NEVER_IN_A_TEST_S) as websocket:
        websocket.send("please go")
        with pytest.raises(ConnectionClosedOK):
            websocket.recv(timeout=30)


def test_a_client_that_vanishes_ends_its_handler_and_no_other(server: EchoServer) -> None:
    with connect(server.address) as stays:
        with connect(server.address, close_timeout=0) as vanishes:
            vanishes.socket.close()
        assert server.says() == "the handler has ended"
        stays.send("still here?")
        assert stays.recv(timeout=30) == "still here?"

"""Only this machine reaches the cloud; and what a server must do, it does."""

import json
import socket
import subprocess
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from itertools import chain

import psutil
import pytest
from local_cloud.process_tree import asked, listening_addresses, tree_of
from local_cloud.testing import Cloud
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

ECHO = "def handler(event, context):\n    return event\n"
REQUIRE = "import local_cloud.plugins.runtime.loopback_server as it; it.require_loopback({!r})"


ECHO_OVER_WEBSOCKET = """
from local_cloud.plugins.runtime.loopback_server import LoopbackServer
from localstack.config import HostAndPort
from localstack.utils.net import get_free_tcp_port
from rolo.gateway import Gateway
from rolo.gateway.handlers import RouterHandler
from rolo.routing import Router
from twisted.internet import reactor

def echo(request, _arguments):
    with request.accept() as websocket:
        for message in websocket:
            websocket.send(message)

router = Router()
router.add("/", echo, methods=["WEBSOCKET"])
server = LoopbackServer()
port = get_free_tcp_port()
server.register(Gateway([RouterHandler(router, respond_not_found=True)]), [HostAndPort("127.0.0.1", port)])
reactor.callWhenRunning(print, port, flush=True)
server.run()
"""


@pytest.fixture
def websocket_address(cloud: Cloud) -> Iterator[str]:
    """Give the address of our server in a process of its own, which sends back what comes to `/`."""
    command = [cloud.localstack_python, "-I", "-c", ECHO_OVER_WEBSOCKET]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield f"ws://127.0.0.1:{process.stdout.readline().strip()}/"
        process.kill()


def test_no_process_of_a_cloud_in_use_listens_on_anything_but_loopback(cloud: Cloud) -> None:
    cloud.client("dynamodb").list_tables()
    invoked = cloud.client("lambda").invoke(FunctionName=cloud.create_function(ECHO), Payload='{"order": 1}')
    assert json.loads(invoked["Payload"].read()) == {"order": 1}
    processes = tree_of(psutil.Process(cloud.pid))
    addresses = listening_addresses(processes)
    assert len(addresses) >= 2
    assert all(ip_address(ip).is_loopback for ip, _ in addresses)
    assert udp_hosts(processes) <= {"127.0.0.1", "::1"}


def test_a_udp_socket_that_others_could_reach_would_be_seen() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as bound:
        bound.bind(("0.0.0.0", 0))  # noqa: S104 - the case that is tested
        assert "0.0.0.0" in udp_hosts([psutil.Process()])  # noqa: S104


def udp_hosts(processes: Iterable[psutil.Process]) -> set[str]:
    """Return the addresses at which the processes take datagrams from anyone; a connected socket takes its peer's."""
    sockets = chain.from_iterable(asked(processes, lambda process: process.net_connections(kind="udp")))
    return {each.laddr.ip for each in sockets if each.laddr and not each.raddr}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 - the case that is tested
def test_a_host_that_others_could_reach_is_refused(cloud: Cloud, host: str) -> None:
    refused = cloud.run_in_localstack_environment(REQUIRE.format(host))
    assert f"ValueError: {host} is not a loopback address" in refused.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_loopback_host_is_accepted(cloud: Cloud, host: str) -> None:
    accepted = cloud.run_in_localstack_environment(REQUIRE.format(host))
    assert accepted.returncode == 0


def test_a_body_of_many_megabytes_comes_and_goes_whole(cloud: Cloud) -> None:
    body = bytes(range(256)) * 4096 * 20
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket="big")
    s3.put_object(Bucket="big", Key="object", Body=body)
    assert s3.get_object(Bucket="big", Key="object")["Body"].read() == body


def test_a_websocket_carries_messages_both_ways(websocket_address: str) -> None:
    with connect(websocket_address, close_timeout=0) as websocket:
        websocket.send("one salad")
        assert websocket.recv(timeout=60) == "one salad"


def test_a_websocket_handshake_that_is_refused_says_why(websocket_address: str) -> None:
    with pytest.raises(InvalidStatus) as refused, connect(f"{websocket_address}nothing-is-here"):
        pass
    assert refused.value.response.status_code == 404

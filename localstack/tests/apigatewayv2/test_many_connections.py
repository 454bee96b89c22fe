"""Many connections at once, and a client that does not read."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psutil
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from .conftest import Cloud, Maker, WebSocketApi

MANY = 500
AT_A_TIME = 10
MESSAGE = 128 * 1024
DEADLINE_SECONDS = 60


class CloudProcess(Cloud):
    """What these tests need of the fixture `cloud`."""

    @property
    def pid(self) -> int: ...


@pytest.fixture
def crowded(make_api: Maker) -> WebSocketApi:
    return make_api("$connect", two_way=["$default"])


@pytest.fixture
def crowd(crowded: WebSocketApi, cloud: CloudProcess) -> Iterator[list[ClientConnection]]:
    """Give many open connections, of which few were opened at a time."""
    with ExitStack() as stack, ThreadPoolExecutor(AT_A_TIME) as threads:
        connecting = [threads.submit(crowded.connect, ping_interval=None) for _ in range(MANY)]
        yield [stack.enter_context(connected.result()) for connected in connecting]


def test_everybody_in_a_crowd_hears_what_is_posted_and_none_costs_a_thread(
    crowded: WebSocketApi, cloud: CloudProcess, crowd: list[ClientConnection]
) -> None:
    assert psutil.Process(cloud.pid).num_threads() < MANY / 2
    ids = [event["requestContext"]["connectionId"] for event in crowded.function.events("CONNECT")]
    assert len(set(ids)) == MANY
    management = crowded.management
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        list(threads.map(lambda to: management.post_to_connection(ConnectionId=to, Data=to), ids))
    assert {client.recv(timeout=DEADLINE_SECONDS) for client in crowd} == set(ids)


def test_a_client_that_does_not_read_is_cut_off_and_holds_up_nobody(crowded: WebSocketApi) -> None:
    slow, slow_id = crowded.connect_known(max_queue=1)
    quick, quick_id = crowded.connect_known()
    management = crowded.management
    with slow, quick, pytest.raises(management.exceptions.GoneException):
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            management.post_to_connection(ConnectionId=slow_id, Data=b"x" * MESSAGE)
            management.post_to_connection(ConnectionId=quick_id, Data=b"hello")
            assert quick.recv(timeout=DEADLINE_SECONDS) == "hello"
    with pytest.raises(ConnectionClosed):
        while True:
            slow.recv(timeout=DEADLINE_SECONDS)

"""Many connections at once, and a client that does not read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import psutil
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from .conftest import CloudProcess, Maker, WebSocketApi, eventually

MANY = 500
AT_A_TIME = 10
MESSAGE = 128 * 1024


@pytest.fixture
def crowded(make_api: Maker) -> WebSocketApi:
    return make_api("$connect", two_way=["$default"])


@pytest.fixture
def threads_before(cloud: CloudProcess) -> int:
    return int(psutil.Process(cloud.pid).num_threads())


@pytest.fixture
def crowd(crowded: WebSocketApi) -> Iterator[list[ClientConnection]]:
    """Give many open connections, of which few were opened at a time."""
    with ExitStack() as stack, ThreadPoolExecutor(AT_A_TIME) as threads:
        connecting = [threads.submit(crowded.connect, ping_interval=None) for _ in range(MANY)]
        yield [stack.enter_context(connected.result()) for connected in connecting]


def test_everybody_in_a_crowd_hears_what_is_posted_and_none_costs_a_thread(
    crowded: WebSocketApi, cloud: CloudProcess, threads_before: int, crowd: list[ClientConnection]
) -> None:
    assert psutil.Process(cloud.pid).num_threads() - threads_before < MANY / 4
    ids = [event["requestContext"]["connectionId"] for event in crowded.function.events("CONNECT")]
    assert len(set(ids)) == MANY
    management = crowded.management
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        list(threads.map(lambda to: management.post_to_connection(ConnectionId=to, Data=to), ids))
    assert {client.recv(timeout=60) for client in crowd} == set(ids)


def test_a_client_that_does_not_read_is_cut_off_and_holds_up_nobody(crowded: WebSocketApi) -> None:
    slow, slow_id = crowded.connect_known(max_queue=1)
    quick, quick_id = crowded.connect_known()
    management = crowded.management

    def cut_off() -> bool:
        try:
            management.post_to_connection(ConnectionId=slow_id, Data=b"x" * MESSAGE)
        except management.exceptions.GoneException:
            return True
        management.post_to_connection(ConnectionId=quick_id, Data=b"hello")
        assert quick.recv(timeout=60) == "hello"
        return False

    with slow, quick:
        eventually(cut_off)
        with suppress(ConnectionClosed):
            while True:
                slow.recv(timeout=60)
    assert slow.close_code == 1006

"""A room: a gate before the bar, and phones in another network.

Only Linux has network namespaces, and only root may join them with this one; `make test-offline` makes everybody root.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from local_cloud.free_port import free_port

from gate.room import Room
from simulator.outputs import Outputs
from tests.integration.room.another_network import Network, another_network
from tests.integration.room.gate_process import OpenGate, open_gate
from tests.integration.room.phone import Phone, phone

collect_ignore_glob = [] if sys.platform == "linux" and os.geteuid() == 0 else ["test_*.py"]

type AtPhone = Callable[[Callable[[Phone], None]], None]


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    with another_network() as network:
        yield network


@pytest.fixture(scope="module")
def gate(bar: Outputs, network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenGate]:
    """With TLS; many phones come by one address."""
    folder: Path = tmp_path_factory.mktemp("gate") / "room"
    with open_gate(Room(network.here, free_port()), bar, folder, "--phones-per-address", "100") as gate:
        yield gate


@pytest.fixture
def at_phone(network: Network, gate: OpenGate) -> AtPhone:
    """Lets something be done at a phone in the room."""

    def do(story: Callable[[Phone], None]) -> None:
        def there() -> None:
            with phone(gate) as one:
                story(one)

        network.from_there(there)

    return do

"""The gate as a teacher opens it: a program of its own, with what it says in a file."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gate.room import Room
from simulator.outputs import Outputs
from simulator.probe.eventually import eventually


@dataclass(frozen=True)
class OpenGate:
    """One that is open.

    Attributes:
        folder: what it keeps.
        outputs: the file that tells it of the bar.
    """

    room: Room
    folder: Path
    outputs: Path
    process: "subprocess.Popen[bytes]" = field(repr=False)

    def said(self) -> str:
        """What it has said so far."""
        return (self.folder / "said").read_text()

    def close(self) -> int:
        """Press Ctrl-C; gives its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def command(room: Room, folder: Path, outputs: Path, *options: str) -> list[str]:
    """How it is called."""
    where = ["--address", room.address, "--port", str(room.port), "--folder", str(folder), "--outputs", str(outputs)]
    return [sys.executable, "-m", "gate", *where, *options, *(["--plain"] if room.is_plain else [])]


@contextmanager
def open_gate(room: Room, bar: Outputs, folder: Path, *options: str) -> Iterator[OpenGate]:
    """Open it for this bar, and close it afterwards if nobody has."""
    folder.mkdir()
    outputs = folder / "outputs.json"
    write_outputs(outputs, bar)
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command(room, folder, outputs, *options), stdout=said, stderr=subprocess.STDOUT)
    gate = OpenGate(room, folder, outputs, process)
    try:
        eventually(lambda: _is_open(gate))
        yield gate
    finally:
        process.kill()
        process.wait()


def _is_open(gate: OpenGate) -> None:
    if gate.process.poll() is not None:
        raise RuntimeError(f"the gate did not open:\n{gate.said()}")
    assert "Ctrl-C closes the gate" in gate.said()


def write_outputs(file: Path, bar: Outputs) -> None:
    """What the deployer writes of a bar."""
    names = {
        "endpointUrl": bar.endpoint_url,
        "region": bar.region,
        "apiUrl": bar.api_url,
        "realtimeUrl": bar.realtime_url,
        "userPoolId": bar.user_pool_id,
        "userPoolClientId": bar.user_pool_client_id,
        "eventBusName": bar.event_bus_name,
        "orderProcessorArn": bar.order_processor_arn,
        "frontends": dict(bar.frontends),
    }
    file.write_text(json.dumps(names))

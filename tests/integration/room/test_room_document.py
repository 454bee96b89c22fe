"""The commands of docs/room.md, run as they stand there but for the address, which is this room's."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from local_cloud.free_port import free_port

from simulator.outputs import Outputs
from simulator.probe.eventually import eventually
from tests.integration.room.another_network import Network
from tests.integration.room.gate_process import write_outputs
from tests.integration.running_bar import ROOT

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
TEXT = (ROOT / "docs/room.md").read_text()
COMMANDS = [line.partition("#")[0].strip() for block in BLOCK.findall(TEXT) for line in block.splitlines()]
OPENING = [
    *(command for command in COMMANDS if "ADDRESS" in command),
    *re.findall(r"`(make share .*PHONES=\d+)`", TEXT),
]


def run(command: str, bar: Outputs, folder: Path, said: Path) -> "subprocess.Popen[bytes]":
    write_outputs(folder / "outputs.json", bar)
    told = {"BAR_OUTPUTS": str(folder / "outputs.json"), "GATE_FOLDER": str(folder / "room")}
    environment = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MFLAGS"}}
    with said.open("wb") as out:
        return subprocess.Popen(
            command.split(),
            cwd=ROOT,
            env={**environment, **told},
            stdout=out,
            stderr=subprocess.STDOUT,
            process_group=0,
        )


def test_the_document_shows_three_ways_to_open_the_gate_and_one_to_ask() -> None:
    assert (len(OPENING), COMMANDS.count("make share")) == (3, 1)


@pytest.mark.parametrize("command", OPENING)
def test_a_command_of_the_document_opens_the_gate(command: str, bar: Outputs, network: Network, tmp_path: Path) -> None:
    here = f"{command.replace('192.168.1.20', network.here)} PORT={free_port()}"
    making, said = run(here, bar, tmp_path, tmp_path / "said"), tmp_path / "said"

    def look() -> None:
        assert f"://{network.here}:" in said.read_text()

    try:
        eventually(look)
    finally:
        os.killpg(making.pid, signal.SIGINT)  # as a terminal does
        making.wait(60)
    assert "The gate is closed." in said.read_text()


def test_without_an_address_it_says_what_to_type(bar: Outputs, network: Network, tmp_path: Path) -> None:
    assert run("make share", bar, tmp_path, tmp_path / "said").wait(60)
    assert f"make share ADDRESS={network.here}" in (tmp_path / "said").read_text()

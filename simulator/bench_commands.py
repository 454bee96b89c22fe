"""Measurements of the project's own commands: they are run as a person runs them and timed from outside."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from simulator.measuring import Figure, Target, stopwatch
from simulator.outputs import Outputs

MIB = 2**20

RUNS = 3

PROCESSES_AT_REST = 3  # LocalStack, and one or two that keep the tables
REST_WITHIN_S = 300  # a function's process ends two minutes after its last call, and the sweep comes every five
LOOK_EVERY_S = 2


class CommandFailed(Exception):
    """A command that was to be measured went wrong."""


def cloud_status(outputs: Outputs) -> Mapping[str, Any] | None:
    """What the local cloud that serves the bar says of itself; None if none does."""
    port = str(urlsplit(outputs.endpoint_url).port)
    command = [sys.executable, "-m", "local_cloud", "status", "--json", "--port", port]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    status: Mapping[str, Any] | None = json.loads(answer.stdout) if answer.returncode == 0 else None
    return status


def idle_memory(outputs: Outputs) -> list[Figure]:
    """Resident memory of the local cloud and all its processes at rest; nothing if no local cloud serves the bar."""
    status = _at_rest(outputs)
    if not status:
        return []
    # What processes share is counted for each of them, so that the sum is on the safe side.
    return [Figure("idle memory", "MiB", [status["memory_bytes"] / MIB], (Target("max", 600),))]


def _at_rest(outputs: Outputs) -> Mapping[str, Any] | None:
    """The status when the functions that were called before have ended, or as it is if they go on."""
    looking = Retrying(
        retry=retry_if_result(lambda status: status is not None and status["processes"] > PROCESSES_AT_REST),
        wait=wait_fixed(LOOK_EVERY_S),
        stop=stop_after_delay(REST_WITHIN_S),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    return looking(cloud_status, outputs)


def redeploy() -> list[Figure]:
    """`python -m deployer up` on a bar that is up already."""
    seconds: list[float] = []
    for _ in range(RUNS):
        with stopwatch(seconds):
            _run([sys.executable, "-m", "deployer", "up"])
    return [Figure("deployer up again", "s", seconds, (Target("p50", 5),))]


def from_nothing() -> list[Figure]:
    """`make local FRESH=1` from stopped. What the running bar held is gone afterwards."""
    seconds: list[float] = []
    for _ in range(RUNS):
        _run(["make", "stop"])
        with stopwatch(seconds):
            _run(["make", "local", "FRESH=1"])
    return [Figure("make local", "s", seconds, (Target("p50", 20),))]


def _run(command: Sequence[str]) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        said = (answer.stderr or answer.stdout).strip().splitlines()
        raise CommandFailed(f"{' '.join(command)} failed: {said[-1] if said else answer.returncode}")

"""What the deployed functions call of AWS while a test run goes on: the local cloud records it, and a file keeps it.

A run's workers share one record: who comes first begins it, and the process that ends the run ends it. Where two runs
share a bar, the one that ends first ends it for both: judge the calls of a run that had the bar to itself.
"""

import re
import secrets
from dataclasses import replace
from pathlib import Path

import httpx

from simulator.probe import recorded_calls
from simulator.probe.permissions import Done
from tests.architecture.source import ROOT

KEPT = ROOT / ".local" / "recorded-calls.json"
_BESIDE = "BesideOrderProcessorWorkflow-"


def name_beside() -> str:
    """A new name for a state machine that a test has beside the bar's, whose place it takes in the workshop."""
    return f"{_BESIDE}{secrets.token_hex(6)}"


def record(endpoint_url: str, folder: Path) -> None:
    """Record from now on. `folder` is the run's: there the process that ends the run finds where.

    Raises:
        RuntimeError: the cloud that runs there is older than these tests.
    """
    try:
        recorded_calls.begin(endpoint_url)
    except httpx.HTTPStatusError as error:
        raise RuntimeError(f"the local cloud at {endpoint_url} is of other code: `make stop` it first") from error
    (folder / "recorded-at").write_text(endpoint_url)


def keep_recorded(folder: Path) -> None:
    """Keep what was recorded, and end it. Nothing is kept of a run that met no bar, or whose cloud is gone."""
    where = folder / "recorded-at"
    if where.exists():
        KEPT.unlink(missing_ok=True)
        try:
            KEPT.write_text(recorded_calls.recorded(where.read_text()))
            recorded_calls.end(where.read_text())
        except httpx.TransportError:
            return


def kept(function: str) -> set[Done]:
    """What a function did, by the name that Lambda has for it.

    A state machine that a test had beside the bar's is told as the bar's: the sweep looks after the orders of both, and
    policies are of a bar that has one.

    Raises:
        FileNotFoundError: no run has kept anything.
    """
    return {in_its_place(done) for done in recorded_calls.done_by(function, KEPT.read_text())}


def in_its_place(done: Done) -> Done:
    """What was done, as it would be done where the state machine beside the bar's is the bar's own."""
    return replace(done, arn=re.sub(rf"{_BESIDE}[0-9a-f]+", "OrderProcessorWorkflow", done.arn))

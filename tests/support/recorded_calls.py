"""What the deployed functions call of AWS while a test run goes on: the local cloud records it, and a file keeps it.

A run's workers share one record: who comes first begins it, and the process that ends the run ends it. Where two runs
share a bar, the one that ends first ends it for both: judge the calls of a run that had the bar to itself.
"""

from pathlib import Path

import httpx

from simulator.probe import recorded_calls
from simulator.probe.permissions import Done
from tests.architecture.source import ROOT

KEPT = ROOT / ".local" / "recorded-calls.json"


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

    Raises:
        FileNotFoundError: no run has kept anything.
    """
    return recorded_calls.done_by(function, KEPT.read_text())

"""What the measurements show, as a table and as a JSON file, beside the machine that they were made on."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from rich.table import Table

from simulator.measuring import Figure

STATISTICS = ("min", "p50", "p95", "max")


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "memoryMiB": psutil.virtual_memory().total // 2**20,
        "loadAverage": [round(load, 1) for load in psutil.getloadavg()],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def write_report(path: Path, figures: Sequence[Figure], order: Mapping[str, Any]) -> None:
    """Write the figures, the machine's facts and what an order costs as JSON."""
    report = {
        "measuredAt": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "figures": [figure.as_json for figure in figures],
        "order": order,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")


def table(figures: Sequence[Figure]) -> Table:
    """The figures for people, narrow enough for a terminal of 80 columns."""
    facts = ", ".join(f"{name} {value}" for name, value in machine().items())
    shown = Table("figure", title="The bar in numbers", caption=facts)
    for name in ("n", *STATISTICS):
        shown.add_column(name, justify="right")
    shown.add_column("target")
    for figure in figures:
        spread = (_short(figure.spread[name]) for name in STATISTICS)
        shown.add_row(f"{figure.name} ({figure.unit})", str(len(figure.values)), *spread, _verdict(figure))
    return shown


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _verdict(figure: Figure) -> str:
    if not figure.targets:
        return ""
    return f"[green]{figure.target} ✓[/]" if figure.reached else f"[red]{figure.target} missed[/]"

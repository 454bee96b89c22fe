"""What was measured, how it spreads and whether it reaches its target. Pure but for the stopwatch."""

import math
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Target:
    """What a figure should be: one of its statistics at most so much."""

    statistic: Literal["p50", "p95", "max"]
    at_most: float

    def __str__(self) -> str:
        """As a reader wants it."""
        return f"{self.statistic} ≤ {self.at_most:g}"


@dataclass(frozen=True)
class Figure:
    """Something measured several times.

    Attributes:
        name: what it is.
        unit: what the values are counted in.
        values: each measurement, at least one.
        targets: what it should be; none where it only explains another figure.
    """

    name: str
    unit: str
    values: Sequence[float]
    targets: tuple[Target, ...] = ()

    @property
    def spread(self) -> dict[str, float]:
        """Its statistics by name."""
        ordered = sorted(self.values)
        return {
            "min": ordered[0],
            "p50": statistics.median(ordered),
            "p95": ordered[math.ceil(0.95 * len(ordered)) - 1],
            "max": ordered[-1],
        }

    @property
    def reached(self) -> bool | None:
        """Whether it reaches all its targets; None where it has none."""
        return all(self.spread[one.statistic] <= one.at_most for one in self.targets) if self.targets else None

    @property
    def target(self) -> str:
        """Its targets as a reader wants them."""
        return ", ".join(map(str, self.targets))

    @property
    def as_json(self) -> dict[str, Any]:
        """As JSON-ready values."""
        spread = {name: round(value, 3) for name, value in self.spread.items()}
        verdict = {"target": self.target, "reached": self.reached} if self.targets else {}
        return {"name": self.name, "unit": self.unit, "n": len(self.values), **spread, **verdict}


@contextmanager
def stopwatch(values: list[float], per_second: float = 1) -> Iterator[None]:
    """Add the body's duration to the values, in seconds times `per_second`; nothing, if the body raises."""
    began = time.perf_counter()
    yield
    values.append((time.perf_counter() - began) * per_second)

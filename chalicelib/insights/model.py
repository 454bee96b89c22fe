"""A day's orders as numbers. Pure: facts in, figures out; durations in seconds, times in ms since 1970."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from statistics import fmean, quantiles
from typing import Any
from zoneinfo import ZoneInfo

LIVE = frozenset({"SUBMITTED", "IN_PRODUCTION"})


@dataclass(frozen=True)
class Fact:
    """What is known of one order, each thing once, however often it was told.

    Attributes:
        made_ts: since when a barista makes it, or made it in the end; None while nobody does.
    """

    order_id: str
    state: str
    drink: str | None = None
    modifiers: tuple[str, ...] = ()
    created_ts: int | None = None
    submitted_ts: int | None = None
    made_ts: int | None = None
    completed_ts: int | None = None


def figures(facts: Sequence[Fact], time_zone: str, now: int) -> dict[str, Any]:
    """The day in numbers, JSON-ready.

    Who waits in the queue `now` (ms since 1970) counts with the wait so far: else the longest waits would be seen only
    when they are over.
    """
    served = [fact for fact in facts if fact.drink]
    completed = [fact for fact in facts if fact.completed_ts is not None]
    queued = [replace(fact, made_ts=fact.made_ts or now) for fact in facts if fact.state in LIVE]
    return {
        "orders": len(facts),
        "byState": _counts(fact.state for fact in facts),
        "byDrink": _counts(fact.drink for fact in served if fact.drink),
        "byModifier": _counts(modifier for fact in served for modifier in fact.modifiers),
        "byHour": _by_hour(facts, ZoneInfo(time_zone)),
        "waits": {
            "queue": _spread([*completed, *queued], lambda fact: (fact.submitted_ts, fact.made_ts)),
            "making": _spread(completed, lambda fact: (fact.made_ts, fact.completed_ts)),
            "total": _spread(completed, lambda fact: (fact.submitted_ts, fact.completed_ts)),
        },
    }


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _by_hour(facts: Iterable[Fact], zone: ZoneInfo) -> list[dict[str, int]]:
    """Every hour of the day, so that a chart needs no filling in."""
    hours = Counter(
        datetime.fromtimestamp(fact.created_ts / 1000, UTC).astimezone(zone).hour
        for fact in facts
        if fact.created_ts is not None
    )
    return [{"hour": hour, "orders": hours[hour]} for hour in range(24)]


def _spread(
    facts: Iterable[Fact], span: Callable[[Fact], tuple[int | None, int | None]]
) -> dict[str, float | int | None]:
    waits = sorted(
        (end - start) / 1000
        for start, end in map(span, facts)
        if start is not None and end is not None and end >= start
    )
    return {"orders": len(waits), "p50": percentile(waits, 50), "p95": percentile(waits, 95)}


def percentile(sorted_values: Sequence[float], percent: int) -> float | None:
    """The percentile, interpolated between the values; None of nothing."""
    if len(sorted_values) < 2:
        return round(sorted_values[0], 3) if sorted_values else None
    return round(quantiles(sorted_values, n=100, method="inclusive")[percent - 1], 3)


def average_seconds(facts: Sequence[Fact]) -> float | None:
    """How long the completed ones took from submit to ready, on average; None of nothing."""
    spans = [
        (fact.completed_ts - fact.submitted_ts) / 1000
        for fact in facts
        if fact.completed_ts is not None and fact.submitted_ts is not None
    ]
    return round(fmean(spans), 3) if spans else None

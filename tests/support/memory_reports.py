"""Insights and journeys in memory."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from chalicelib.insights.facts import Lesson
from chalicelib.insights.model import Fact
from chalicelib.insights.store import InsightStore, _to_fact
from chalicelib.journeys.model import Moment
from chalicelib.journeys.store import JourneyStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class MemoryInsights(InsightStore):
    """Facts in a dictionary."""

    table: "Table" = field(default=cast("Table", None), repr=False)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def learn(self, event_id: str, order_id: str, day: str, lesson: Lesson) -> frozenset[str]:
        row = self.rows.setdefault(order_id, {"orderId": order_id, "shopDay": f"{event_id}#{day}"})
        new = frozenset(lesson) - row.keys()
        row |= {name: lesson[name] for name in new}
        return new

    def day(self, event_id: str, day: str) -> list[Fact]:
        return [_to_fact(row) for row in self.rows.values() if row["shopDay"] == f"{event_id}#{day}"]

    def last_completed(self, event_id: str, drink: str, most: int) -> list[Fact]:
        done = [
            row for row in self.rows.values() if row.get("shopDrink") == f"{event_id}#{drink}" and "completedTs" in row
        ]
        return [_to_fact(row) for row in sorted(done, key=lambda row: -row["completedTs"])[:most]]

    def fact(self, order_id: str) -> Fact | None:
        return _to_fact(self.rows[order_id]) if order_id in self.rows else None


@dataclass(frozen=True)
class MemoryJourneys(JourneyStore):
    """Moments and pages in dictionaries."""

    table: "Table" = field(default=cast("Table", None), repr=False)
    s3: "S3Client" = field(default=cast("S3Client", None), repr=False)
    bucket: str = "in-memory"
    kept: dict[str, set[Moment]] = field(default_factory=lambda: defaultdict(set))
    pages: dict[str, str] = field(default_factory=dict)

    def add(self, order_id: str, moment: Moment) -> None:
        self.kept[order_id].add(moment)

    def moments(self, order_id: str) -> list[Moment]:
        return sorted(self.kept[order_id], key=lambda moment: (moment.at, moment.event_id))

    def publish(self, order_id: str, page: str) -> str:
        self.pages[order_id] = page
        return f"https://in-memory.example/{order_id}"

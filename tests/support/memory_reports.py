"""Insights and journeys in memory."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from chalicelib.insights.facts import Claim, Lesson
from chalicelib.insights.model import Fact
from chalicelib.insights.store import FOR_EVER, InsightStore, Learnt, _to_fact, learnt, taken_back
from chalicelib.journeys.model import Moment
from chalicelib.journeys.store import JourneyStore
from tests.support.memory_writes import ONE_AT_A_TIME

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class MemoryInsights(InsightStore):
    """Facts in a dictionary."""

    table: "Table" = field(default=cast("Table", None), repr=False)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def learn(self, event_id: str, order_id: str, day: str, lesson: Lesson) -> Learnt:
        with ONE_AT_A_TIME:
            before = self.rows.get(order_id, {})
            if lesson.get("completedTs", FOR_EVER) <= before.get("recalledTs", 0):
                return taken_back(order_id)
            self.rows[order_id] = {**lesson, "orderId": order_id, "shopDay": f"{event_id}#{day}", **before}
        return learnt(order_id, lesson, before)

    def learn_recall(self, order_id: str, at: int) -> None:
        row = self.rows.setdefault(order_id, {"orderId": order_id, "shopDay": ""})
        if max(row.get("recalledTs", -1), row.get("completedTs", -1)) < at:
            self.rows[order_id] = {"recalledTs": at} | {
                name: value for name, value in row.items() if name not in {"recalledTs", "completedTs", "endState"}
            }

    def learn_claim(self, event_id: str, order_id: str, day: str, claim: Claim) -> None:
        row = self.rows.setdefault(order_id, {"orderId": order_id, "shopDay": f"{event_id}#{day}"})
        if row.get("claimTs", -1) < claim.at:
            row.update(claimTs=claim.at, claimedBy=claim.by)

    def mark_told(self, order_id: str) -> None:
        self.rows[order_id]["averageTold"] = True

    def day(self, event_id: str, day: str) -> list[Fact]:
        return [_to_fact(row) for row in self.rows.values() if row["shopDay"] == f"{event_id}#{day}"]

    def last_completed(self, event_id: str, drink: str, most: int) -> list[Fact]:
        done = [
            row for row in self.rows.values() if row.get("shopDrink") == f"{event_id}#{drink}" and "completedTs" in row
        ]
        return [_to_fact(row) for row in sorted(done, key=lambda row: -row["completedTs"])[:most]]


@dataclass(frozen=True)
class MemoryJourneys(JourneyStore):
    """Moments and pages in dictionaries."""

    table: "Table" = field(default=cast("Table", None), repr=False)
    s3: "S3Client" = field(default=cast("S3Client", None), repr=False)
    bucket: str = "in-memory"
    kept: dict[str, dict[str, Moment]] = field(default_factory=lambda: defaultdict(dict))
    pages: dict[str, str] = field(default_factory=dict)

    def add(self, order_id: str, moment: Moment) -> None:
        self.kept[order_id][f"{moment.at:013d}#{moment.event_id}"] = moment

    def moments(self, order_id: str) -> list[Moment]:
        return [moment for _, moment in sorted(self.kept[order_id].items())]

    def publish(self, order_id: str, page: str) -> str:
        self.pages[order_id] = page
        return f"https://in-memory.example/{order_id}"

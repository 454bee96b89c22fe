"""Which removals that a stream tells of are the service's own."""

from datetime import UTC, datetime
from typing import Any

from local_cloud.plugins.dynamodb.time_to_live.deletions import SERVICE, Deletion, Deletions

KEY = {"k": {"S": "a"}}
EXPIRY = ("until", {"N": "1"})
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def record(number: str, name: str = "REMOVE", until: str = "1", **change: Any) -> dict[str, Any]:
    image = {**KEY, "until": {"N": until}}
    common = {"Keys": KEY, "SequenceNumber": number, "ApproximateCreationDateTime": NOON, "OldImage": image}
    return {"eventName": name, "dynamodb": {**common, **change}}


def deleted(*, is_deleted: bool = True, seconds_after: float = 30) -> Deletions:
    deletions = Deletions()
    deletion = Deletion("table", KEY, EXPIRY, NOON.timestamp() + seconds_after)
    assert deletions.perform(lambda: is_deleted, deletion) == is_deleted
    return deletions


def marked(deletions: Deletions, *records: dict[str, Any], table: str | None = "table") -> list[str]:
    deletions.mark(list(records), table)
    return [r["dynamodb"]["SequenceNumber"] for r in records if r.get("userIdentity") == SERVICE]


def test_a_record_is_marked_whenever_it_is_read() -> None:
    deletions = deleted()
    assert marked(deletions, record("1")) == ["1"]
    assert marked(deletions, record("1"), table=None) == ["1"]


def test_one_deletion_wrote_one_record() -> None:
    assert marked(deleted(), record("1"), record("2")) == ["1"]


def test_records_of_others_are_left_alone() -> None:
    others = [
        record("1", name="MODIFY"),
        record("2", until="2"),
        record("3", Keys={"k": {"S": "b"}}),
        record("4", ApproximateCreationDateTime=datetime(2026, 1, 1, 11, tzinfo=UTC)),
    ]
    assert marked(deleted(), *others) == []
    assert marked(deleted(), record("5"), table="other") == []
    assert marked(deleted(is_deleted=False), record("6")) == []


def test_a_stream_of_keys_only_has_no_image_to_compare() -> None:
    keys_only = record("1")
    del keys_only["dynamodb"]["OldImage"]
    assert marked(deleted(), keys_only) == ["1"]

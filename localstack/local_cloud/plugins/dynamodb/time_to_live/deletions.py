"""Which items the service itself removed, so that their records in streams can say so. Pure.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

RETENTION_S: Final = 24 * 60 * 60
"""How long a stream keeps its records."""

MOST_KEPT: Final = 100_000

TIME_TOLERANCE_S: Final = 62
"""DynamoDB Local tells a record's time in whole minutes, AWS in seconds."""

SERVICE: Final = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}

type Key = Mapping[str, Any]


@dataclass
class Deletion:
    """An item that was removed.

    Attributes:
        table: its table's name.
        key: its key attributes.
        expiry: the attribute that said when it expires, and its value.
        at: when it was removed, in seconds since 1970.
        sequence_number: of its record in the stream, once that was seen.
    """

    table: str
    key: Key
    expiry: tuple[str, Any]
    at: float
    sequence_number: str | None = None

    def wrote(self, change: Mapping[str, Any], table: str | None) -> bool:
        """Whether a removal that a stream tells of is this one; `table` may be unknown."""
        if table not in (None, self.table) or change["Keys"] != self.key:
            return False
        if self.sequence_number:
            return bool(change["SequenceNumber"] == self.sequence_number)
        name, value = self.expiry
        later_by = self.at - change["ApproximateCreationDateTime"].timestamp()
        is_same_item: bool = change.get("OldImage", {name: value}).get(name) == value
        return is_same_item and abs(later_by) <= TIME_TOLERANCE_S


class Deletions:
    """The items of one account and region that were removed lately. Safe for many threads."""

    def __init__(self) -> None:
        self._deletions: deque[Deletion] = deque(maxlen=MOST_KEPT)
        self._lock = Lock()

    def perform(self, delete: Callable[[], bool], deletion: Deletion) -> bool:
        """Call `delete`, which says whether it did what `deletion` says, and keep in mind that it did.

        Nobody marks records meanwhile, or the one that it writes could be read unmarked.
        """
        with self._lock:
            while self._deletions and self._deletions[0].at < deletion.at - RETENTION_S:
                self._deletions.popleft()
            if is_deleted := delete():
                self._deletions.append(deletion)
        return is_deleted

    def mark(self, records: list[dict[str, Any]], table: str | None) -> None:
        """Add `userIdentity` to the stream records, as GetRecords returns them, that one of the deletions wrote.

        Args:
            records: which are changed.
            table: whose they are; None if that is not known.
        """
        with self._lock:
            for record in records:
                if record["eventName"] == "REMOVE" and self._is_by_service(record["dynamodb"], table):
                    record["userIdentity"] = dict(SERVICE)

    def _is_by_service(self, change: Mapping[str, Any], table: str | None) -> bool:
        for deletion in self._deletions:
            if deletion.wrote(change, table):
                deletion.sequence_number = change["SequenceNumber"]
                return True
        return False

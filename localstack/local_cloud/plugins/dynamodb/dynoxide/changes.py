"""Tells who waits for it that a table may have changed, so that nobody has to look again and again.

It counts, and looks into nothing but whether a request names the table: it may tell of a change that was none, never
miss one. It must not know what a change was: streams tell that.
"""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from local_cloud.plugins.dynamodb.items_server.routing import API

CHANGES = "/_local_cloud/changes"  # GET here, with `table` and `after`, is answered with the count once it is another
LONGEST_WAIT_S = 1.0  # who waits has other things to heed
READING = tuple(API + verb for verb in ("Get", "BatchGet", "TransactGet", "Query", "Scan", "Describe", "List"))


@dataclass
class _Count:
    number: int = 0
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self) -> None:
        self.number += 1
        self.told.set()
        self.told = asyncio.Event()


class Changes:
    """Counts the requests that may have changed the tables that somebody has asked for."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}
        self._since = secrets.token_hex(4)  # no count of this process is one of another's

    def note(self, target: str, body: bytes) -> None:
        """Heed a request that was done, or of which nobody knows whether it was.

        Args:
            target: the operation, such as `DynamoDB_20120810.PutItem`.
            body: as it was asked, whose tables are meant by their names, whatever the account and the region.
        """
        if target.startswith(API) and not target.startswith(READING):
            for table, count in self._counts.items():
                if table.encode() in body:
                    count.add()

    async def after(self, seen: str, table: str, longest_s: float = LONGEST_WAIT_S) -> str:
        """Return the table's count as soon as it is another than what was `seen`, or after the time, in seconds."""
        count = self._counts.setdefault(table, _Count())
        if self._told(count) == seen:
            with suppress(TimeoutError):
                await asyncio.wait_for(count.told.wait(), longest_s)
        return self._told(count)

    def _told(self, count: _Count) -> str:
        return f"{self._since}-{count.number}"


def asked_for(query: Mapping[str, str]) -> tuple[str, str]:
    """Return what `Changes.after` is to be given."""
    return query.get("after", ""), query.get("table", "")

"""Removes what has expired from the tables with a time to live, a bounded part of each at a time.

It asks the database itself, not through LocalStack: what the service does for itself is nobody's call and consumes no
capacity of the table's owner. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, Final

from botocore.exceptions import ClientError

from local_cloud.plugins.dynamodb.time_to_live.deletions import Deletion, Deletions, Key

LOG = logging.getLogger(__name__)

INTERVAL_S: Final = 15
ITEMS_PER_PAGE: Final = 1000
PAGES_PER_SWEEP: Final = 20
PAUSE_S: Final = 0.02
"""Between pages, so that a large table does not keep the database from others."""

OLDEST_S: Final = 5 * 365 * 24 * 60 * 60
"""What expired five years ago and more is taken for a mistake, and stays."""


@dataclass(frozen=True)
class ExpiringTable:
    """A table and the attribute that says when its items expire."""

    account: str
    region: str
    name: str
    attribute: str

    @property
    def namespace(self) -> tuple[str, str]:
        """The account and the region."""
        return self.account, self.region


def expired(attribute: str, now: float) -> dict[str, Any]:
    """Return a scan's filter: the attribute is a number of seconds since 1970 that are over, but not for long."""
    seconds = {":now": int(now), ":oldest": int(now) - OLDEST_S}
    return {
        "FilterExpression": "attribute_type(#expires, :number) AND #expires BETWEEN :oldest AND :now",
        "ExpressionAttributeNames": {"#expires": attribute},
        "ExpressionAttributeValues": {":number": {"S": "N"}, **{k: {"N": str(v)} for k, v in seconds.items()}},
    }


def unchanged(deletion: Deletion) -> dict[str, Any]:
    """Return a deletion's condition: the item was given no more time since it was seen."""
    name, value = deletion.expiry
    return {
        "ConditionExpression": "#expires = :seen",
        "ExpressionAttributeNames": {"#expires": name},
        "ExpressionAttributeValues": {":seen": value},
    }


@dataclass
class Sweeper:
    """Looks through tables as long as there are any.

    Attributes:
        tables: gives those that have a time to live now.
        client: makes a client of the database for an account and a region.
        forget: is told of a table that is gone.
        deletions: what was removed, by account and region.
    """

    tables: Callable[[], list[ExpiringTable]]
    client: Callable[[str, str], Any]
    forget: Callable[[ExpiringTable], None]
    deletions: defaultdict[tuple[str, str], Deletions] = field(default_factory=lambda: defaultdict(Deletions))
    _next_pages: dict[ExpiringTable, Key] = field(default_factory=dict)
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict)
    _sweeping: Lock = field(default_factory=Lock)
    _thread: Thread | None = None
    _starting: Lock = field(default_factory=Lock)
    _stopped: Event = field(default_factory=Event)

    def start(self) -> None:
        """Sweep from now on, every INTERVAL_S, until no table has a time to live; once, however often it is called."""
        with self._starting:
            if not self._thread:
                self._thread = Thread(target=self._run, name="dynamodb-time-to-live", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Sweep no more."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(INTERVAL_S):
            with self._starting:  # a table that comes now starts another thread
                if not self.tables():
                    self._thread = None
                    return
            self.sweep()

    def sweep(self) -> int:
        """Go through a part of each table; return how many items were removed."""
        with self._sweeping:
            return sum(self._sweep_or_log(table) for table in self.tables())

    def _sweep_or_log(self, table: ExpiringTable) -> int:
        try:
            return self._sweep(table)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                self.forget(table)
            else:
                LOG.warning("expired items of %s could not be removed: %s", table.name, error)
        except Exception:
            LOG.exception("expired items of %s could not be removed", table.name)
        return 0

    def _sweep(self, table: ExpiringTable) -> int:
        client = self._client(table.namespace)
        schema = client.describe_table(TableName=table.name)["Table"]["KeySchema"]
        names = [element["AttributeName"] for element in schema]
        deletions = (
            Deletion(table.name, {n: item[n] for n in names}, (table.attribute, item[table.attribute]), at=time.time())
            for item in self._expired(client, table)
        )
        return sum(self._delete(client, self.deletions[table.namespace], deletion) for deletion in deletions)

    def _client(self, namespace: tuple[str, str]) -> Any:
        if namespace not in self._clients:
            self._clients[namespace] = self.client(*namespace)
        return self._clients[namespace]

    def _expired(self, client: Any, table: ExpiringTable) -> Iterator[Mapping[str, Any]]:
        """Give expired items, from where the last sweep of the table stopped."""
        for _ in range(PAGES_PER_SWEEP):
            start = self._next_pages.pop(table, None)
            page = client.scan(
                TableName=table.name,
                Limit=ITEMS_PER_PAGE,
                **expired(table.attribute, time.time()),
                **({"ExclusiveStartKey": start} if start else {}),
            )
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            self._next_pages[table] = page["LastEvaluatedKey"]
            time.sleep(PAUSE_S)

    def _delete(self, client: Any, deletions: Deletions, deletion: Deletion) -> bool:
        """Remove an item, unless it has been given more time or is gone; return whether it was removed."""

        def delete() -> bool:
            try:
                client.delete_item(TableName=deletion.table, Key=deletion.key, **unchanged(deletion))
            except client.exceptions.ConditionalCheckFailedException:
                return False
            return True

        return deletions.perform(delete, deletion)

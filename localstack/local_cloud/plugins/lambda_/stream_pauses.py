"""The pause before a table's stream is asked again: until the table has changed, as dynoxide's server tells.

It stands for the event that ends a mapping's worker, in whose `wait` LocalStack pauses. It must not read the stream.
It must not ask for changes before the stream was read, since the engine may not have been started.
"""

import time
from collections.abc import Callable
from functools import wraps
from threading import Event
from typing import Any, Protocol

from requests import RequestException, Session

from local_cloud.plugins.dynamodb.dynoxide.changes import CHANGES, LONGEST_WAIT_S

REST_S = 0.05  # between two reads, so that not each of many changes has a call of its own; the first is read at once
LOOK_ANYWAY_S = 5
PATIENCE_S = LONGEST_WAIT_S + 5


class Changes(Protocol):
    """Waits for a table to change."""

    def wait(self) -> bool:
        """Return whether it may have changed since this returned last; soon, even if it has not.

        Raises:
            RequestException: nobody tells.
        """


class TableChanges:
    """Asks dynoxide's server whether a table has changed.

    Args:
        server: gives its address, without a slash at its end.
        table: the table's name.
    """

    def __init__(self, server: Callable[[], str], table: str) -> None:
        self._server, self._table, self._seen = server, table, ""
        self._session = Session()
        self._session.trust_env = False

    def wait(self) -> bool:
        """See `Changes`."""
        asked = {"table": self._table, "after": self._seen}
        answer = self._session.get(self._server() + CHANGES, params=asked, timeout=PATIENCE_S)
        answer.raise_for_status()
        changed, self._seen = answer.text != self._seen, answer.text
        return changed


class UntilChanged(Event):
    """Set when a mapping's worker is to end; until then its `wait` pauses for no longer than is needed.

    Args:
        poller: LocalStack's, of one table's stream; it is listened to.
        changes: of that table.
        interval_s: LocalStack's pause where nothing went wrong; what is longer is meant as it is.
    """

    def __init__(self, poller: Any, changes: Changes, interval_s: float) -> None:
        super().__init__()
        self._changes, self._interval_s = changes, interval_s
        self._records: int | None = None  # in the last answer; None where there was none
        self._read_at = 0.0
        poller.get_records = self._counting(poller.get_records)

    def wait(self, timeout: float | None = None) -> bool:
        """Pause; return whether the worker is to end."""
        records, self._records = self._records, None
        if timeout != self._interval_s or records is None:
            return super().wait(timeout)
        if records:  # there may be more
            return self._rest()
        return self._wait_for_change()

    def _rest(self) -> bool:
        return super().wait(max(0.0, self._read_at + REST_S - time.monotonic()))

    def _wait_for_change(self) -> bool:
        end = time.monotonic() + LOOK_ANYWAY_S
        try:
            while not (self.is_set() or self._changes.wait() or time.monotonic() > end):
                pass
        except RequestException:  # the engine is just being started again
            return super().wait(self._interval_s)
        return self._rest()

    def _counting(self, get_records: Callable[[str], Any]) -> Callable[[str], Any]:
        @wraps(get_records)
        def get_and_count(shard_iterator: str) -> Any:
            answer = get_records(shard_iterator)
            self._read_at = time.monotonic()
            self._records = len(answer.get("Records", ()))
            return answer

        return get_and_count

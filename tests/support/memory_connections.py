"""The connections' table in memory, and sockets that remember what they were told and can be made to fail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from chalicelib.realtime.model import Connection
from chalicelib.realtime.sockets import Outcome
from chalicelib.realtime.store import ConnectionStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True)
class MemoryConnections(ConnectionStore):
    """Connections by shop and listener."""

    table: "Table" = field(default=cast("Table", None), repr=False)
    rows: dict[tuple[str, str], Connection] = field(default_factory=dict)

    def add(self, connection: Connection) -> None:
        """Remember it."""
        self.rows[connection.event_id, connection.listener] = connection

    def listening(self, event_id: str, audience: str, now: int) -> list[Connection]:
        """Those that begin so and whose time is not over."""
        return [
            connection
            for (shop, listener), connection in sorted(self.rows.items())
            if shop == event_id and listener.startswith(audience) and connection.expires_at > now // 1000
        ]

    def forget(self, connections: Iterable[Connection]) -> None:
        """Remove them, as far as they are there."""
        for connection in connections:
            self.rows.pop((connection.event_id, connection.listener), None)

    def forget_id(self, connection_id: str) -> None:
        """Remove the one of that id."""
        self.forget([one for one in self.rows.values() if one.connection_id == connection_id])


@dataclass
class RecordingSockets:
    """Keeps who was told what.

    Attributes:
        told: connection ids and texts.
        gone: ids of connections that are closed.
        failing: ids of those that cannot be told.
    """

    told: list[tuple[str, str]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    failing: set[str] = field(default_factory=set)

    def tell(self, connections: Sequence[Connection], text: str) -> Outcome:
        """Remember the text for each that is open."""
        silent = self.gone | self.failing
        heard = [one for one in connections if one.connection_id not in silent]
        self.told += [(one.connection_id, text) for one in heard]
        failed = [ConnectionError(one.connection_id) for one in connections if one.connection_id in self.failing]
        return Outcome(len(heard), [one for one in connections if one.connection_id in self.gone], failed)


def connection(user_id: str = "u1", **changes: Any) -> Connection:
    """A customer's open connection to shop ABC, or another one."""
    usual = {"connection_id": f"socket-of-{user_id}", "event_id": "ABC", "user_id": user_id, "is_admin": False}
    return Connection(**{**usual, "endpoint": "https://api/api", "opened_at": 0, "expires_at": 2**40, **changes})

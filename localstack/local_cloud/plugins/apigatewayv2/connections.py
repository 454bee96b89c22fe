"""The connections that are open. Changed in Twisted's reactor thread only; `get` may be called from any."""

from collections.abc import Iterator

from local_cloud.plugins.apigatewayv2.connection import Connection
from local_cloud.plugins.apigatewayv2.farewell import GOING_AWAY


class Connections:
    """All open connections by their ids, which are unique over all APIs."""

    def __init__(self) -> None:
        self._by_id: dict[str, Connection] = {}

    def add(self, connection: Connection) -> None:
        """Make a connection known."""
        self._by_id[connection.facts.connection_id] = connection

    def discard(self, connection: Connection) -> None:
        """Forget a connection, if it is known."""
        self._by_id.pop(connection.facts.connection_id, None)

    def get(self, connection_id: str) -> Connection | None:
        """The connection of that id, unless it is being closed."""
        connection = self._by_id.get(connection_id)
        return connection if connection and not connection.closing else None

    def end(self, api_id: str | None = None, stage: str | None = None) -> None:
        """Close all connections, or those to an API, or to one of its stages."""
        for connection in list(self._to(api_id, stage)):
            connection.close(GOING_AWAY)

    def _to(self, api_id: str | None, stage: str | None) -> Iterator[Connection]:
        for connection in self._by_id.values():
            if api_id in (None, connection.facts.api_id) and stage in (None, connection.facts.stage):
                yield connection

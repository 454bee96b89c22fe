"""The connections' table: a row for each open WebSocket, found by shop and audience, gone by TTL at the latest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from boto3.dynamodb import conditions

from chalicelib import aws
from chalicelib.realtime.model import Connection
from chalicelib.settings import settings
from chalicelib.tables import Index, Key, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

BY_CONNECTION = "by-connection"

SHAPE = TableShape(
    "connections_table",
    partition=Key("eventId"),
    sort=Key("listener"),
    indexes=(Index(BY_CONNECTION, partition=Key("connectionId"), sort=Key("listener")),),
    expires="expiresAt",
)


@dataclass(frozen=True)
class ConnectionStore:
    """Connections in DynamoDB."""

    table: "Table"

    def add(self, connection: Connection) -> None:
        """Remember a connection; whoever asks from now on finds it."""
        self.table.put_item(
            Item={
                "eventId": connection.event_id,
                "listener": connection.listener,
                "connectionId": connection.connection_id,
                "userId": connection.user_id,
                "isAdmin": connection.is_admin,
                "endpoint": connection.endpoint,
                "openedAt": connection.opened_at,
                "expiresAt": connection.expires_at,
            }
        )

    def listening(self, event_id: str, audience: str, now: int) -> list[Connection]:
        """A shop's connections of one audience whose time is not over.

        Args:
            event_id: the shop.
            audience: what their `listener` begins with.
            now: ms since 1970. TTL takes its time, so rows may be there that are over.
        """
        mine = conditions.Key("eventId").eq(event_id) & conditions.Key("listener").begins_with(audience)
        query = {
            "TableName": self.table.name,
            "KeyConditionExpression": mine,
            "FilterExpression": conditions.Attr("expiresAt").gt(now // 1000),
            "ConsistentRead": True,
        }
        pages = self.table.meta.client.get_paginator("query").paginate(**query)  # type: ignore[arg-type]
        return [_to_connection(item) for page in pages for item in page["Items"]]

    def forget(self, connections: Iterable[Connection]) -> None:
        """Remove connections that are gone; one that is forgotten already is none the worse."""
        with self.table.batch_writer() as batch:
            for connection in connections:
                batch.delete_item(Key={"eventId": connection.event_id, "listener": connection.listener})

    def forget_id(self, connection_id: str) -> None:
        """Remove the connection of that id.

        The index may not know one yet that closes as soon as it opened. Its row goes when somebody speaks to it.
        """
        found = self.table.query(
            IndexName=BY_CONNECTION, KeyConditionExpression=conditions.Key("connectionId").eq(connection_id)
        )
        self.forget(_to_connection(item) for item in found["Items"])


def _to_connection(item: Mapping[str, Any]) -> Connection:
    return Connection(
        connection_id=item["connectionId"],
        event_id=item["eventId"],
        user_id=item["userId"],
        is_admin=item["isAdmin"],
        endpoint=item["endpoint"],
        opened_at=int(item["openedAt"]),
        expires_at=int(item["expiresAt"]),
    )


@cache
def connection_store() -> ConnectionStore:
    """The store of this process."""
    return ConnectionStore(aws.dynamodb().Table(settings().connections_table))

"""The bar's ends of the connections that pages hold open."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import boto3
from boto3.dynamodb.conditions import Key

from simulator.outputs import Outputs
from simulator.own_shop import app_settings

type Line = dict[str, Any]


@dataclass(frozen=True)
class Lines:
    """The open WebSocket connections, as whoever runs the bar sees them."""

    session: boto3.Session
    bar: Outputs

    def open_at(self, shop: str) -> list[Line]:
        """The rows of those that listen to the shop of that eventId."""
        dynamodb = self.session.resource("dynamodb", endpoint_url=self.bar.endpoint_url)
        of_shop = Key("eventId").eq(shop)
        rows = dynamodb.Table(app_settings().connections_table).query(
            KeyConditionExpression=of_shop, ConsistentRead=True
        )
        return rows["Items"]

    def close(self, line: Line) -> None:
        """Close a connection from the bar's side, as API Gateway does after two hours; one that is closed stays so."""
        gateway = self.session.client("apigatewaymanagementapi", endpoint_url=line["endpoint"])
        with suppress(gateway.exceptions.GoneException):
            gateway.delete_connection(ConnectionId=line["connectionId"])

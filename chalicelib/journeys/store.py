"""The journeys' table, one row per event of an order, and the bucket with the pages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from boto3.dynamodb import conditions

from chalicelib import aws
from chalicelib.journeys.model import Moment
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

SHAPE = TableShape("journeys_table", partition=Key("orderId"), sort=Key("moment"), expires="expiresAt")
KEEP_SECONDS = 30 * 24 * 60 * 60
URL_SECONDS = 60 * 60


@dataclass(frozen=True)
class JourneyStore:
    """Moments in DynamoDB, pages in S3."""

    table: "Table"
    s3: "S3Client"
    bucket: str

    def add(self, order_id: str, moment: Moment) -> None:
        """Keep an event; delivered or told again it is the same row. Two within a second are two rows (Q53)."""
        self.table.put_item(
            Item={
                "orderId": order_id,
                "moment": f"{moment.at:013d}#{moment.event_id}",
                "detailType": moment.detail_type,
                "detail": json.dumps(dict(moment.detail)),
                "expiresAt": moment.at // 1000 + KEEP_SECONDS,
            }
        )

    def moments(self, order_id: str) -> list[Moment]:
        """An order's events, first things first."""
        query = {"KeyConditionExpression": conditions.Key("orderId").eq(order_id), "ConsistentRead": True}
        answer = self.table.query(**query)  # type: ignore[arg-type]  # an order has a dozen events: always one page
        return [_to_moment(item) for item in answer["Items"]]

    def publish(self, order_id: str, page: str) -> str:
        """Put the page into the private bucket; gives a URL that opens it for an hour."""
        key = f"journeys/{order_id}.html"
        self.s3.put_object(
            Bucket=self.bucket,
            Key=key,
            Body=page.encode(),
            ContentType="text/html; charset=utf-8",
            CacheControl="no-cache",
        )
        place = {"Bucket": self.bucket, "Key": key}
        return self.s3.generate_presigned_url("get_object", Params=place, ExpiresIn=URL_SECONDS)


def _to_moment(item: Mapping[str, Any]) -> Moment:
    at, _, event_id = item["moment"].partition("#")
    return Moment(int(at), event_id, item["detailType"], json.loads(item["detail"]))


@cache
def journey_store() -> JourneyStore:
    """The store of this process."""
    return JourneyStore(
        aws.dynamodb().Table(settings().journeys_table), aws.s3(), aws.own_name(settings().journeys_bucket)
    )

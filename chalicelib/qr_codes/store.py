"""The QR codes' table: one row per shop and five-minute bucket, removed by TTL a day later.

A row counts what was spent, and the limit is the shop's: raised or lowered, it takes effect with the next scan.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib import aws
from chalicelib.errors import Conflict
from chalicelib.qr_codes.model import Bucket
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape
from chalicelib.transactions import Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("qr_codes_table", partition=Key("eventId"), sort=Key("bucketId", "N"), expires="expiresAt")


@dataclass(frozen=True)
class QrCodeStore:
    """Buckets in DynamoDB."""

    table: "Table"

    def find(self, event_id: str, bucket_ids: Iterable[int], limit: int) -> list[Bucket]:
        """Those of the buckets that exist, read consistently, each for as many orders as the shop allows now."""
        items = (self._get(event_id, bucket_id) for bucket_id in bucket_ids)
        return [to_bucket(item, limit) for item in items if item]

    def get_or_create(self, fresh: Bucket) -> Bucket:
        """The bucket as stored: the first one who asks creates it, everybody else gets the same (Q19)."""
        existing = self._get(fresh.event_id, fresh.bucket_id)
        if existing:
            return to_bucket(existing, fresh.limit)
        try:
            self.table.put_item(Item=to_item(fresh), ConditionExpression="attribute_not_exists(eventId)")
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            (stored,) = self.find(fresh.event_id, [fresh.bucket_id], fresh.limit)
            return stored
        return fresh

    def spend_drink(self, bucket: Bucket) -> Write:
        """Take one of the bucket's drinks; refused when it made as many orders as its limit allows (Q20)."""
        update = self._spend(bucket.event_id, bucket.bucket_id, 1, "spentTokens < :bound", bucket.limit)
        refusal = Conflict("all drinks of this code are taken; wait for the next code", "NoTokensRemaining")
        return Write({"Update": update}, lambda _: refusal)

    def refund_drink(self, event_id: str, bucket_id: int) -> Write:
        """Put a drink back that nobody got; refused where none is spent, which would sell one too many."""
        update = self._spend(event_id, bucket_id, -1, "spentTokens > :bound", 0)
        return Write({"Update": update}, lambda row: none_spent(event_id, bucket_id, is_there=row is not None))

    def _spend(self, event_id: str, bucket_id: int, drinks: int, condition: str, bound: int) -> dict[str, Any]:
        return {
            "TableName": self.table.name,
            "Key": {"eventId": event_id, "bucketId": bucket_id},
            "UpdateExpression": "ADD spentTokens :drinks",
            "ConditionExpression": condition,
            "ExpressionAttributeValues": {":drinks": drinks, ":bound": bound},
        }

    def _get(self, event_id: str, bucket_id: int) -> dict[str, Any] | None:
        answer = self.table.get_item(Key={"eventId": event_id, "bucketId": bucket_id}, ConsistentRead=True)
        return answer.get("Item")


def none_spent(event_id: str, bucket_id: int, *, is_there: bool) -> LookupError:
    """The refusal of a refund."""
    return LookupError(f"bucket {event_id}/{bucket_id} {'has no drink to give back' if is_there else 'is gone'}")


def to_item(bucket: Bucket) -> dict[str, Any]:
    """The bucket as a row, without the limit, which is the shop's."""
    return {
        "eventId": bucket.event_id,
        "bucketId": bucket.bucket_id,
        "code": bucket.code,
        "spentTokens": bucket.spent,
        "expiresAt": bucket.expires_at,
    }


def to_bucket(item: Mapping[str, Any], limit: int) -> Bucket:
    """The bucket from its row, with the shop's limit."""
    # A row of an earlier release counted otherwise: it sells nothing for the rest of its five minutes.
    spent = int(item.get("spentTokens", limit))
    return Bucket(item["eventId"], int(item["bucketId"]), item["code"], limit, spent)


@cache
def qr_code_store() -> QrCodeStore:
    """The store of this process."""
    return QrCodeStore(aws.dynamodb().Table(settings().qr_codes_table))

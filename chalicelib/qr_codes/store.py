"""The QR codes' table: one row per shop and five-minute bucket, removed by TTL a day later."""

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

    def find(self, event_id: str, bucket_ids: Iterable[int]) -> list[Bucket]:
        """Those of the buckets that exist, read consistently."""
        items = (self._get(event_id, bucket_id) for bucket_id in bucket_ids)
        return [to_bucket(item) for item in items if item]

    def get_or_create(self, fresh: Bucket) -> Bucket:
        """The bucket as stored: the first one who asks creates it, everybody else gets the same (Q19)."""
        existing = self._get(fresh.event_id, fresh.bucket_id)
        if existing:
            return to_bucket(existing)
        try:
            self.table.put_item(Item=to_item(fresh), ConditionExpression="attribute_not_exists(eventId)")
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            (stored,) = self.find(fresh.event_id, [fresh.bucket_id])
            return stored
        return fresh

    def spend_token(self, bucket: Bucket) -> Write:
        """Take one of the bucket's tokens; refused when none is left (Q20)."""
        update = self._change_tokens(bucket.event_id, bucket.bucket_id, "availableTokens > :none", -1, {":none": 0})
        refusal = Conflict("all drinks of this code are taken; wait for the next code", "NoTokensRemaining")
        return Write({"Update": update}, lambda _: refusal)

    def refund_token(self, event_id: str, bucket_id: int) -> Write:
        """Put a token back that bought nothing."""
        update = self._change_tokens(event_id, bucket_id, "attribute_exists(eventId)", 1, {})
        return Write({"Update": update}, lambda _: LookupError(f"bucket {event_id}/{bucket_id} is gone"))

    def _change_tokens(
        self, event_id: str, bucket_id: int, condition: str, change: int, values: Mapping[str, int]
    ) -> dict[str, Any]:
        return {
            "TableName": self.table.name,
            "Key": {"eventId": event_id, "bucketId": bucket_id},
            "UpdateExpression": "ADD availableTokens :change",
            "ConditionExpression": condition,
            "ExpressionAttributeValues": {":change": change, **values},
        }

    def _get(self, event_id: str, bucket_id: int) -> dict[str, Any] | None:
        answer = self.table.get_item(Key={"eventId": event_id, "bucketId": bucket_id}, ConsistentRead=True)
        return answer.get("Item")


def to_item(bucket: Bucket) -> dict[str, Any]:
    """The bucket as a row."""
    return {
        "eventId": bucket.event_id,
        "bucketId": bucket.bucket_id,
        "code": bucket.code,
        "availableTokens": bucket.available_tokens,
        "expiresAt": bucket.expires_at,
    }


def to_bucket(item: Mapping[str, Any]) -> Bucket:
    """The bucket from its row."""
    return Bucket(item["eventId"], int(item["bucketId"]), item["code"], int(item["availableTokens"]))


@cache
def qr_code_store() -> QrCodeStore:
    """The store of this process."""
    return QrCodeStore(aws.dynamodb().Table(settings().qr_codes_table))

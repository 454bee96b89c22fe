"""The sign-ins' table: one row per code that was sent and not yet answered rightly, removed by TTL.

A code's row is at its place, of which a user has ten: the place is the row's sort key, so no two codes have the same.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from boto3.dynamodb import conditions

from chalicelib import aws
from chalicelib.identity.sign_in import MOST_ANSWERS, PLACES, WINDOW_MS, SignInCode, place_of
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("sign_ins_table", partition=Key("userName"), sort=Key("codeId"), expires="expiresAt")
IS_FREE = "attribute_not_exists(codeId) OR sentTs <= :windowBegan"


@dataclass(frozen=True)
class SignInStore:
    """Codes in DynamoDB."""

    table: "Table"

    def add(self, code: SignInCode) -> bool:
        """Remember a code that is about to be sent, at its place; False where the place is taken."""
        try:
            self.table.put_item(
                Item=to_item(code),
                ConditionExpression=IS_FREE,
                ExpressionAttributeValues={":windowBegan": code.sent_ts - WINDOW_MS},
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def free_places(self, user_name: str, now: int) -> list[str]:
        """The places without a code that was sent to this user within the window and not answered rightly."""
        answer = self.table.query(
            KeyConditionExpression=conditions.Key("userName").eq(user_name),
            FilterExpression=conditions.Attr("sentTs").gt(now - WINDOW_MS),
            ProjectionExpression="codeId",
            ConsistentRead=True,
        )
        taken = {item["codeId"] for item in answer["Items"]}
        return [place for place in PLACES if place not in taken]

    def count_answer(self, user_name: str, code_id: str, now: int) -> SignInCode | None:
        """Count one more answer; gives the code it is about, or None where none is acceptable any more.

        Counting comes before comparing, so that any number of answers at the same time are three at most.
        """
        try:
            row = self.table.update_item(
                Key={"userName": user_name, "codeId": place_of(code_id)},
                UpdateExpression="ADD answers :one",
                ConditionExpression="id = :id AND answers < :most AND diesTs >= :now",
                ExpressionAttributeValues={":id": code_id, ":one": 1, ":most": MOST_ANSWERS, ":now": now},
                ReturnValues="ALL_NEW",
            )["Attributes"]
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return None
        return SignInCode(user_name, code_id, str(row["digest"]), int(cast("int", row["sentTs"])))

    def spend(self, user_name: str, code_id: str) -> bool:
        """Use the code up, which makes its place free; False where somebody did already."""
        try:
            self.table.delete_item(
                Key={"userName": user_name, "codeId": place_of(code_id)},
                ConditionExpression="id = :id",
                ExpressionAttributeValues={":id": code_id},
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def to_item(code: SignInCode) -> dict[str, Any]:
    """The code as a row at its place, not answered yet."""
    return {
        "userName": code.user_name,
        "codeId": code.place,
        "id": code.code_id,
        "digest": code.digest,
        "sentTs": code.sent_ts,
        "diesTs": code.dies_ts,
        "answers": 0,
        "expiresAt": code.expires_at,
    }


@cache
def sign_in_store() -> SignInStore:
    """The store of this process."""
    return SignInStore(aws.dynamodb().Table(settings().sign_ins_table))

"""The sign-ins' table: one row per code that was sent and not yet answered rightly, removed by TTL."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from boto3.dynamodb import conditions

from chalicelib import aws
from chalicelib.identity.sign_in import MOST_ANSWERS, WINDOW_MS, SignInCode
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("sign_ins_table", partition=Key("userName"), sort=Key("codeId"), expires="expiresAt")


@dataclass(frozen=True)
class SignInStore:
    """Codes in DynamoDB."""

    table: "Table"

    def add(self, code: SignInCode) -> None:
        """Remember a code that is about to be sent."""
        self.table.put_item(
            Item={
                "userName": code.user_name,
                "codeId": code.code_id,
                "digest": code.digest,
                "sentTs": code.sent_ts,
                "diesTs": code.dies_ts,
                "answers": 0,
                "expiresAt": code.expires_at,
            }
        )

    def unanswered(self, user_name: str, now: int) -> int:
        """How many codes went to this user within the window and were not answered rightly."""
        answer = self.table.query(
            KeyConditionExpression=conditions.Key("userName").eq(user_name),
            FilterExpression=conditions.Attr("sentTs").gt(now - WINDOW_MS),
            Select="COUNT",
            ConsistentRead=True,
        )
        return answer["Count"]

    def count_answer(self, user_name: str, code_id: str, now: int) -> SignInCode | None:
        """Count one more answer; gives the code it is about, or None where none is acceptable any more.

        Counting comes before comparing, so that any number of answers at the same time are three at most.
        """
        try:
            row = self.table.update_item(
                Key={"userName": user_name, "codeId": code_id},
                UpdateExpression="ADD answers :one",
                ConditionExpression="answers < :most AND diesTs >= :now",
                ExpressionAttributeValues={":one": 1, ":most": MOST_ANSWERS, ":now": now},
                ReturnValues="ALL_NEW",
            )["Attributes"]
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return None
        return SignInCode(user_name, code_id, str(row["digest"]), int(cast("int", row["sentTs"])))

    def spend(self, user_name: str, code_id: str) -> bool:
        """Use the code up; False where somebody did already."""
        # Conditional: of several plain deletions at once, DynamoDB Local tells more than one that the row was there.
        try:
            self.table.delete_item(
                Key={"userName": user_name, "codeId": code_id}, ConditionExpression="attribute_exists(codeId)"
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


@cache
def sign_in_store() -> SignInStore:
    """The store of this process."""
    return SignInStore(aws.dynamodb().Table(settings().sign_ins_table))

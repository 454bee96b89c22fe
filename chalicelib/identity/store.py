"""The sign-ins' table: one row per code that was sent and not yet answered rightly, and one for a day's wrong answers.

A code's row is at its place, of which a user has ten: the place is the row's sort key, so no two codes have the same.
TTL removes what is over.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from boto3.dynamodb import conditions

from chalicelib import aws
from chalicelib.identity.sign_in import (
    CODE_LIFE_MS,
    DAY_MS,
    MOST_ANSWERS,
    MOST_WRONG_A_DAY,
    PLACES,
    SignInCode,
    day_of,
    place_of,
)
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("sign_ins_table", partition=Key("userName"), sort=Key("codeId"), expires="expiresAt")
IS_FREE = "attribute_not_exists(codeId) OR sentTs <= :lifeBegan"


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
                ExpressionAttributeValues={":lifeBegan": code.sent_ts - CODE_LIFE_MS},
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def free_places(self, user_name: str, now: int) -> list[str]:
        """The places without a code that was sent to this user, lives and was not answered rightly."""
        taken = {item["codeId"] for item in self._living(user_name, now)}
        return [place for place in PLACES if place not in taken]

    def newest(self, user_name: str, now: int) -> str | None:
        """The id of the living code that was sent last and may still be answered."""
        open_to_answers = [item for item in self._living(user_name, now) if item["answers"] < MOST_ANSWERS]
        newest = max(open_to_answers, key=lambda item: item["sentTs"], default=None)
        return str(newest["id"]) if newest else None

    def _living(self, user_name: str, now: int) -> list[dict[str, Any]]:
        answer = self.table.query(
            KeyConditionExpression=conditions.Key("userName").eq(user_name),
            FilterExpression=conditions.Attr("sentTs").gt(now - CODE_LIFE_MS),
            ConsistentRead=True,
        )
        return list(answer["Items"])

    def may_guess(self, user_name: str, now: int) -> bool:
        """Whether any answer would be looked at today."""
        day = conditions.Key("userName").eq(user_name) & conditions.Key("codeId").eq(day_of(now))
        rows = self.table.query(KeyConditionExpression=day, ConsistentRead=True)["Items"]
        return all(cast("int", row["wrong"]) < MOST_WRONG_A_DAY for row in rows)

    def count_guess(self, user_name: str, now: int) -> bool:
        """Count an answer as wrong before anybody compares; False where too many were today."""
        try:
            self.table.update_item(
                Key={"userName": user_name, "codeId": day_of(now)},
                UpdateExpression="ADD wrong :one SET expiresAt = :tomorrow",
                ConditionExpression="attribute_not_exists(wrong) OR wrong < :most",
                ExpressionAttributeValues={
                    ":one": 1,
                    ":most": MOST_WRONG_A_DAY,
                    ":tomorrow": (now // DAY_MS + 1) * DAY_MS // 1000 + 1,
                },
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def forgive_guess(self, user_name: str, now: int) -> None:
        """Count a right answer as none."""
        self.table.update_item(
            Key={"userName": user_name, "codeId": day_of(now)},
            UpdateExpression="ADD wrong :less",
            ExpressionAttributeValues={":less": -1},
        )

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

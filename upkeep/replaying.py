"""Doing again what a dead letter is about. A call or a start that fails once more comes back as a letter by itself.

A stream's batch does not: whoever replays it waits for the answer, and keeps the letter unless every record was taken.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, assert_never

from upkeep.dead_letter import Batch, Call, Start, Unknown, Work

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_dynamodbstreams.type_defs import RecordTypeDef
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_stepfunctions import SFNClient


MOST_PAGES = 100  # an answer may be empty although records follow; a batch has a hundred of them at most


class NotDone(Exception):
    """It cannot be done again, or failed once more; the message says why."""


@dataclass(frozen=True)
class Again:
    """Does work again."""

    functions: "LambdaClient"
    executions: "SFNClient"
    streams: "DynamoDBStreamsClient"

    def do(self, work: Work) -> None:
        """Do it again.

        Raises:
            NotDone: it is nothing that can be done again, the stream has forgotten its records, or the function could
                not take each of them.
        """
        match work:
            case Call():
                self._call(work.function, work.event)
            case Start():
                self.executions.start_execution(stateMachineArn=work.state_machine, input=json.dumps(work.event))
            case Batch():
                self._hand_over(work.function, [_as_event(one, work.stream) for one in self._records(work)])
            case Unknown():
                raise NotDone("nobody knows how to do this again")
            case never:
                assert_never(never)

    def _call(self, function: str, event: Any) -> None:
        self.functions.invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(event))

    def _hand_over(self, function: str, records: list[dict[str, Any]]) -> None:
        payload = json.dumps({"Records": records})
        answer = self.functions.invoke(FunctionName=function, InvocationType="RequestResponse", Payload=payload)
        said = json.load(answer["Payload"]) or {}
        if answer.get("FunctionError"):
            raise NotDone(f"failed once more: {said.get('errorMessage', 'the function does not say why')}")
        if failed := said.get("batchItemFailures"):
            raise NotDone(f"{len(failed)} of {len(records)} records failed once more")

    def _records(self, batch: Batch) -> "list[RecordTypeDef]":
        records: list[RecordTypeDef] = []
        try:
            for page in islice(self._pages(batch), MOST_PAGES):
                records += (record for record in page if _number(record) <= int(batch.last))
                if records and _number(records[-1]) == int(batch.last):
                    return records
        except (
            self.streams.exceptions.TrimmedDataAccessException,
            self.streams.exceptions.ResourceNotFoundException,
        ) as error:
            raise NotDone("the stream keeps records for a day only, and these are older") from error
        raise NotDone("the stream does not give all of its records")

    def _pages(self, batch: Batch) -> "Iterator[list[RecordTypeDef]]":
        iterator: str | None = self.streams.get_shard_iterator(
            StreamArn=batch.stream,
            ShardId=batch.shard,
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=batch.first,
        )["ShardIterator"]
        while iterator:
            answer = self.streams.get_records(ShardIterator=iterator)
            yield answer["Records"]
            iterator = answer.get("NextShardIterator")


def _number(record: "RecordTypeDef") -> int:
    return int(record["dynamodb"]["SequenceNumber"])


def _as_event(record: "RecordTypeDef", stream: str) -> dict[str, Any]:
    """The record as Lambda hands it to a function: times as seconds, and the stream's ARN beside."""
    change = dict(record["dynamodb"])
    change["ApproximateCreationDateTime"] = record["dynamodb"]["ApproximateCreationDateTime"].timestamp()
    return {**record, "dynamodb": change, "eventSourceARN": stream}

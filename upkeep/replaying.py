"""Doing again what a dead letter is about. What fails once more comes back as a letter by itself."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from upkeep.dead_letter import Batch, Call, Start, Unknown, Work

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_dynamodbstreams.type_defs import RecordTypeDef
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_stepfunctions import SFNClient


class NotDone(Exception):
    """It cannot be done again; the message says why."""


@dataclass(frozen=True)
class Again:
    """Does work again."""

    functions: "LambdaClient"
    executions: "SFNClient"
    streams: "DynamoDBStreamsClient"

    def do(self, work: Work) -> None:
        """Do it again.

        Raises:
            NotDone: it is nothing that can be done again, or the stream has forgotten its records.
        """
        match work:
            case Call():
                self._call(work.function, work.event)
            case Start():
                self.executions.start_execution(stateMachineArn=work.state_machine, input=json.dumps(work.event))
            case Batch():
                self._call(work.function, {"Records": [_as_event(one, work.stream) for one in self._records(work)]})
            case Unknown():
                raise NotDone("nobody knows how to do this again")
            case never:
                assert_never(never)

    def _call(self, function: str, event: Any) -> None:
        self.functions.invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(event))

    def _records(self, batch: Batch) -> "list[RecordTypeDef]":
        try:
            iterator = self.streams.get_shard_iterator(
                StreamArn=batch.stream,
                ShardId=batch.shard,
                ShardIteratorType="AT_SEQUENCE_NUMBER",
                SequenceNumber=batch.first,
            )["ShardIterator"]
            records = self.streams.get_records(ShardIterator=iterator)["Records"]
        except (
            self.streams.exceptions.TrimmedDataAccessException,
            self.streams.exceptions.ResourceNotFoundException,
        ) as error:
            raise NotDone("the stream keeps records for a day only, and these are older") from error
        return [record for record in records if int(record["dynamodb"]["SequenceNumber"]) <= int(batch.last)]


def _as_event(record: "RecordTypeDef", stream: str) -> dict[str, Any]:
    """The record as Lambda hands it to a function: times as seconds, and the stream's ARN beside."""
    change = dict(record["dynamodb"])
    change["ApproximateCreationDateTime"] = record["dynamodb"]["ApproximateCreationDateTime"].timestamp()
    return {**record, "dynamodb": change, "eventSourceARN": stream}

"""A mapping reads each record of a DynamoDB stream once, in order, whatever becomes of shards and of the mapping."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud
from tenacity import retry, stop_after_delay, wait_fixed

# A stream of shards, in each a list of sequence numbers; all but the last are closed. Iterators are "shard/next".
STREAM = """
import json, sys
from local_cloud.plugins.lambda_ import stream_checkpoints
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.lambda_.event_source_mapping.pollers.dynamodb_poller import DynamoDBPoller
from localstack.services.lambda_.event_source_mapping.pollers.poller import EmptyPollResultsException

ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/x"

class Trimmed(Exception): ...
class Expired(Exception): ...

class Stream:
    shards = {}
    trimmed = False
    exceptions = type("Exceptions", (), {"TrimmedDataAccessException": Trimmed, "ExpiredIteratorException": Expired})
    expired = set()

    def describe_stream(self, StreamArn, ExclusiveStartShardId=None):
        ids = list(self.shards)
        at = ids.index(ExclusiveStartShardId) + 1 if ExclusiveStartShardId else 0
        shard = {"ShardId": ids[at], **({"ParentShardId": ids[at - 1]} if at else {})}
        more = {"LastEvaluatedShardId": ids[at]} if ids[at + 1:] else {}
        return {"StreamDescription": {"StreamStatus": "ENABLED", "Shards": [shard], **more}}

    def get_shard_iterator(self, StreamArn, ShardId, ShardIteratorType, SequenceNumber=None):
        if SequenceNumber and self.trimmed:
            raise Trimmed
        numbers = self.shards[ShardId]
        start = {"TRIM_HORIZON": 0, "LATEST": len(numbers)}.get(ShardIteratorType)
        return {"ShardIterator": f"{ShardId}/{numbers.index(SequenceNumber) + 1 if SequenceNumber else start}"}

    def get_records(self, ShardIterator, Limit):
        if ShardIterator in self.expired:
            self.expired.clear()
            raise Expired
        shard, at = ShardIterator.split("/")
        numbers = self.shards[shard][int(at):][:Limit]
        closed = shard != list(self.shards)[-1]
        following = f"{shard}/{int(at) + len(numbers)}"
        ended = closed and int(at) + len(numbers) == len(self.shards[shard])
        records = [{"eventID": n, "eventName": "MODIFY", "dynamodb": {"SequenceNumber": n}} for n in numbers]
        return {"Records": records, **({} if ended else {"NextShardIterator": following})}

class Processor:
    def process_events_batch(self, events):
        told.extend(event["dynamodb"]["SequenceNumber"] for event in events)

def mapping(start="TRIM_HORIZON", uuid="mapping"):
    parameters = {"DynamoDBStreamParameters": {"StartingPosition": start, "BatchSize": 2}}
    return DynamoDBPoller(ARN, parameters, stream, Processor(), esm_uuid=uuid)

def poll(poller, times=12):
    for _ in range(times):
        poller.poll_events()

answers = {}
for name, story in json.load(sys.stdin).items():
    stream_checkpoints.keep_stream_positions()
    REPLACEMENTS[-2].apply(), REPLACEMENTS[-1].apply()
    stream, told = Stream(), []
    exec(story)
    answers[name] = told
print(json.dumps(answers))
"""


# What becomes of a stream, and what the function is told.
STORIES = {
    "a shard was closed": """
stream.shards = {"a": ["1", "2", "3"]}
poller = mapping()
poll(poller)
stream.shards["b"] = ["4", "5"]
poll(poller)
""",
    "there were several shards from the beginning": """
stream.shards = {"a": ["1", "2", "3"], "b": [], "c": ["4", "5"]}
poll(mapping())
""",
    "an iterator expired": """
stream.shards = {"a": ["1", "2", "3"]}
poller = mapping()
poll(poller)
stream.expired = set(poller.shards.values())
stream.shards["a"] += ["4", "5"]
poll(poller)
""",
    "the mapping was changed": """
stream.shards = {"a": ["1", "2", "3"]}
poll(mapping())
stream.shards["a"] += ["4", "5"]
poll(mapping())
""",
    "the mapping starts at the end and a shard came later": """
stream.shards = {"a": ["0"]}
poller = mapping("LATEST")
poll(poller)
stream.shards["b"] = ["1", "2", "3", "4", "5"]
poll(poller)
""",
    "its position is too old": """
stream.shards = {"a": ["1", "2", "3"]}
poll(mapping())
stream.shards, stream.trimmed = {"a": ["4", "5"]}, True
poll(mapping())
""",
    "another mapping reads it too": """
stream.shards = {"a": ["1", "2", "3", "4", "5"]}
poll(mapping())
told.clear()
poll(mapping(uuid="other"))
""",
}


@pytest.fixture(scope="module")
def told(cloud: Cloud) -> dict[str, list[str]]:
    """What the function was told in each story; one process for all, since it takes seconds to start."""
    command = [cloud.localstack_python, "-I", "-c", STREAM]
    done = subprocess.run(command, input=json.dumps(STORIES), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return answers


@pytest.mark.parametrize("story", STORIES)
def test_every_record_is_told_once_and_in_order_though(told: dict[str, list[str]], story: str) -> None:
    assert told[story] == ["1", "2", "3", "4", "5"]


SENDS_ON = """
import boto3, os
def handler(event, context):
    for record in event["Records"]:
        name = record["dynamodb"]["Keys"]["id"]["S"]
        boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE"], MessageBody=name)
"""


@pytest.fixture
def queue(cloud: Cloud) -> Iterator[str]:
    sqs = cloud.client("sqs")
    url: str = sqs.create_queue(QueueName=f"told-{uuid4().hex[:8]}")["QueueUrl"]
    yield url
    sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def table(cloud: Cloud) -> Iterator[dict[str, Any]]:
    dynamodb = cloud.client("dynamodb")
    made = dynamodb.create_table(
        TableName=f"told-{uuid4().hex[:8]}",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )["TableDescription"]
    yield made
    dynamodb.delete_table(TableName=made["TableName"])


@pytest.fixture
def mapping(cloud: Cloud, queue: str, table: dict[str, Any]) -> Iterator[str]:
    lambda_ = cloud.client("lambda")
    function = cloud.create_function(SENDS_ON, {"QUEUE": queue})
    stream = table["LatestStreamArn"]
    made = lambda_.create_event_source_mapping(
        FunctionName=function, EventSourceArn=stream, StartingPosition="TRIM_HORIZON"
    )
    yield made["UUID"]
    lambda_.delete_event_source_mapping(UUID=made["UUID"])
    lambda_.delete_function(FunctionName=function)


def test_a_changed_mapping_tells_nothing_again(cloud: Cloud, queue: str, table: dict[str, Any], mapping: str) -> None:
    dynamodb, lambda_, sqs = cloud.client("dynamodb"), cloud.client("lambda"), cloud.client("sqs")
    heard: list[str] = []

    @retry(wait=wait_fixed(0), stop=stop_after_delay(60), reraise=True)
    def hear(wanted: str) -> None:
        messages = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", [])
        heard.extend(message["Body"] for message in messages)
        assert wanted in heard

    dynamodb.put_item(TableName=table["TableName"], Item={"id": {"S": "before"}})
    hear("before")
    lambda_.update_event_source_mapping(UUID=mapping, BatchSize=5)
    dynamodb.put_item(TableName=table["TableName"], Item={"id": {"S": "after"}})
    hear("after")
    assert sorted(heard) == ["after", "before"]

"""Streams take records and give them to readers and to the functions that are mapped to them."""

import contextlib
import json
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError
from local_cloud.testing import Cloud
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

HAND_ON = """
import base64, json, os, boto3
def handler(event, context):
    queue = boto3.client("sqs")
    for record in event["Records"]:
        data = base64.b64decode(record["kinesis"]["data"]).decode()
        if data == "bad":
            raise ValueError(data)
        body = json.dumps([data, record["kinesis"]["partitionKey"], record["eventSource"], record["eventSourceARN"]])
        queue.send_message(QueueUrl=os.environ["QUEUE"], MessageBody=body)
"""


@pytest.fixture
def stream(cloud: Cloud) -> Iterator[str]:
    """Give the name of a new stream of two shards."""
    client = cloud.client("kinesis")
    name = f"stream-{uuid.uuid4()}"
    client.create_stream(StreamName=name, ShardCount=2)
    client.get_waiter("stream_exists").wait(StreamName=name, WaiterConfig={"Delay": 1})
    yield name
    client.delete_stream(StreamName=name)


def arn_of(cloud: Cloud, stream: str) -> str:
    summary = cloud.client("kinesis").describe_stream_summary(StreamName=stream)["StreamDescriptionSummary"]
    return str(summary["StreamARN"])


def records_in(cloud: Cloud, how: str = "TRIM_HORIZON", **stream: str) -> list[dict[str, Any]]:
    client = cloud.client("kinesis")
    found = []
    for shard in client.list_shards(**stream)["Shards"]:
        iterator = client.get_shard_iterator(ShardId=shard["ShardId"], ShardIteratorType=how, **stream)
        found += client.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
    return found


@pytest.mark.parametrize("by", ["StreamName", "StreamARN"])
def test_records_are_read_in_the_order_of_their_key(cloud: Cloud, stream: str, by: str) -> None:
    address = {by: stream if by == "StreamName" else arn_of(cloud, stream)}
    client = cloud.client("kinesis")
    for number in range(3):
        client.put_record(Data=b"\xff%d" % number, PartitionKey="till", **address)
    sent = client.put_records(Records=[{"Data": b"last", "PartitionKey": "till"}], **address)
    assert sent["FailedRecordCount"] == 0
    assert [record["Data"] for record in records_in(cloud, **address)] == [b"\xff0", b"\xff1", b"\xff2", b"last"]


def test_a_reader_who_begins_at_the_end_gets_what_comes_later(cloud: Cloud, stream: str) -> None:
    client = cloud.client("kinesis")
    client.put_record(StreamName=stream, Data=b"before", PartitionKey="till", ExplicitHashKey="0")
    iterator = client.get_shard_iterator(StreamName=stream, ShardId="shardId-000000000000", ShardIteratorType="LATEST")[
        "ShardIterator"
    ]
    client.put_record(StreamName=stream, Data=b"after", PartitionKey="till", ExplicitHashKey="0")
    answer = client.get_records(ShardIterator=iterator)
    assert [record["Data"] for record in answer["Records"]] == [b"after"]
    assert client.get_records(ShardIterator=answer["NextShardIterator"])["Records"] == []


def test_nothing_is_lost_when_many_write_and_read_at_once(cloud: Cloud, stream: str) -> None:
    client = cloud.client("kinesis")

    def put(number: int) -> None:
        client.put_record(StreamName=stream, Data=str(number).encode(), PartitionKey=str(number))
        records_in(cloud, StreamName=stream)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(40)))
    found = records_in(cloud, StreamName=stream)
    assert sorted(int(record["Data"]) for record in found) == list(range(40))
    assert len({(record["SequenceNumber"], record["Data"]) for record in found}) == 40


def test_a_missing_stream_is_told_as_such(cloud: Cloud) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        cloud.client("kinesis").put_record(StreamName="missing", Data=b"", PartitionKey="till")


@pytest.mark.parametrize(
    ("operation", "arguments", "told"),
    [
        ("update_shard_count", {"TargetShardCount": 4, "ScalingType": "UNIFORM_SCALING"}, "as many as it needs"),
        ("register_stream_consumer", {"ConsumerName": "any"}, "no enhanced fan-out"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do_instead(
    cloud: Cloud, stream: str, operation: str, arguments: dict[str, Any], told: str
) -> None:
    by_arn = operation == "register_stream_consumer"
    address = {"StreamARN": arn_of(cloud, stream)} if by_arn else {"StreamName": stream}
    with pytest.raises(ClientError, match=told):
        getattr(cloud.client("kinesis"), operation)(**address, **arguments)


class Mapped:
    """A function that hands on to a queue what a stream brings it."""

    def __init__(self, cloud: Cloud, stream: str, **settings: Any) -> None:
        self.queue = cloud.client("sqs")
        self.url = self.queue.create_queue(QueueName=f"queue-{uuid.uuid4()}")["QueueUrl"]
        self.arn = arn_of(cloud, stream)
        self.lambda_ = cloud.client("lambda")
        function = cloud.create_function(HAND_ON, {"QUEUE": self.url})
        mapping = self.lambda_.create_event_source_mapping(FunctionName=function, EventSourceArn=self.arn, **settings)
        self.uuid = mapping["UUID"]
        self._wait_until_enabled()

    def remove(self) -> None:
        """Let nobody ask a stream that is about to go."""
        self.lambda_.delete_event_source_mapping(UUID=self.uuid)

    @retry(retry=retry_if_result(lambda state: state != "Enabled"), wait=wait_fixed(0.1), stop=stop_after_delay(60))
    def _wait_until_enabled(self) -> str:
        return str(self.lambda_.get_event_source_mapping(UUID=self.uuid)["State"])

    def heard(self, count: int) -> list[list[str]]:
        """Return what was handed on, in its order, once it is so much."""
        found: list[list[str]] = []

        @retry(retry=retry_if_result(lambda _: len(found) < count), wait=wait_fixed(0.1), stop=stop_after_delay(60))
        def look() -> None:
            answer = self.queue.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10)
            found.extend(json.loads(message["Body"]) for message in answer.get("Messages", ()))

        look()
        return found


@pytest.fixture
def mapped(cloud: Cloud, stream: str) -> Iterator[Callable[..., Mapped]]:
    """Give what maps the stream to a function, with settings of the mapping."""
    with contextlib.ExitStack() as cleanup:

        def made(**settings: Any) -> Mapped:
            mapping = Mapped(cloud, stream, **settings)
            cleanup.callback(mapping.remove)
            return mapping

        yield made


def test_a_mapping_brings_a_function_what_is_there_already_and_what_comes(
    cloud: Cloud, stream: str, mapped: Callable[..., Mapped]
) -> None:
    client = cloud.client("kinesis")
    client.put_record(StreamName=stream, Data="twö".encode(), PartitionKey="till")
    mapping = mapped(StartingPosition="TRIM_HORIZON")
    client.put_record(StreamName=stream, Data=b"three", PartitionKey="door")
    heard = [["twö", "till", "aws:kinesis", mapping.arn], ["three", "door", "aws:kinesis", mapping.arn]]
    assert sorted(mapping.heard(2)) == sorted(heard)


def test_a_mapping_that_begins_at_the_end_brings_only_what_comes(
    cloud: Cloud, stream: str, mapped: Callable[..., Mapped]
) -> None:
    client = cloud.client("kinesis")
    client.put_record(StreamName=stream, Data=b"before", PartitionKey="till")
    mapping = mapped(StartingPosition="LATEST")

    @retry(retry=retry_if_result(lambda heard: not heard), wait=wait_fixed(0.2), stop=stop_after_delay(60))
    def heard_after_the_mapping_reads() -> list[list[str]]:
        client.put_record(StreamName=stream, Data=b"after", PartitionKey="till")
        return mapping.heard(0)

    assert {record[0] for record in heard_after_the_mapping_reads()} == {"after"}


def test_a_record_that_a_function_fails_on_is_given_up_and_told_and_the_others_arrive(
    cloud: Cloud, stream: str, mapped: Callable[..., Mapped]
) -> None:
    failures = cloud.client("sqs").create_queue(QueueName=f"failures-{uuid.uuid4()}")["QueueUrl"]
    queue_arn = cloud.client("sqs").get_queue_attributes(QueueUrl=failures, AttributeNames=["QueueArn"])
    mapping = mapped(
        StartingPosition="TRIM_HORIZON",
        MaximumRetryAttempts=1,
        BatchSize=1,
        DestinationConfig={"OnFailure": {"Destination": queue_arn["Attributes"]["QueueArn"]}},
    )
    for data in (b"bad", b"good"):
        cloud.client("kinesis").put_record(StreamName=stream, Data=data, PartitionKey="till")
    assert [record[0] for record in mapping.heard(1)] == ["good"]
    [message] = cloud.client("sqs").receive_message(QueueUrl=failures, WaitTimeSeconds=20)["Messages"]
    assert json.loads(message["Body"])["KinesisBatchInfo"]["streamArn"] == mapping.arn


def cbor(value: dict[str, str | bytes]) -> bytes:
    """Encode what is shorter than 256 bytes each, as RFC 8949 has it."""
    parts = [bytes([0xA0 + len(value)])]
    for part in (part for pair in value.items() for part in pair):
        head, data = (b"\x58", part) if isinstance(part, bytes) else (b"\x78", part.encode())
        parts.append(head + bytes([len(data)]) + data)
    return b"".join(parts)


def test_a_client_that_speaks_cbor_is_understood_and_answered_in_it(cloud: Cloud, stream: str) -> None:
    credential = "Credential=test/20260101/us-east-1/kinesis/aws4_request"
    answer = httpx.post(
        cloud.endpoint_url,
        content=cbor({"StreamName": stream, "Data": b"\xffraw", "PartitionKey": "till"}),
        headers={
            "Content-Type": "application/x-amz-cbor-1.1",
            "X-Amz-Target": "Kinesis_20131202.PutRecord",
            "Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=any",
        },
        timeout=60,
    )
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/x-amz-cbor-1.1"
    assert b"shardId-" in answer.content
    assert [record["Data"] for record in records_in(cloud, StreamName=stream)] == [b"\xffraw"]

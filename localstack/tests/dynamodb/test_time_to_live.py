"""Items whose time to live is over are removed, and the table's stream says that the service did it."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx
import pytest
from local_cloud.testing import Cloud
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

YEAR_S = 365 * 24 * 60 * 60
SERVICE = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}
TELL = """
import boto3, json, os
def handler(event, context):
    for record in event["Records"]:
        boto3.client("sqs").send_message(QueueUrl=os.environ["OUT"], MessageBody=json.dumps(record))
"""


@pytest.fixture
def table(cloud: Cloud) -> Iterator[str]:
    """A table with a stream, whose items expire when `until` says."""
    name = f"expiring-{uuid4().hex[:8]}"
    create(cloud, name)
    let_expire(cloud, name)
    yield name
    cloud.client("dynamodb").delete_table(TableName=name)


def create(cloud: Cloud, name: str) -> None:
    cloud.client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "k", "AttributeType": "S"},
            {"AttributeName": "n", "AttributeType": "N"},
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )


def let_expire(cloud: Cloud, name: str) -> None:
    cloud.client("dynamodb").update_time_to_live(
        TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"}
    )


def put(cloud: Cloud, table: str, key: str, until: Mapping[str, Any] | float | None) -> None:
    value = {"N": str(int(until))} if isinstance(until, (int, float)) else until
    item = {"k": {"S": key}, "n": {"N": "1"}, **({"until": value} if value else {})}
    cloud.client("dynamodb").put_item(TableName=table, Item=item)


def keys(cloud: Cloud, table: str) -> set[str]:
    return {item["k"]["S"] for item in cloud.client("dynamodb").scan(TableName=table, ConsistentRead=True)["Items"]}


def sweep(cloud: Cloud) -> int:
    """Have all expired items removed at once, as LocalStack's users do."""
    answer = httpx.delete(f"{cloud.endpoint_url}/_aws/dynamodb/expired", timeout=60).raise_for_status()
    removed: int = answer.json()["ExpiredItems"]
    return removed


def eventually[T](found: Callable[[], T], is_enough: Callable[[T], bool]) -> T:
    @retry(retry=retry_if_result(lambda result: not is_enough(result)), stop=stop_after_delay(90), wait=wait_fixed(0.5))
    def look() -> T:
        return found()

    return look()


def records(cloud: Cloud, table: str) -> list[dict[str, Any]]:
    """Read the table's stream from its beginning."""
    streams = cloud.client("dynamodbstreams")
    (stream,) = streams.list_streams(TableName=table)["Streams"]
    shards = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]
    read: list[dict[str, Any]] = []
    for shard in shards:
        iterator = streams.get_shard_iterator(
            StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        read += streams.get_records(ShardIterator=iterator)["Records"]
    return read


def test_an_item_goes_by_itself_once_its_time_is_over(cloud: Cloud, table: str) -> None:
    put(cloud, table, "over", time.time() - 1)
    put(cloud, table, "soon", time.time() + 2)
    put(cloud, table, "stays", time.time() + 600)
    assert eventually(lambda: keys(cloud, table), lambda left: left == {"stays"})


def test_what_is_no_time_lately_past_is_left_alone(cloud: Cloud, table: str) -> None:
    kept = {
        "later": time.time() + 600,
        "none": None,
        "text": {"S": "1"},
        "ancient": time.time() - 5.1 * YEAR_S,
        "milliseconds": time.time() * 1000,
    }
    for key, until in kept.items():
        put(cloud, table, key, until)
    put(cloud, table, "years ago", time.time() - 4.9 * YEAR_S)
    sweep(cloud)  # unless the cloud's own sweep, which may go on still, was faster
    assert eventually(lambda: keys(cloud, table), lambda left: "years ago" not in left) == kept.keys()


def test_the_stream_tells_the_service_s_deletions_from_others(cloud: Cloud, table: str) -> None:
    put(cloud, table, "over", time.time() - 1)
    put(cloud, table, "taken", time.time() + 600)
    cloud.client("dynamodb").delete_item(TableName=table, Key={"k": {"S": "taken"}, "n": {"N": "1"}})
    sweep(cloud)
    assert eventually(lambda: keys(cloud, table), lambda left: not left) == set()
    for _ in range(2):  # whoever reads it, and however often
        told = eventually(lambda: removals(cloud, table), lambda records: len(records) == 2)
        by_whom = {record["dynamodb"]["Keys"]["k"]["S"]: record.get("userIdentity") for record in told}
        assert by_whom == {"over": SERVICE, "taken": None}
    put(cloud, table, "over", time.time() + 600)
    cloud.client("dynamodb").delete_item(TableName=table, Key={"k": {"S": "over"}, "n": {"N": "1"}})
    assert [r.get("userIdentity") for r in removals(cloud, table)].count(SERVICE) == 1


def removals(cloud: Cloud, table: str) -> list[dict[str, Any]]:
    return [record for record in records(cloud, table) if record["eventName"] == "REMOVE"]


def test_a_function_can_filter_for_what_expired(cloud: Cloud, table: str) -> None:
    sqs, functions = cloud.client("sqs"), cloud.client("lambda")
    queue = sqs.create_queue(QueueName=table)["QueueUrl"]
    name = cloud.create_function(TELL, {"OUT": queue})
    pattern = {"userIdentity": {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]}}
    mapping = functions.create_event_source_mapping(
        FunctionName=name,
        EventSourceArn=cloud.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"],
        StartingPosition="TRIM_HORIZON",
        FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]},
    )
    put(cloud, table, "over", time.time() - 1)
    (message,) = eventually(lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10).get("Messages", []), bool)
    functions.delete_event_source_mapping(UUID=mapping["UUID"])
    functions.delete_function(FunctionName=name)
    sqs.delete_queue(QueueUrl=queue)
    told = json.loads(message["Body"])
    assert told["eventName"] == "REMOVE"
    assert told["dynamodb"]["OldImage"]["k"] == {"S": "over"}
    assert told["userIdentity"] == {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def test_a_new_table_of_a_deleted_one_s_name_has_no_time_to_live(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    dynamodb.delete_table(TableName=table)
    create(cloud, table)
    described = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert described == {"TimeToLiveStatus": "DISABLED"}


def test_sweeping_consumes_no_capacity_of_the_table(cloud: Cloud, table: str) -> None:
    put(cloud, table, "over", time.time() - 1)
    meter = f"{cloud.endpoint_url}/_aws/dynamodb/consumed-capacity"
    httpx.put(meter, timeout=60).raise_for_status()
    sweep(cloud)
    counted = httpx.get(meter, timeout=60).json()
    httpx.delete(meter, timeout=60)
    assert table not in counted["read"]
    assert table not in counted["write"]

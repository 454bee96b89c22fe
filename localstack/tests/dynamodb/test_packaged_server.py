"""DynamoDB as an application uses it, on the engine that lies on this machine."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from botocore.exceptions import ClientError
from local_cloud.process_tree import tree_of
from local_cloud.testing import Cloud, Launcher
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

COPY_ORDERS_TO_QUEUE = """
import json, os
import boto3

def handler(event, context):
    queue = boto3.client("sqs")
    for record in event["Records"]:
        change = {"event": record["eventName"], "order": record["dynamodb"]["Keys"]["id"]["S"]}
        queue.send_message(QueueUrl=os.environ["QUEUE"], MessageBody=json.dumps(change))
"""


SERVERS = {
    "dynoxide": "local_cloud.plugins.dynamodb.dynoxide.process",
    "dynamodb-local": "local_cloud.plugins.dynamodb.dynamodb_local_process",
}


@pytest.fixture
def table(cloud: Cloud) -> str:
    name = f"orders-{uuid.uuid4()}"
    cloud.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    return name


def order(name: str) -> dict[str, Any]:
    return {"id": {"S": name}}


def test_a_conditional_update_is_done_once(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    claim = {
        "TableName": table,
        "Key": order("1"),
        "UpdateExpression": "SET claimed = :yes",
        "ConditionExpression": "attribute_not_exists(claimed)",
        "ExpressionAttributeValues": {":yes": {"BOOL": True}},
    }
    dynamodb.update_item(**claim)
    with pytest.raises(ClientError, match="ConditionalCheckFailedException"):
        dynamodb.update_item(**claim)


def test_a_transaction_is_done_whole_or_not_at_all(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    put = {"TableName": table, "ConditionExpression": "attribute_not_exists(id)"}
    dynamodb.transact_write_items(TransactItems=[{"Put": {**put, "Item": order("1")}}])
    both = [{"Put": {**put, "Item": order("2")}}, {"Put": {**put, "Item": order("1")}}]
    with pytest.raises(ClientError, match="TransactionCanceledException") as cancelled:
        dynamodb.transact_write_items(TransactItems=both)
    reasons = [reason["Code"] for reason in cancelled.value.response["CancellationReasons"]]
    assert reasons == ["None", "ConditionalCheckFailed"]
    assert "Item" not in dynamodb.get_item(TableName=table, Key=order("2"))


def test_a_time_to_live_is_remembered(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    wanted = {"Enabled": True, "AttributeName": "expires"}
    dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=wanted)
    told = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert told == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}


def test_a_stream_tells_each_change_with_both_images(cloud: Cloud, table: str) -> None:
    dynamodb, streams = cloud.client("dynamodb"), cloud.client("dynamodbstreams")
    dynamodb.put_item(TableName=table, Item=order("1"))
    dynamodb.put_item(TableName=table, Item={**order("1"), "item": {"S": "Salad"}})
    stream = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    shard = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"][0]["ShardId"]
    position = {"StreamArn": stream, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
    records = streams.get_records(ShardIterator=streams.get_shard_iterator(**position)["ShardIterator"])["Records"]
    assert [record["eventName"] for record in records] == ["INSERT", "MODIFY"]
    assert records[1]["dynamodb"]["OldImage"] == order("1")
    assert records[1]["dynamodb"]["NewImage"]["item"] == {"S": "Salad"}


def test_a_change_invokes_the_function_that_listens_to_the_stream(cloud: Cloud, table: str) -> None:
    queue = cloud.client("sqs").create_queue(QueueName=f"seen-{uuid.uuid4()}")["QueueUrl"]
    listen(cloud, table, queue)
    cloud.client("dynamodb").put_item(TableName=table, Item=order("1"))
    assert next_message(cloud, queue) == {"event": "INSERT", "order": "1"}


def server(cloud: Cloud) -> psutil.Process:
    """The process that LocalStack started for the tables."""
    cloud.client("dynamodb").list_tables()
    (found,) = (one for one in tree_of(psutil.Process(cloud.pid)) if SERVERS[cloud.tables] in one.cmdline())
    return found


def test_dynamodb_runs_in_a_child_of_localstack_from_the_files_of_this_machine(
    cloud: Cloud, launcher: Launcher
) -> None:
    command = server(cloud).cmdline()
    assert Path(command[command.index("--program") + 1]).is_relative_to(launcher.home / cloud.tables)


def test_the_library_path_names_no_other_java(cloud: Cloud) -> None:
    assert {"JAVA_HOME", "LD_LIBRARY_PATH"} & server(cloud).environ().keys() == set()


def database_url(cloud: Cloud) -> str:
    command = server(cloud).cmdline()
    return f"http://127.0.0.1:{command[command.index('--port') + 1]}"


@pytest.mark.parametrize(
    ("host", "statuses"), [("rebound.example", {403, 404}), ("127.0.0.1", {400}), ("localhost:1", {400})]
)
def test_the_database_answers_to_this_machines_names_only(cloud: Cloud, host: str, statuses: set[int]) -> None:
    answer = httpx.post(database_url(cloud), headers={"Host": host}, content="{}", trust_env=False)
    assert answer.status_code in statuses


def test_the_cloud_may_be_called_by_a_name_that_the_database_does_not_know(cloud: Cloud, table: str) -> None:
    signed = (
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
    )
    headers = {
        "Host": f"any.name.localhost:{cloud.port}",
        "Authorization": signed,
        "X-Amz-Target": "DynamoDB_20120810.ListTables",
        "Content-Type": "application/x-amz-json-1.0",
    }
    answer = httpx.post(cloud.endpoint_url, headers=headers, content="{}", trust_env=False)
    assert table in answer.json()["TableNames"]


def test_a_dynamodb_that_was_killed_comes_back_with_its_rows_and_says_503_until_then(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    dynamodb.put_item(TableName=table, Item=order("1"))
    killed = server(cloud)
    killed.kill()
    told: set[tuple[int, str]] = set()
    assert _when_it_answers(lambda: dynamodb.get_item(TableName=table, Key=order("1")), told)["Item"] == order("1")
    assert told == {(503, "ServiceUnavailable")}
    assert server(cloud).pid != killed.pid


def test_a_stream_goes_on_after_a_kill(cloud: Cloud, table: str) -> None:
    queue = cloud.client("sqs").create_queue(QueueName=f"seen-{uuid.uuid4()}")["QueueUrl"]
    listen(cloud, table, queue)
    dynamodb = cloud.client("dynamodb")
    dynamodb.put_item(TableName=table, Item=order("before"))
    assert next_message(cloud, queue)["order"] == "before"
    server(cloud).kill()
    _when_it_answers(lambda: dynamodb.put_item(TableName=table, Item=order("after")), set())
    assert next_message(cloud, queue)["order"] == "after"


def listen(cloud: Cloud, table: str, queue: str) -> None:
    function = cloud.create_function(COPY_ORDERS_TO_QUEUE, {"QUEUE": queue})
    stream = cloud.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
    source = {"FunctionName": function, "EventSourceArn": stream, "StartingPosition": "TRIM_HORIZON"}
    cloud.client("lambda").create_event_source_mapping(**source)


@retry(retry=retry_if_exception_type(KeyError), wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True)
def next_message(cloud: Cloud, queue: str) -> Any:
    sqs = cloud.client("sqs")
    message = sqs.receive_message(QueueUrl=queue)["Messages"][0]
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return json.loads(message["Body"])


@retry(retry=retry_if_exception_type(ClientError), wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True)
def _when_it_answers[T](ask: Callable[[], T], told: set[tuple[int, str]]) -> T:
    """What it answers in the end; what it told before that goes to `told`, as status and error code."""
    try:
        return ask()
    except ClientError as error:
        told.add((error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]))
        raise

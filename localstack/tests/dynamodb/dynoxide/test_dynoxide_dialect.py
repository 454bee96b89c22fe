"""What LocalStack asks DynamoDB Local is said to dynoxide as it wants it, and its answers the other way."""

import json
from typing import Any

import pytest
from local_cloud.plugins.dynamodb.dynoxide.dialect import answered, asked, refusal, shard_id

TABLES, STREAMS = "DynamoDB_20120810.", "DynamoDBStreams_20120810."
ARN = "arn:aws:dynamodb:ddblocal:000000000000:table/orders/stream/1796034043.5"
DYNOXIDES = ARN.replace(":ddblocal:", ":dynoxide:")


def told(target: str, request: dict[str, Any], answer: dict[str, Any]) -> Any:
    return json.loads(answered(target, json.dumps(request).encode(), json.dumps(answer).encode()))


def said(target: str, request: dict[str, Any]) -> Any:
    return json.loads(asked(target, json.dumps(request).encode()))


@pytest.mark.parametrize("operation", ["PutItem", "Query", "TransactWriteItems", "ExecuteStatement"])
def test_items_are_not_looked_into(operation: str) -> None:
    body = f'{{"note": "{ARN}, {DYNOXIDES}"}}'.encode()
    assert asked(TABLES + operation, body) == body
    assert answered(TABLES + operation, b"{}", body) == body


def test_tables_and_streams_have_the_arns_that_localstack_looks_for() -> None:
    answer = {"Table": {"TableArn": DYNOXIDES, "LatestStreamArn": DYNOXIDES}}
    assert told(TABLES + "DescribeTable", {}, answer) == {"Table": {"TableArn": ARN, "LatestStreamArn": ARN}}
    assert said(STREAMS + "DescribeStream", {"StreamArn": ARN}) == {"StreamArn": DYNOXIDES}


def test_a_shard_has_a_name_that_sdks_take_whatever_the_table_is_called() -> None:
    range_ = {"StartingSequenceNumber": "1"}
    answer = {"StreamDescription": {"Shards": [{"ShardId": "shardId-00000001-orders", "SequenceNumberRange": range_}]}}
    (shard,) = told(STREAMS + "DescribeStream", {"StreamArn": ARN}, answer)["StreamDescription"]["Shards"]
    assert 28 <= len(shard["ShardId"]) <= 65
    assert shard["SequenceNumberRange"]["StartingSequenceNumber"] == "1".zfill(21)
    asked_for = said(STREAMS + "GetShardIterator", {"StreamArn": ARN, "ShardId": shard["ShardId"]})
    assert asked_for["ShardId"] == "shardId-00000001-orders"
    assert shard_id(ARN) != shard_id(ARN + "1")


def test_another_shard_than_the_streams_does_not_exist() -> None:
    asked_for = {"StreamArn": ARN, "ShardId": shard_id(ARN + "1"), "ShardIteratorType": "LATEST"}
    told_of_another = refusal(STREAMS + "GetShardIterator", json.dumps(asked_for).encode())
    assert b"ResourceNotFoundException" in (told_of_another or b"")
    own = json.dumps({**asked_for, "ShardId": shard_id(ARN)}).encode()
    assert refusal(STREAMS + "GetShardIterator", own) is None


def test_an_iterator_begins_with_its_streams_arn_and_is_dynoxides_own_again_when_it_is_used() -> None:
    first = told(STREAMS + "GetShardIterator", {"StreamArn": ARN}, {"ShardIterator": "eyJ0"})["ShardIterator"]
    assert first.startswith(ARN)
    assert said(STREAMS + "GetRecords", {"ShardIterator": first}) == {"ShardIterator": "eyJ0"}
    next_ = told(STREAMS + "GetRecords", {"ShardIterator": first}, {"Records": [], "NextShardIterator": "eyJ1"})
    assert next_["NextShardIterator"] == f"{ARN}|eyJ1"


def test_records_have_ids_of_their_own_among_those_of_all_streams() -> None:
    def record(arn: str, number: str) -> Any:
        answer = {"Records": [{"eventID": number, "dynamodb": {"SequenceNumber": number}}]}
        return told(STREAMS + "GetRecords", {"ShardIterator": f"{arn}|e"}, answer)["Records"][0]

    assert record(ARN, "7")["dynamodb"]["SequenceNumber"] == "7".zfill(21)
    assert len({record(arn, number)["eventID"] for arn in (ARN, ARN + "1") for number in ("7", "8")}) == 4
    assert record(ARN, "7") == record(ARN, "7")


@pytest.mark.parametrize("change", [{"ReplicaUpdates": []}, {"TableClass": "STANDARD"}, {"SSESpecification": {}}])
def test_what_localstack_keeps_itself_is_nothing_to_update(change: dict[str, Any]) -> None:
    body = json.dumps({"TableName": "orders", **change}).encode()
    assert b"Nothing to update" in (refusal(TABLES + "UpdateTable", body) or b"")
    assert refusal(TABLES + "CreateTable", body) is None
    both = {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST"}
    assert said(TABLES + "UpdateTable", {**both, **change}) == both

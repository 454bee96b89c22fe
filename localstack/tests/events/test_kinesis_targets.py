"""An event, or what was made of it, reaches a stream of Kinesis, under the partition key that the target names."""

import json
from typing import Any
from uuid import uuid4

from local_cloud.testing import Cloud
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed


def test_an_event_is_put_into_a_stream_under_its_key(cloud: Cloud) -> None:
    kinesis, events, name = cloud.client("kinesis"), cloud.client("events"), f"stream-{uuid4().hex[:8]}"
    kinesis.create_stream(StreamName=name, ShardCount=1)
    arn = kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    target = {
        "Id": "stream",
        "Arn": arn,
        "InputPath": "$.detail",
        "KinesisParameters": {"PartitionKeyPath": "$.source"},
    }
    events.put_targets(Rule=name, Targets=[target])
    events.put_events(Entries=[{"Source": name, "DetailType": "d", "Detail": '{"n": 1}'}])
    (record,) = records(kinesis, name)
    assert (json.loads(record["Data"]), record["PartitionKey"]) == ({"n": 1}, name)
    events.remove_targets(Rule=name, Ids=["stream"])
    events.delete_rule(Name=name)
    kinesis.delete_stream(StreamName=name)


@retry(retry=retry_if_result(lambda found: not found), wait=wait_fixed(0.1), stop=stop_after_delay(60))
def records(kinesis: Any, stream: str) -> list[dict[str, Any]]:
    shard = kinesis.list_shards(StreamName=stream)["Shards"][0]["ShardId"]
    start = kinesis.get_shard_iterator(StreamName=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    found: list[dict[str, Any]] = kinesis.get_records(ShardIterator=start["ShardIterator"])["Records"]
    return found

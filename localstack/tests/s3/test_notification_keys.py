"""How a bucket's notification writes an object's key, and which keys a filter lets through."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud

KEYS = {
    "plain/a.txt": "plain/a.txt",
    "red flower.jpg": "red+flower.jpg",
    "a+b.txt": "a%2Bb.txt",
    "käse 100%.txt": "k%C3%A4se+100%25.txt",
}


@pytest.fixture
def name() -> str:
    return f"notified-{uuid4().hex[:8]}"


@pytest.fixture
def queue_url(cloud: Cloud, name: str) -> Iterator[str]:
    url: str = cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    yield url
    cloud.client("sqs").delete_queue(QueueUrl=url)


@pytest.fixture
def bucket(cloud: Cloud, name: str) -> Iterator[str]:
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket=name)
    yield name
    for listed in s3.list_objects_v2(Bucket=name).get("Contents", []):
        s3.delete_object(Bucket=name, Key=listed["Key"])
    s3.delete_bucket(Bucket=name)


def notify(cloud: Cloud, bucket: str, **configuration: Any) -> None:
    cloud.client("s3").put_bucket_notification_configuration(
        Bucket=bucket, SkipDestinationValidation=True, NotificationConfiguration=configuration
    )


def to_queue(bucket: str, **filters: str) -> dict[str, Any]:
    rules = [{"Name": name, "Value": value} for name, value in filters.items()]
    return {
        "QueueArn": f"arn:aws:sqs:us-east-1:000000000000:{bucket}",
        "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
        **({"Filter": {"Key": {"FilterRules": rules}}} if rules else {}),
    }


def next_body(cloud: Cloud, url: str) -> Any:
    sqs = cloud.client("sqs")
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return json.loads(message["Body"])


def next_key(cloud: Cloud, url: str) -> str:
    (record,) = next_body(cloud, url)["Records"]
    key: str = record["s3"]["object"]["key"]
    return key


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_written_as_form_fields_are(cloud: Cloud, bucket: str, queue_url: str, key: str) -> None:
    notify(cloud, bucket, QueueConfigurations=[to_queue(bucket)])
    cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=b"1")
    assert next_key(cloud, queue_url) == KEYS[key]
    cloud.client("s3").delete_object(Bucket=bucket, Key=key)
    assert next_key(cloud, queue_url) == KEYS[key]


@pytest.mark.parametrize("key", KEYS)
def test_event_bridge_gets_the_key_as_it_is(cloud: Cloud, bucket: str, queue_url: str, key: str) -> None:
    events = cloud.client("events")
    pattern = {"source": ["aws.s3"], "detail": {"bucket": {"name": [bucket]}}}
    events.put_rule(Name=bucket, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=bucket, Targets=[{"Id": "q", "Arn": f"arn:aws:sqs:us-east-1:000000000000:{bucket}"}])
    notify(cloud, bucket, EventBridgeConfiguration={})
    cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=b"1")
    assert next_body(cloud, queue_url)["detail"]["object"]["key"] == key
    events.remove_targets(Rule=bucket, Ids=["q"])
    events.delete_rule(Name=bucket)


@pytest.mark.parametrize("prefix", ["red f", "red%20f"])
def test_a_filter_is_compared_with_the_key_itself(cloud: Cloud, bucket: str, queue_url: str, prefix: str) -> None:
    notify(cloud, bucket, QueueConfigurations=[to_queue(bucket, prefix=prefix)])
    for key in ("red-flower", "red+flower", "red flower"):
        cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=b"1")
    assert next_key(cloud, queue_url) == "red+flower"

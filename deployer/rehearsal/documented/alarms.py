"""What CloudWatch's and SNS's API references say of alarms, and of topics whose subscribers did not agree yet."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def describe_alarms(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    (name,) = asked["AlarmNames"]
    put = account.all("cloudwatch:PutMetricAlarm", AlarmName=name)[-1:]
    told = {"ActionsEnabled": True, "StateValue": "INSUFFICIENT_DATA", "AlarmConfigurationUpdatedTimestamp": MADE}
    return {"MetricAlarms": [{**told, "OKActions": [], **one} for one in put]}


def create_topic(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"TopicArn": PLACE.topic_arn(asked["Name"])}


def subscribe(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """ "pending confirmation" until the address's owner follows a link (Subscribe)."""
    return {"SubscriptionArn": "pending confirmation"}


def list_subscriptions_by_topic(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    account.last("sns:CreateTopic", "NotFound", Name=asked["TopicArn"].rpartition(":")[2])
    told = {"SubscriptionArn": "PendingConfirmation", "Owner": PLACE.account}
    return {"Subscriptions": [{**told, **one} for one in account.all("sns:Subscribe", TopicArn=asked["TopicArn"])]}


ANSWERS: Mapping[str, Answer] = {
    "cloudwatch:DescribeAlarms": describe_alarms,
    "sns:CreateTopic": create_topic,
    "sns:Subscribe": subscribe,
    "sns:ListSubscriptionsByTopic": list_subscriptions_by_topic,
}

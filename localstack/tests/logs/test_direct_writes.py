"""CloudWatch Logs gets what functions print and what rules send there, and does with each line what it is told."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

PRINTS = """
def handler(event, context):
    print("said", event)
"""


@pytest.fixture
def function(cloud: Cloud) -> Iterator[str]:
    functions, name = cloud.client("lambda"), cloud.create_function(PRINTS)
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    yield name
    functions.delete_function(FunctionName=name)


@pytest.fixture
def group(cloud: Cloud) -> Iterator[str]:
    logs, name = cloud.client("logs"), f"/test/{uuid4().hex[:8]}"
    logs.create_log_group(logGroupName=name)
    yield name
    logs.delete_log_group(logGroupName=name)


def invoke(cloud: Cloud, function: str, event: str) -> None:
    cloud.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))


def messages(cloud: Cloud, group: str) -> list[str]:
    logs = cloud.client("logs")
    try:
        events = logs.filter_log_events(logGroupName=group)["events"]
    except logs.exceptions.ResourceNotFoundException:
        return []
    return [event["message"] for event in events]


@retry(retry=retry_if_exception_type(AssertionError), wait=wait_fixed(0.05), stop=stop_after_delay(60), reraise=True)
def until(holds: Callable[[], bool]) -> None:
    assert holds()


def test_a_group_that_was_removed_is_made_anew_by_the_next_invocation(cloud: Cloud, function: str) -> None:
    group = f"/aws/lambda/{function}"
    invoke(cloud, function, "first")
    until(lambda: "said first\n" in messages(cloud, group))
    cloud.client("logs").delete_log_group(logGroupName=group)
    invoke(cloud, function, "second")
    until(lambda: "said second\n" in messages(cloud, group))
    assert "said first\n" not in messages(cloud, group)


def test_an_event_for_a_log_group_is_a_line_there(cloud: Cloud, group: str) -> None:
    events, rule = cloud.client("events"), f"r-{uuid4().hex[:8]}"
    events.put_rule(Name=rule, EventPattern=json.dumps({"source": [rule]}))
    arn = f"arn:aws:logs:us-east-1:000000000000:log-group:{group}"
    events.put_targets(Rule=rule, Targets=[{"Id": "log", "Arn": arn}])
    events.put_events(Entries=[{"Source": rule, "DetailType": "Happened", "Detail": '{"n": 7}'}])
    until(lambda: bool(messages(cloud, group)))
    [line] = map(json.loads, messages(cloud, group))
    assert (line["source"], line["detail-type"], line["detail"]) == (rule, "Happened", {"n": 7})
    events.remove_targets(Rule=rule, Ids=["log"])
    events.delete_rule(Name=rule)


def counted(cloud: Cloud, namespace: str) -> float:
    now = datetime.now(UTC)
    answer = cloud.client("cloudwatch").get_metric_statistics(
        Namespace=namespace,
        MetricName="Lines",
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=7200,
        Statistics=["Sum"],
    )
    return float(sum(point["Sum"] for point in answer["Datapoints"]))


def test_a_metric_filter_counts_the_lines_of_functions(cloud: Cloud, function: str, group: str) -> None:
    logs, namespace = cloud.client("logs"), f"N-{uuid4().hex[:8]}"
    transformations: list[Any] = [{"metricName": "Lines", "metricNamespace": namespace, "metricValue": "1"}]
    logs.put_metric_filter(
        logGroupName=group, filterName="lines", filterPattern="", metricTransformations=transformations
    )
    invoke(cloud, function, "anything")
    until(lambda: counted(cloud, namespace) > 0)
    logs.delete_metric_filter(logGroupName=group, filterName="lines")


def test_a_subscription_hears_what_functions_print(cloud: Cloud, function: str) -> None:
    invoke(cloud, function, "before")
    group = f"/aws/lambda/{function}"
    until(lambda: "said before\n" in messages(cloud, group))
    listener = cloud.create_function(PRINTS)
    functions = cloud.client("lambda")
    functions.get_waiter("function_active_v2").wait(FunctionName=listener)
    arn = functions.get_function(FunctionName=listener)["Configuration"]["FunctionArn"]
    cloud.client("logs").put_subscription_filter(
        logGroupName=group, filterName="all", filterPattern="", destinationArn=arn
    )
    invoke(cloud, function, "after")
    until(lambda: any("awslogs" in line for line in messages(cloud, f"/aws/lambda/{listener}")))
    functions.delete_function(FunctionName=listener)


CLIENTS = """
from local_cloud.plugins.logs import direct_writes
from local_cloud.plugins.patches import REPLACEMENTS
direct_writes.write_logs_directly()
for replacement in REPLACEMENTS:
    replacement.apply()

from localstack.services.events.target import LogsTargetSender
from localstack.services.lambda_.invocation import logs
role = logs.connect_to.with_assumed_role(role_arn="arn:aws:iam::123456789012:role/r", region_name="eu-west-1")
sender = object.__new__(LogsTargetSender)
sender._client, sender.account_id, sender.region = None, "123456789012", "eu-west-1"
for client in (role.logs, sender.client):
    print(type(client).__name__, client._store.account_id, client._store.region_name)
"""


def test_neither_functions_nor_rules_make_a_call_to_write_a_line(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(CLIENTS)
    assert ran.stdout.splitlines() == ["DirectLogs 123456789012 eu-west-1"] * 2, ran.stderr

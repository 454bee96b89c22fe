"""CloudWatch knows how often a function was invoked and how often it failed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from local_cloud.testing import Cloud
from tenacity import retry, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Functions

FAILS_IF_ASKED = """
def handler(event, context):
    return 1 / event
"""


@retry(wait=wait_fixed(0.2), stop=stop_after_delay(30), reraise=True)
def shows(cloud: Cloud, metric: str, function: str, expected: int) -> None:
    now = datetime.now(UTC)
    statistics = cloud.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName=metric,
        Dimensions=[{"Name": "FunctionName", "Value": function}],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(minutes=1),
        Period=3600,
        Statistics=["Sum", "SampleCount"],
    )
    points = statistics["Datapoints"]
    assert [sum(point[name] for point in points) for name in ("Sum", "SampleCount")] == [expected, expected]


def test_each_invocation_and_each_error_is_counted_once(cloud: Cloud, functions: Functions) -> None:
    name = functions.deploy(FAILS_IF_ASKED)
    for event in (1, 0, 1, 1, 0):
        functions.invoke(name, event)
    shows(cloud, "Invocations", name, 5)
    shows(cloud, "Errors", name, 2)

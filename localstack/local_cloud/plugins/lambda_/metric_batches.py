"""LocalStack makes an AWS call to CloudWatch for each invocation; here they are counted and told once a second.
Since 0.1.

The call takes a sixth of the invocation's own time. CloudWatch takes counts: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Lock, Timer
from typing import Any, NamedTuple

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

LOG = logging.getLogger(__name__)

NAMESPACE = "AWS/Lambda"
EVERY_S = 1.0
MOST_AT_ONCE = 1000  # data that PutMetricData takes


class Metric(NamedTuple):
    """What is counted; `second` is one since 1970."""

    account: str
    region: str
    name: str
    function: str
    value: float
    second: int


class Counts:
    """Counts until it is time to report. `report` gets an account, a region and the data for its PutMetricData."""

    def __init__(self, report: Callable[[str, str, list[dict[str, Any]]], None], every_s: float = EVERY_S) -> None:
        self._report = report
        self._every_s = every_s
        self._lock = Lock()
        self._counted: Counter[Metric] = Counter()

    def add(self, metric: Metric) -> None:
        """Count one more; the first that there is to report sets the time."""
        with self._lock:
            is_first = not self._counted
            self._counted[metric] += 1
        if is_first:
            timer = Timer(self._every_s, self.flush)
            timer.daemon = True
            timer.start()

    def flush(self) -> None:
        """Report what was counted; what CloudWatch does not take is lost, as it is with LocalStack."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
        for (account, region), data in _by_place(counted).items():
            for first in range(0, len(data), MOST_AT_ONCE):
                try:
                    self._report(account, region, data[first : first + MOST_AT_ONCE])
                except Exception as error:
                    LOG.info("CloudWatch did not take Lambda's metrics: %s", error)


def _by_place(counted: Mapping[Metric, int]) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
    data: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for metric, count in counted.items():
        data[metric.account, metric.region].append(
            {
                "MetricName": metric.name,
                "Dimensions": [{"Name": "FunctionName", "Value": metric.function}],
                "Timestamp": datetime.fromtimestamp(metric.second, UTC),
                "Values": [metric.value],
                "Counts": [count],
            }
        )
    return data


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def count_invocations() -> None:
    """LocalStack's hook: count before reporting."""
    replace(
        "localstack.services.lambda_.invocation.metrics",
        "publish_lambda_metric",
        lambda _: counting(Counts(_report)),
        why="speed",
        upstream="b19bef94a14c",
        before="lambda",
    )


def _report(account: str, region: str, data: list[dict[str, Any]]) -> None:
    from localstack.aws.connect import connect_to  # noqa: PLC0415  # takes seconds

    cloudwatch = connect_to(aws_access_key_id=account, region_name=region).cloudwatch
    cloudwatch.put_metric_data(Namespace=NAMESPACE, MetricData=data)


def counting(counts: Counts) -> Callable[..., None]:
    """Return what takes the place of LocalStack's call for each invocation."""

    def publish_lambda_metric(
        metric: str, value: float, named: Mapping[str, str], account_id: str, region_name: str
    ) -> None:
        now = int(datetime.now(UTC).timestamp())
        counts.add(Metric(account_id, region_name, metric, named["func_name"], value, now))

    return publish_lambda_metric

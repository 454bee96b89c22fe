"""CloudWatch's alarms about one metric: one that is raised as soon as there is anything to count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class Alarm(Resource):
    """An alarm that is raised when a metric is one or more within five minutes.

    Attributes:
        namespace: whose metric, such as `AWS/SQS`.
        metric: its name.
        statistic: `Sum` of what is counted, `Maximum` of what is there.
        dimensions: of what, by name.
        topic: the ARN of the topic that is told.
    """

    kind = "alarm"

    namespace: str
    metric: str
    statistic: str
    dimensions: Mapping[str, str]
    topic: str

    def state(self) -> State:
        """What it looks at and whom it tells, as PutMetricAlarm wants it."""
        return {
            "Namespace": self.namespace,
            "MetricName": self.metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in sorted(self.dimensions.items())],
            "Statistic": self.statistic,
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": 1.0,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching",  # nothing happened
            "AlarmActions": [self.topic],
        }


class AlarmAdapter(Adapter[Alarm]):
    """Metric alarms in CloudWatch."""

    def read(self, wanted: Alarm) -> State | None:
        """The alarm of that name."""
        found: Any = self.aws.cloudwatch.describe_alarms(AlarmNames=[wanted.name])["MetricAlarms"]
        return found[0] if found else None

    def create(self, wanted: Alarm) -> None:
        """Put it, whether it is there or not."""
        settings: Any = wanted.state()
        self.aws.cloudwatch.put_metric_alarm(AlarmName=wanted.name, **settings)

    def update(self, wanted: Alarm, differing: frozenset[str]) -> None:
        """Put all of it again."""
        self.create(wanted)

    def delete(self, wanted: Alarm) -> None:
        """Remove it; CloudWatch does not mind one that is gone."""
        self.aws.cloudwatch.delete_alarms(AlarmNames=[wanted.name])

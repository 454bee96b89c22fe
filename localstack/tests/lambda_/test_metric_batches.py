"""Invocations are reported together, as many data at a time as CloudWatch takes."""

from local_cloud.testing import Cloud

COUNTS = """
from local_cloud.plugins.lambda_.metric_batches import MOST_AT_ONCE, Counts, Metric

reports = []
def report(account, region, data):
    reports.append((account, region, len(data), sum(sum(one["Counts"]) for one in data)))
    if region == "refusing":
        raise RuntimeError("no")

def metric(function, region="here"):
    return Metric("123", region, "Invocations", function, 1, 1_700_000_000)

counts = Counts(report, every_s=3600)
for _ in range(3):
    counts.add(metric("often"))
counts.add(metric("lost", "refusing"))
for number in range(MOST_AT_ONCE):
    counts.add(metric(f"f{number}", "there"))
counts.add(metric("one more", "there"))
counts.flush()
counts.flush()
print(sorted(reports))
"""


def test_what_was_counted_is_reported_once_place_by_place(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(COUNTS)
    expected = [
        ("123", "here", 1, 3),
        ("123", "refusing", 1, 1),
        ("123", "there", 1, 1),
        ("123", "there", 1000, 1000),
    ]
    assert ran.stdout.strip() == str(expected), ran.stderr


CALLED_BY_LAMBDA = """
from threading import Event
from types import SimpleNamespace
from local_cloud.plugins.lambda_ import metric_batches
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.aws import connect

told, first = [], Event()
def put_metric_data(Namespace, MetricData):
    told.extend(MetricData)
    first.set()
connect.connect_to = lambda **_: SimpleNamespace(cloudwatch=SimpleNamespace(put_metric_data=put_metric_data))
metric_batches.count_invocations()
for replacement in REPLACEMENTS:
    replacement.apply()

from localstack.services.lambda_.invocation import metrics
for _ in range(3):
    metrics.record_cw_metric_invocation("often", "000000000000", "us-east-1")
print(len(told), first.wait(60), sum(sum(data["Counts"]) for data in told))
"""


def test_lambda_reports_its_invocations_later_and_together(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(CALLED_BY_LAMBDA)
    assert ran.stdout.split() == ["0", "True", "3"], ran.stderr

"""What is told of a running cloud is true."""

import json

from local_cloud.log_file import log_text
from local_cloud.testing import Cloud, Launcher

MEBIBYTE = 2**20


def test_the_status_names_what_runs_and_what_was_used(cloud: Cloud, launcher: Launcher) -> None:
    port = str(cloud.port)
    cloud.client("dynamodb").list_tables()
    answer = launcher.run("status", "--json", "--port", port)
    status = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert status["pid"] == cloud.pid
    assert status["endpoint_url"] == cloud.endpoint_url
    assert "dynamodb" in status["services"]
    assert status["processes"] >= 2
    assert status["uptime_s"] > 0


def test_a_cloud_with_a_database_and_a_queue_takes_less_than_600_mebibytes(
    fresh_cloud: Cloud, launcher: Launcher
) -> None:
    for service, listing in (("dynamodb", "list_tables"), ("sqs", "list_queues"), ("s3", "list_buckets")):
        getattr(fresh_cloud.client(service), listing)()
    status = json.loads(launcher.run("status", "--json", "--port", str(fresh_cloud.port)).stdout)
    assert 50 * MEBIBYTE < status["memory_bytes"] < 600 * MEBIBYTE


def test_the_status_for_people_has_the_address_and_the_log(cloud: Cloud, launcher: Launcher) -> None:
    text = launcher.run("status", "--port", str(cloud.port)).stdout
    assert cloud.endpoint_url in text
    assert str(cloud.log) in text.replace("\n", "")


def test_the_log_is_what_localstack_said(cloud: Cloud, launcher: Launcher) -> None:
    printed = launcher.run("logs", "--port", str(cloud.port)).stdout
    assert "LocalStack version: 2026.3.0" in printed
    assert printed.startswith(next(log_text(cloud.log, follow=False))[:100])

"""What is told of a running cloud is true."""

import json

from local_cloud.log_file import log_text
from local_cloud.testing import Cloud, Launcher

MEBIBYTE = 2**20
ANY = "def handler(event, context):\n    return event\n"
A_CALL_OF_EACH_SERVICE: dict[str, tuple[str, dict[str, int]]] = {
    "apigateway": ("get_rest_apis", {}),
    "cognito-idp": ("list_user_pools", {"MaxResults": 1}),
    "dynamodb": ("list_tables", {}),
    "events": ("list_rules", {}),
    "iam": ("list_roles", {}),
    "logs": ("describe_log_groups", {}),
    "s3": ("list_buckets", {}),
    "sns": ("list_topics", {}),
    "sqs": ("list_queues", {}),
    "stepfunctions": ("list_state_machines", {}),
    "sts": ("get_caller_identity", {}),
}


def test_the_status_names_what_runs_and_what_was_used(cloud: Cloud, launcher: Launcher) -> None:
    port = str(cloud.port)
    cloud.client("dynamodb").list_tables()
    answer = launcher.run("status", "--json", "--port", port)
    status = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert status["pid"] == cloud.pid
    assert status["answers"] is True
    assert status["endpoint_url"] == cloud.endpoint_url
    assert "dynamodb" in status["services"]
    assert status["processes"] >= 2
    assert status["uptime_s"] > 0


def test_a_cloud_whose_services_are_all_in_use_takes_less_than_600_mebibytes(
    fresh_cloud: Cloud, launcher: Launcher
) -> None:
    for service, (operation, parameters) in A_CALL_OF_EACH_SERVICE.items():
        getattr(fresh_cloud.client(service), operation)(**parameters)
    fresh_cloud.client("lambda").invoke(FunctionName=fresh_cloud.create_function(ANY))
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

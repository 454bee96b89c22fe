"""Services that are asked for at the start are there before the first call; the others come when they are called."""

import httpx
from local_cloud.testing import Launcher


def test_named_services_run_before_they_are_called_and_others_still_come_when_they_are(
    launcher: Launcher, free_cloud_port: int
) -> None:
    started = launcher.run("start", "--port", str(free_cloud_port), LOCAL_CLOUD_SERVICES="sqs, dynamodb,")
    assert started.returncode == 0, started.stdout + started.stderr
    cloud = launcher.cloud(free_cloud_port)
    states = httpx.get(f"{cloud.endpoint_url}/_localstack/health", timeout=60).json()["services"]
    assert (states["sqs"], states["dynamodb"], states["sns"]) == ("running", "running", "available")
    assert "TopicArn" in cloud.client("sns").create_topic(Name="later")


def test_a_service_that_there_is_not_is_named_and_nothing_is_left_running(
    launcher: Launcher, free_cloud_port: int
) -> None:
    started = launcher.run("start", "--port", str(free_cloud_port), LOCAL_CLOUD_SERVICES="sqs,no-such")
    assert started.returncode == 1
    assert "LOCAL_CLOUD_SERVICES names what LocalStack does not have: no-such" in " ".join(started.stderr.split())
    assert launcher.run("status", "--port", str(free_cloud_port)).returncode == 3

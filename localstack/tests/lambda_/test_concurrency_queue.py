"""Many invocations of one function at once share a few processes, and every one of them is answered."""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.plugins.lambda_.capacity import at_once_per_function
from local_cloud.testing import Cloud

AT_ONCE = at_once_per_function(os.cpu_count() or 1)
SLOW = "import os, time\ndef handler(event, context):\n    time.sleep(0.2)\n    return [event, os.getpid()]\n"
PATIENCE = """
from local_cloud.plugins.lambda_.concurrency_queue import Queue, WaitedInVainError
queue = Queue(at_once=1, patience_s=0.01)
with queue.seat("a function"):
    with queue.seat("another function"):
        pass
    try:
        with queue.seat("a function"):
            print("entered")
    except WaitedInVainError:
        print("waited in vain")
with queue.seat("a function"):
    print("entered later")
"""
CONFIGURED = """
from local_cloud.plugins.lambda_.concurrency_queue import VARIABLE, configured_at_once
for text in ("3", "0", "-1", "many"):
    try:
        print(configured_at_once({VARIABLE: text}))
    except ValueError as error:
        print(str(error).partition(",")[0])
"""


@pytest.fixture
def slow_function(cloud: Cloud) -> Iterator[str]:
    client, name = cloud.client("lambda"), f"f-{uuid4().hex[:8]}"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("app.py", SLOW)
    client.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Handler="app.handler",
        Role="arn:aws:iam::000000000000:role/function",
        Code={"ZipFile": archive.getvalue()},
    )
    yield name
    client.delete_function(FunctionName=name)


def test_a_burst_is_answered_by_a_handful_of_processes(cloud: Cloud, slow_function: str) -> None:
    client = cloud.client("lambda")

    def invoke(number: int) -> Any:
        return json.load(client.invoke(FunctionName=slow_function, Payload=json.dumps(number))["Payload"])

    with ThreadPoolExecutor(AT_ONCE * 3) as pool:
        answers = list(pool.map(invoke, range(AT_ONCE * 3)))
    assert [number for number, _ in answers] == list(range(AT_ONCE * 3))
    assert 1 < len({process for _, process in answers}) <= AT_ONCE


def test_only_invocations_of_the_same_function_wait_and_not_for_ever(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(PATIENCE)
    assert ran.stdout.splitlines() == ["waited in vain", "entered later"]


def test_the_number_at_once_is_the_users_and_above_0(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(CONFIGURED)
    assert ran.stdout.splitlines() == ["3", *["LOCAL_CLOUD_LAMBDA_MAX_PER_FUNCTION must be a whole number above 0"] * 3]

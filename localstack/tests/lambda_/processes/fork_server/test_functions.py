"""Functions on a running LocalStack, forked and not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import psutil
import pytest

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Cloud, Functions

WaitUntilGone = Callable[[Iterable[int]], None]

PROCESSES = """
import os
def handler(event, context): return [os.getpid(), os.getppid()]
"""
VENDORED = """
import importlib.util, os, shutil, sys
[installed] = importlib.util.find_spec("jmespath").submodule_search_locations
folder = os.path.join(os.environ["TMPDIR"], "vendored")
shutil.copytree(installed, os.path.join(folder, "jmespath"))
with open(os.path.join(folder, "jmespath", "__init__.py"), "a") as file:
    file.write("\\nOWN = True\\n")
sys.path.insert(0, folder)
import boto3, jmespath
sts = boto3.client("sts", endpoint_url="https://sts.us-east-1.amazonaws.com")
def handler(event, context): return [jmespath.OWN, sts.meta.endpoint_url]
"""


def test_functions_have_one_server_without_a_process_beside_each(functions: Functions, cloud: Cloud) -> None:
    (first, server), (second, other) = (functions.invoke(functions.deploy(PROCESSES)).payload for _ in range(2))
    assert first != second
    assert server == other
    assert psutil.Process(server).ppid() == cloud.pid


def test_a_killed_server_is_replaced_and_invocations_go_on(
    functions: Functions, wait_until_gone: WaitUntilGone
) -> None:
    name = functions.deploy(PROCESSES)
    pids = functions.invoke(name).payload
    os.kill(pids[1], signal.SIGKILL)
    wait_until_gone(pids)
    result = functions.invoke(name)
    assert result.function_error is None
    assert not set(result.payload) & set(pids)


def test_a_function_that_brings_another_version_of_a_package_still_reaches_the_cloud_by_awss_names(
    functions: Functions, cloud: Cloud
) -> None:
    assert functions.invoke(functions.deploy(VENDORED)).payload == [True, cloud.endpoint_url]


def test_no_server_outlives_localstack(
    functions_of_fresh_cloud: Functions, fresh_cloud: Cloud, wait_until_gone: WaitUntilGone
) -> None:
    functions = functions_of_fresh_cloud
    pids = functions.invoke(functions.deploy(PROCESSES)).payload
    os.kill(fresh_cloud.pid, signal.SIGKILL)
    wait_until_gone(pids)


@pytest.mark.cloud  # which begins once the variable is set
def test_the_variable_gives_each_function_a_python_of_its_own(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("LOCAL_CLOUD_LAMBDA_FORK_SERVER", "0")
    functions: Functions = request.getfixturevalue("functions_of_fresh_cloud")
    function, parent = functions.invoke(functions.deploy(PROCESSES)).payload
    assert psutil.Process(function).cmdline()[1:] == ["-s", "-m", "awslambdaric", "app.handler"]
    assert "supervisor.py" in psutil.Process(parent).cmdline()[3]

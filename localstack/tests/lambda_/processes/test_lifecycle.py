"""Functions that are changed, invoked asynchronously, deleted; and LocalStacks that end."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from local_cloud.testing import Cloud as LocalCloud
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Cloud, Functions

WaitUntilGone = Callable[[Iterable[int]], None]

PID = """
import os
def handler(event, context): return [os.getpid(), os.environ.get("WORD")]
"""

# Writes its own number and its child's to the file that the event names, and waits for that to be removed.
WAIT = """
import os, pathlib, subprocess, time
def handler(event, context):
    child = subprocess.Popen(["sleep", "300"])
    draft = pathlib.Path(event + ".draft")
    draft.write_text(f"{os.getpid()} {child.pid}")
    draft.rename(event)
    while os.path.exists(event):
        time.sleep(0.01)
    return os.getpid()
"""


@retry(retry=retry_if_exception_type(FileNotFoundError), stop=stop_after_delay(20), wait=wait_fixed(0.02), reraise=True)
def pids_in(file: Path) -> list[int]:
    return [int(word) for word in file.read_text().split()]


def test_new_code_takes_effect_and_the_old_process_ends(functions: Functions, wait_until_gone: WaitUntilGone) -> None:
    name = functions.deploy(PID)
    pid, _ = functions.invoke(name).payload
    functions.update(name, "def handler(event, context): return 'new'")
    assert functions.invoke(name).payload == "new"
    wait_until_gone([pid])


def test_new_variables_take_effect_and_the_old_process_ends(
    functions: Functions, wait_until_gone: WaitUntilGone
) -> None:
    name = functions.deploy(PID)
    pid, _ = functions.invoke(name).payload
    functions.client.update_function_configuration(FunctionName=name, Environment={"Variables": {"WORD": "new"}})
    functions.client.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    assert functions.invoke(name).payload[1] == "new"
    wait_until_gone([pid])


def test_an_invocation_in_progress_ends_with_the_code_it_began_with(
    functions: Functions, tmp_path: Path, wait_until_gone: WaitUntilGone
) -> None:
    name = functions.deploy(WAIT)
    file = tmp_path / "pids"
    with ThreadPoolExecutor() as pool:
        result = pool.submit(functions.invoke, name, str(file))
        pids = pids_in(file)
        functions.update(name, "def handler(event, context): return 'new'")
        assert functions.invoke(name).payload == "new"
        file.unlink()
    assert result.result().payload == pids[0]
    wait_until_gone(pids)


def test_a_deleted_functions_process_ends(functions: Functions, wait_until_gone: WaitUntilGone) -> None:
    name = functions.deploy(PID)
    pid, _ = functions.invoke(name).payload
    functions.client.delete_function(FunctionName=name)
    wait_until_gone([pid])


def test_functions_of_the_same_code_are_apart(functions: Functions) -> None:
    first, second = functions.deploy(PID), functions.deploy(PID)
    before = functions.invoke(first).payload
    assert functions.invoke(second).payload != before
    functions.client.delete_function(FunctionName=second)
    assert functions.invoke(first).payload == before


def test_an_asynchronous_invocation_runs_after_the_caller_was_answered(functions: Functions, tmp_path: Path) -> None:
    name = functions.deploy(WAIT)
    file = tmp_path / "pids"
    answer = functions.client.invoke(FunctionName=name, InvocationType="Event", Payload=f'"{file}"')
    assert answer["StatusCode"] == 202
    assert len(pids_in(file)) == 2
    file.unlink()
    [log] = functions.logged(name, reports=1).values()
    assert "END RequestId" in log


def test_an_event_reaches_the_function_that_its_rule_names(
    functions: Functions, cloud: LocalCloud, tmp_path: Path
) -> None:
    name, file = functions.deploy(WAIT), tmp_path / "pids"
    arn = functions.client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    events = cloud.client("events")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": arn, "InputPath": "$.detail.file"}])
    events.put_events(Entries=[{"Source": name, "DetailType": "any", "Detail": json.dumps({"file": str(file)})}])
    assert len(pids_in(file)) == 2
    file.unlink()
    events.remove_targets(Rule=name, Ids=["1"])
    events.delete_rule(Name=name)


def test_provisioned_concurrency_is_warm_before_the_first_invocation(functions: Functions) -> None:
    name = functions.deploy(
        "import os\ndef handler(event, context): return os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']"
    )
    version = functions.client.publish_version(FunctionName=name)["Version"]
    functions.client.put_provisioned_concurrency_config(
        FunctionName=name, Qualifier=version, ProvisionedConcurrentExecutions=1
    )
    wait_until_provisioned(functions, name, version)
    result = functions.invoke(name, Qualifier=version)
    assert result.payload == "provisioned-concurrency"
    assert "Init Duration" not in result.log


@retry(retry=retry_if_exception_type(AssertionError), stop=stop_after_delay(20), wait=wait_fixed(0.1), reraise=True)
def wait_until_provisioned(functions: Functions, name: str, version: str) -> None:
    config = functions.client.get_provisioned_concurrency_config(FunctionName=name, Qualifier=version)
    assert config["Status"] == "READY"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_localstack(
    functions_of_fresh_cloud: Functions,
    fresh_cloud: Cloud,
    tmp_path: Path,
    wait_until_gone: WaitUntilGone,
    how: signal.Signals,
) -> None:
    functions = functions_of_fresh_cloud
    resting, _ = functions.invoke(functions.deploy(PID)).payload
    busy = functions.deploy(WAIT, Timeout=300)
    file = tmp_path / "pids"
    functions.client.invoke(FunctionName=busy, InvocationType="Event", Payload=f'"{file}"')
    pids = [resting, *pids_in(file)]
    os.kill(fresh_cloud.pid, how)
    wait_until_gone(pids)

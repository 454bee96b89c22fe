"""Functions on a running LocalStack, and what became of their processes."""

import base64
import io
import json
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import boto3
import psutil
import pytest
from botocore.config import Config
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient

RUNTIME = "python3.13"
ROLE = "arn:aws:iam::000000000000:role/function"
MAX_PROCESSES = 2


class Cloud(Protocol):
    """What these tests need of the fixtures `cloud` and `fresh_cloud`."""

    @property
    def endpoint_url(self) -> str: ...

    @property
    def pid(self) -> int: ...


@dataclass(frozen=True)
class Result:
    """What an invocation gave its caller."""

    payload: Any
    function_error: str | None
    log: str


class Functions:
    """Functions of one module `app`, invoked with JSON, whose names are made up."""

    def __init__(self, cloud: Cloud) -> None:
        self.client: LambdaClient = boto3.client("lambda", **_settings(cloud))
        self.logs: CloudWatchLogsClient = boto3.client("logs", **_settings(cloud))
        self._names: list[str] = []

    def deploy(self, source: str, **settings: Any) -> str:
        """Make a function that can be invoked, and return its name."""
        name = f"f-{uuid.uuid4().hex[:8]}"
        defaults = {"Runtime": RUNTIME, "Handler": "app.handler", "Timeout": 10, "Role": ROLE}
        self.client.create_function(**{"FunctionName": name, "Code": {"ZipFile": _zip(source)}, **defaults, **settings})
        self._names.append(name)
        self.client.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
        return name

    def update(self, name: str, source: str) -> None:
        """Give the function new code."""
        self.client.update_function_code(FunctionName=name, ZipFile=_zip(source))
        self.client.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})

    def invoke(self, name: str, event: object = None, **arguments: Any) -> Result:
        """Invoke the function and wait for its answer."""
        answer = self.client.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail", **arguments)
        log = base64.b64decode(answer["LogResult"]).decode(errors="replace")
        return Result(json.loads(answer["Payload"].read()), answer.get("FunctionError"), log)

    def logged(self, name: str, reports: int) -> dict[str, str]:
        """Return the text of each log stream of the function, as soon as they hold so many REPORT lines."""

        @retry(retry=retry_if_result(lambda found: found is None), stop=stop_after_delay(20), wait=wait_fixed(0.1))
        def read() -> dict[str, str] | None:
            streams = self._streams(f"/aws/lambda/{name}")
            return streams if sum(text.count("REPORT RequestId") for text in streams.values()) >= reports else None

        found = read()
        assert found is not None
        return found

    def _streams(self, group: str) -> dict[str, str]:
        try:
            streams = self.logs.describe_log_streams(logGroupName=group)["logStreams"]
        except self.logs.exceptions.ResourceNotFoundException:
            return {}
        return {stream["logStreamName"]: self._text(group, stream["logStreamName"]) for stream in streams}

    def _text(self, group: str, stream: str) -> str:
        events = self.logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True)["events"]
        return "".join(event["message"] for event in events)

    def delete_all(self) -> None:
        for name in self._names:
            try:
                self.client.delete_function(FunctionName=name)
            except self.client.exceptions.ResourceNotFoundException:
                continue


@pytest.fixture
def functions(cloud: Cloud) -> Iterator[Functions]:
    made = Functions(cloud)
    yield made
    made.delete_all()


@pytest.fixture
def functions_of_fresh_cloud(fresh_cloud: Cloud) -> Functions:
    return Functions(fresh_cloud)


@pytest.fixture
def few_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_CLOUD_LAMBDA_MAX_PROCESSES", str(MAX_PROCESSES))


@pytest.fixture
def functions_of_small_cloud(few_processes: None, fresh_cloud: Cloud) -> Functions:
    """Functions of a LocalStack that allows MAX_PROCESSES of them to run."""
    return Functions(fresh_cloud)


@pytest.fixture
def wait_until_gone() -> Callable[[Iterable[int]], None]:
    """Fails if processes with these ids still run after a while."""

    @retry(stop=stop_after_delay(10), wait=wait_fixed(0.05), reraise=True)
    def wait(pids: Iterable[int]) -> None:
        assert [pid for pid in pids if _runs(pid)] == []

    return wait


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE  # a container's init may not reap orphans
    except psutil.NoSuchProcess:
        return False


def _settings(cloud: Cloud) -> Any:
    return {
        "endpoint_url": cloud.endpoint_url,
        "region_name": "us-east-1",
        "aws_access_key_id": "test",
        "aws_secret_access_key": "test",
        "config": Config(retries={"total_max_attempts": 1}, read_timeout=90, max_pool_connections=32),
    }


def _zip(source: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("app.py", source)
    return archive.getvalue()

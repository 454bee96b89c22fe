"""For tests of what runs on a cloud: the launcher as a user runs it, and the cloud that it started.

Needs botocore, which the launcher itself does not.
"""

import io
import json
import os
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import psutil
from botocore.config import Config
from botocore.session import Session

from local_cloud.client_environment import DEFAULT_REGION, client_environment
from local_cloud.cloud_process import table_engine_of
from local_cloud.errors import LocalCloudError
from local_cloud.installation import function_runtime
from local_cloud.table_engines import VARIABLE as TABLES
from local_cloud.table_engines import EngineName

# A shell that runs tests in the background ignores Ctrl-C, and what it starts would inherit that: put before a command
# that a test is to end by it.
HEARS_CTRL_C = (
    *(sys.executable, "-I", "-c"),
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])",
)

# A profile that the environment names must exist, even where it is not needed (botocore's `Session.session_vars`: the
# name in the profile, the environment variable, what is taken without one, what converts it).
_NOTHING_OF_THE_USERS = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
_making_a_client = Lock()  # botocore's sessions are not for several threads


@cache
def _session() -> Session:
    """The session of all clients, which reads a service's description once: that is nearly all of a client's price."""
    return Session(_NOTHING_OF_THE_USERS)


@dataclass(frozen=True)
class Cloud:
    """A cloud that answers: its address, LocalStack's process id, and the log of it and its children."""

    endpoint_url: str
    pid: int
    log: Path
    region: str = DEFAULT_REGION

    @property
    def port(self) -> int:
        """The port of its address."""
        return int(self.endpoint_url.rpartition(":")[2])

    def client(self, service: str) -> Any:
        """Return an AWS client for one of this cloud's services, which several threads may share."""
        with _making_a_client:
            client = _session().create_client(
                service,
                endpoint_url=self.endpoint_url,
                region_name=self.region,
                aws_access_key_id="test",
                aws_secret_access_key="test",  # noqa: S106 - any will do
                config=Config(retries={"total_max_attempts": 1}, proxies={}),
            )
            _ = client.exceptions  # else made at the first refusals, by two threads at once two of each (botocore)
        return client

    def environment(self, of_user: Mapping[str, str] = os.environ) -> dict[str, str]:
        """Return the variables of a program that is to have this cloud as its AWS, and no real account."""
        return client_environment(of_user, self.endpoint_url, self.region)

    def create_function(self, source: str, variables: Mapping[str, str] | None = None) -> str:
        """Create a Lambda function from one module's source, which defines `handler`; return its name."""
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr(zipfile.ZipInfo("app.py"), source)  # without the time: the same source, the same archive
        name = f"function-{uuid.uuid4()}"
        self.client("lambda").create_function(
            FunctionName=name,
            Runtime=function_runtime(),
            Handler="app.handler",
            Role="arn:aws:iam::000000000000:role/any",
            Code={"ZipFile": code.getvalue()},
            Environment={"Variables": {**(variables or {})}},
        )
        return name

    @property
    def tables(self) -> str:
        """The name of the engine that keeps DynamoDB's tables."""
        return table_engine_of(psutil.Process(self.pid))

    @property
    def localstack_python(self) -> str:
        """The interpreter of LocalStack's environment."""
        return psutil.Process(self.pid).cmdline()[0]

    def run_in_localstack_environment(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run Python code with what LocalStack can import, in a process that knows no variable of AWS's, as its own."""
        command = [self.localstack_python, "-I", "-c", code]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


class Launcher:
    """The command line as a user runs it, with `home` unless another is asked for."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def command(self, verb: str, *arguments: str, home: Path | None = None) -> list[str]:
        """Return the argument list of `local-cloud <verb> ...`."""
        return [sys.executable, "-m", "local_cloud", verb, "--home", str(home or self.home), *arguments]

    def run(self, *arguments: str, home: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end, with these environment variables added."""
        command = self.command(*arguments, home=home)
        environment = {**os.environ, **variables}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    def start(
        self, port: int, region: str = DEFAULT_REGION, tables: EngineName | None = None, options: Sequence[str] = ()
    ) -> Cloud:
        """Start the port's cloud, with this table engine or the one that the environment says, and further options.

        Raises:
            LocalCloudError: it does not start; with what the command line said.
        """
        chosen: dict[str, Any] = {TABLES: tables} if tables else {}
        started = self.run("start", "--port", str(port), *options, **chosen)
        if started.returncode:
            raise LocalCloudError(started.stdout + started.stderr)
        return self.cloud(port, region=region)

    def cloud(self, port: int, home: Path | None = None, region: str = DEFAULT_REGION) -> Cloud:
        """Return the cloud that runs on the port.

        Raises:
            LocalCloudError: none does.
        """
        status = self.run("status", "--json", "--port", str(port), home=home)
        answer = json.loads(status.stdout)
        if answer is None:
            raise LocalCloudError(f"No local cloud of {home or self.home} runs on port {port}.")
        return Cloud(answer["endpoint_url"], answer["pid"], Path(answer["log"]), region)

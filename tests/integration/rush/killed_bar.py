"""A bar on a cloud of the test's own, which keeps what it holds, and the processes of it that are killed."""

import os
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import psutil
from botocore.exceptions import BotoCoreError, ClientError
from local_cloud.home import Home
from local_cloud.process_tree import asked, lives, tree_of
from local_cloud.testing import Launcher

from chalicelib.events import SOURCE
from simulator.outputs import Outputs, read_outputs
from simulator.probe.eventually import eventually
from simulator.probe.recorder import MARK
from tests.integration.running_bar import CREDENTIALS, ROOT

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

TABLES = "local_cloud.plugins.dynamodb."  # begins the module of the process that answers for the tables' engine


PATIENCE_S = 300  # a machine with two cores may be busy with other tests


class Victim(StrEnum):
    """A kind of process."""

    FUNCTION = "a function"
    ENGINE = "the tables' engine"
    CLOUD = "LocalStack, and all that ends with it"
    TABLES = "what answers for the tables' engine"
    STARTER = "what starts functions and watches over them"


@dataclass
class KilledBar:
    """The bar on a port of this checkout's home; `pid` is the present cloud's process."""

    launcher: Launcher
    port: int
    outputs_file: Path
    pid: int = 0

    def begin(self) -> None:
        """Start an empty cloud and deploy the bar to it."""
        self.pid = self.launcher.start(self.port, options=["--keep", "--fresh"]).pid
        command = [sys.executable, "-m", "deployer", "up", "--seed", "--outputs", str(self.outputs_file)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    @property
    def outputs(self) -> Outputs:
        """Where it is."""
        return read_outputs(self.outputs_file)

    @property
    def aws(self) -> boto3.Session:
        """AWS as its owner sees it; a client has to be told the address."""
        return boto3.Session("test", "test", region_name="us-east-1")

    def environment(self) -> dict[str, str]:
        """The variables of a program that is to meet this bar and no other."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        there = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}", "BAR_OUTPUTS": str(self.outputs_file)}
        return {**ours, **CREDENTIALS, **there, "NO_COLOR": "1", "COLUMNS": "150"}

    def kill(self, victim: Victim) -> None:
        """End a process of that kind at once, as soon as there is one; a cloud that is gone is started again.

        Gives back when the tables answer.
        """
        process = eventually(lambda: self._found(victim), PATIENCE_S)
        process.kill()
        eventually(lambda: _assert_gone(process), PATIENCE_S)
        if victim is Victim.CLOUD:
            self.pid = self.launcher.start(self.port, options=["--keep"]).pid
        eventually(self._assert_tables_answer, PATIENCE_S)

    def wait_until_written(self) -> None:
        """Wait until the log as it is now lies on the disk: its file was begun and written after this call."""
        for _ in range(2):
            self._wait_for_another_log(self._log_written_at())

    def _wait_for_another_log(self, than: int) -> None:
        def look() -> None:
            self.aws.client("events", endpoint_url=self.outputs.endpoint_url).put_events(Entries=[self._mark()])
            assert self._log_written_at() > than, "the log was not written again"

        eventually(look, PATIENCE_S)

    def _mark(self) -> "PutEventsRequestEntryTypeDef":
        """An event that no consumer knows; it is logged, and what changed is written."""
        name = self.outputs.event_bus_name
        return {"EventBusName": name, "Source": SOURCE, "DetailType": MARK, "Detail": "{}"}

    def _log_written_at(self) -> int:
        file = Home(self.launcher.home).run_folder(self.port).state / "logs.pickle"
        return file.stat().st_mtime_ns if file.exists() else 0

    def _assert_tables_answer(self) -> None:
        try:
            self.aws.client("dynamodb", endpoint_url=f"http://127.0.0.1:{self.port}").list_tables()
        except (BotoCoreError, ClientError) as error:
            raise AssertionError("the tables do not answer") from error

    def _found(self, victim: Victim) -> psutil.Process:
        root = psutil.Process(self.pid)
        if victim is Victim.CLOUD:
            return root
        about_tables = [process for one in _with_word(TABLES, tree_of(root)) for process in tree_of(one)]
        if victim in {Victim.TABLES, Victim.ENGINE}:
            found = about_tables[:1] if victim is Victim.TABLES else about_tables[-1:]
        else:
            others = [process for process in tree_of(root)[1:] if process not in about_tables]
            functions = [process for process in others if asked([process], _is_leaf) == [True]]
            found = functions if victim is Victim.FUNCTION else _parents(functions, root)
        assert found, f"{victim} does not run just now"
        return found[0]


def _with_word(word: str, processes: list[psutil.Process]) -> list[psutil.Process]:
    return [
        one for one in processes if any(word in part for line in asked([one], psutil.Process.cmdline) for part in line)
    ]


def _is_leaf(process: psutil.Process) -> bool:
    return lives(process) and not process.children()


def _parents(processes: list[psutil.Process], root: psutil.Process) -> list[psutil.Process]:
    return [parent for parent in asked(processes, psutil.Process.parent) if parent is not None and parent != root]


def _assert_gone(process: psutil.Process) -> None:
    assert not lives(process)

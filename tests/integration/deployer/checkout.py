"""A copy of this checkout that may be deployed, changed and removed at will, to a cloud of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from local_cloud.testing import HEARS_CTRL_C

ROOT = Path(__file__).parents[3]
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
_FILES = ("app.py", "requirements.txt")
_FOLDERS = ("bundle", "chalicelib", "statemachine", "deployer", ".chalice", "simulator", "upkeep", "workshop")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "deployed", "deployments")


@cache
def _session() -> boto3.Session:
    """The session of all clients: it reads the description of a service once."""
    return boto3.Session("test", "test", region_name="us-east-1")


@dataclass(frozen=True)
class Checkout:
    """A copy of the project's files, where it is deployed to, and the home of the cloud there."""

    root: Path
    endpoint: str
    home: Path

    def deployer(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the deployer and wait for it."""
        return self._run("-m", "deployer", *arguments, **environment)

    def workshop(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a verb of the workshop's."""
        return self._run("-m", "workshop", *arguments)

    def chalice(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Chalice itself, as somebody might by hand."""
        return self._run("-c", "from chalice.cli import main; raise SystemExit(main())", *arguments)

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start the deployer in a process group of its own."""
        return subprocess.Popen(
            [*HEARS_CTRL_C, sys.executable, "-m", "deployer", *arguments],
            cwd=self.root,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def client(self, service: str) -> Any:
        """A client of the cloud, of any service."""
        return _session().client(service, endpoint_url=self.endpoint)  # type: ignore[call-overload]

    def outputs(self) -> dict[str, str]:
        """What the deployer wrote down of what it deployed."""
        found: dict[str, str] = json.loads((self.root / ".local" / "outputs.json").read_text())
        return found

    def api_id(self) -> str:
        """The id of the deployed REST API."""
        return self.outputs()["apiUrl"].split("/")[-2]

    def to_change(self) -> list[str]:
        """What `plan` would change, without the reasons."""
        done = self.deployer("plan")
        assert done.returncode == 0, done.stdout + done.stderr
        lines = (line for line in done.stdout.splitlines() if line[:2] in {"+ ", "~ ", "± ", "- ", "! "})
        return sorted(line.split("  ")[0] for line in lines)

    def _run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self._environment() | environment,
            input="",
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        # Nothing of AWS's from outside but what this cloud needs, and no colours in what is printed.
        ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        here = {"AWS_ENDPOINT_URL": self.endpoint, "LOCAL_CLOUD_HOME": str(self.home)}
        return {**ours, **CREDENTIALS, **here, "NO_COLOR": "1"}


def copy_checkout(to: Path, endpoint: str) -> Checkout:
    """Copy what a deploy needs. The wheels are shared, so that they are fetched once for all."""
    for name in (*_FILES, *_FOLDERS):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(ROOT / name, to / name)
    wheels = ROOT / ".local" / "wheelhouse"
    wheels.mkdir(parents=True, exist_ok=True)
    (to / ".local").mkdir()
    (to / ".local" / "wheelhouse").symlink_to(wheels)
    # The cloud is one of this checkout's, whose home has all that a start needs.
    return Checkout(to, endpoint, Path(os.environ.get("LOCAL_CLOUD_HOME", ROOT / ".local" / "cloud")).resolve())


def kill(process: "subprocess.Popen[str]") -> None:
    """End the process and all that it started, at once, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

"""The bar that the tests meet: the one that runs, or one that is started for this test run and is gone afterwards.

A bar that runs is brought up to this code first, or tests would judge what was deployed some time ago. `BAR_OUTPUTS`
may name the outputs of another running bar, which is taken as it is. Several workers share one bar: who comes first
starts it, and the process that began the run stops it, also after Ctrl-C.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from unittest.mock import patch

import httpx
from filelock import FileLock
from local_cloud.free_port import free_port
from rich.console import Console

from deployer.pipeline import Pipeline
from deployer.planner import Step, Verb, to_do
from deployer.project import LOCAL
from deployer.report import Report
from simulator.outputs import DEFAULT_PATH, NotDeployed, Outputs, read_outputs

CREDENTIALS: Mapping[str, str] = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}
ROOT = Path(__file__).parents[2]
RUN_FOLDER = "BAR_TEST_RUN_FOLDER"  # where tests/conftest.py says which folder this run's workers share
_NOT_OURS = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION")


class Finding(StrEnum):
    """What runs at the address that the developer's outputs name."""

    THIS_CODE = "the bar, of this code"
    OTHER_CODE = "the bar, of other code or changed by hand"
    NO_BAR = "a cloud without the bar"


def already_running() -> Outputs | None:
    """The bar that the developer has running, if it answers, brought up to this code if it is of another.

    A bar that a learner's folder has a part in is theirs: it is left alone, and the tests start one of their own.
    """
    if "BAR_OUTPUTS" in os.environ:
        return _answering(Path(os.environ["BAR_OUTPUTS"]))
    outputs = _answering(DEFAULT_PATH)
    if outputs is None or outputs.made_with or _found_by_this_run(outputs) is Finding.NO_BAR:
        return None
    return read_outputs(DEFAULT_PATH)


def deployed_anew() -> bool:
    """Whether this run found a bar of other code."""
    return RUN_FOLDER in os.environ and _finding_file().exists() and _finding_file().read_text() == Finding.OTHER_CODE


def finding(steps: Iterable[Step]) -> Finding:
    """What runs there, by all steps of the deployer's plan for it."""
    steps = list(steps)
    if not to_do(steps):
        return Finding.THIS_CODE
    return Finding.NO_BAR if all(step.verb is Verb.CREATE for step in steps) else Finding.OTHER_CODE


def _answering(path: Path) -> Outputs | None:
    try:
        outputs = read_outputs(path)
        httpx.get(f"{outputs.endpoint_url}/_localstack/health", trust_env=False, timeout=35).raise_for_status()
    except (NotDeployed, httpx.HTTPError):
        return None
    return outputs


def _found_by_this_run(outputs: Outputs) -> Finding:
    """What the first worker found, and mended."""
    with FileLock(_finding_file().with_suffix(".lock")):
        if not _finding_file().exists():
            found = _look(outputs.endpoint_url)
            if found is Finding.OTHER_CODE:
                _run("deployer", "up", "--seed", endpoint=outputs.endpoint_url)
            _finding_file().write_text(found)
        return Finding(_finding_file().read_text())


def _look(endpoint: str) -> Finding:
    with patch.dict(os.environ, _settings(endpoint), clear=True):
        plans = Pipeline.of(ROOT, LOCAL, Report(Console(quiet=True))).plan()
    return finding(step for steps in plans.values() for step in steps)


def _finding_file() -> Path:
    return Path(os.environ[RUN_FOLDER]) / "finding"


def of_this_run(folder: Path) -> Outputs:
    """The bar of this run, started by whoever comes first.

    Args:
        folder: shared by the run's workers, and by nobody else.

    Raises:
        RuntimeError: it could not be started, now or when another worker tried.
    """
    written = folder / "outputs.json"
    with FileLock(folder / "lock"):
        if not _port_file(folder).exists():
            _start(folder, written)
        if not written.exists():
            raise RuntimeError("another worker could not start the bar; its first test says why")
        return read_outputs(written)


def stop_of_this_run(folder: Path) -> None:
    """Stop the bar of this run, if one was started."""
    if _port_file(folder).exists():
        _run("local_cloud", "stop", "--port", _port_file(folder).read_text())


def _start(folder: Path, written: Path) -> None:
    port = str(free_port())
    _port_file(folder).write_text(port)  # before anything is started, so that it is stopped whatever happens
    _run("local_cloud", "start", "--port", port)
    _run("deployer", "up", "--seed", "--outputs", str(written), endpoint=f"http://127.0.0.1:{port}")


def _run(*module_and_arguments: str, endpoint: str = "") -> None:
    command = [sys.executable, "-m", *module_and_arguments]
    done = subprocess.run(command, env=_settings(endpoint), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(module_and_arguments)} failed:\n{done.stdout}\n{done.stderr}")


def _settings(endpoint: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return {**environment, **CREDENTIALS, "AWS_ENDPOINT_URL": endpoint}


def _port_file(folder: Path) -> Path:
    return folder / "port"

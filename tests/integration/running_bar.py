"""The bar that the tests meet: the one that runs, or one that is started for this test run and is gone afterwards.

`BAR_OUTPUTS` may name the outputs of another running bar. Several workers share one bar: who comes first starts it, and
the process that began the run stops it, also after Ctrl-C.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
from filelock import FileLock

from simulator.outputs import DEFAULT_PATH, NotDeployed, Outputs, read_outputs

CREDENTIALS: Mapping[str, str] = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}
_NOT_OURS = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION")


def already_running() -> Outputs | None:
    """The bar that the developer has running, if it answers."""
    try:
        outputs = read_outputs(Path(os.environ.get("BAR_OUTPUTS", DEFAULT_PATH)))
        httpx.get(f"{outputs.endpoint_url}/_localstack/health", trust_env=False, timeout=35).raise_for_status()
    except (NotDeployed, httpx.HTTPError):
        return None
    return outputs


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
    port = str(_free_port())
    _port_file(folder).write_text(port)  # before anything is started, so that it is stopped whatever happens
    _run("local_cloud", "start", "--port", port)
    _run("deployer", "up", "--seed", "--outputs", str(written), endpoint=f"http://127.0.0.1:{port}")


def _run(*module_and_arguments: str, endpoint: str = "") -> None:
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    command = [sys.executable, "-m", *module_and_arguments]
    settings = {**environment, **CREDENTIALS, "AWS_ENDPOINT_URL": endpoint}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(module_and_arguments)} failed:\n{done.stdout}\n{done.stderr}")


def _port_file(folder: Path) -> Path:
    return folder / "port"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""Finds the process that is the cloud of a port, and never takes a stranger for it.

Process ids are used again by other programs. What makes a process the cloud is its command line and that it runs
in the cloud's own folder; neither changes with the machine's clock, as a start time would.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import psutil

from local_cloud.home import Home, RunFolder
from local_cloud.kept_state import VARIABLE as STATE
from local_cloud.process_tree import listening_addresses
from local_cloud.table_engines import VARIABLE as TABLES
from local_cloud.unusable_files import told_if_unusable

COMMAND = ("-P", "-m", "localstack.runtime.main")  # -P: our folder `localstack/` must not shadow the package


def running_cloud(run: RunFolder) -> psutil.Process | None:
    """Return LocalStack's process for this folder, or None when it does not run.

    Raises:
        LocalCloudError: what is in the place of the file with its id cannot be read.
    """
    return next((process for process in _candidates(run) if _is_cloud(process, run)), None)


def running_ports(home: Home) -> list[int]:
    """Return the ports of all clouds of a home that run, the lowest first.

    Raises:
        LocalCloudError: as `running_cloud`.
    """
    ports = sorted(int(folder.name) for folder in home.run_folders.glob("*") if folder.name.isdecimal())
    return [port for port in ports if running_cloud(home.run_folder(port))]


def table_engine_of(cloud: psutil.Process) -> str:
    """Return the name of the engine that a running cloud keeps its tables in; empty when the process is gone."""
    return _variable(cloud, TABLES)


def keeps_state(cloud: psutil.Process) -> bool:
    """Whether a running cloud was started to keep what it holds."""
    return bool(_variable(cloud, STATE))


def _variable(cloud: psutil.Process, name: str) -> str:
    try:
        return cloud.environ().get(name, "")
    except psutil.Error:
        return ""


def record(run: RunFolder, pid: int) -> None:
    """Remember the process id of the cloud that was just started.

    Raises:
        LocalCloudError: it cannot be written down.
    """
    with told_if_unusable(run.pid_file):
        run.pid_file.write_text(f"{pid}\n")


def listener(port: int) -> psutil.Process | None:
    """Return the process that listens on a TCP port, or None when there is none or we may not know."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:  # macOS tells only root of all processes at once, and everybody of their own
        return next((process for process in psutil.process_iter() if _listens(process, port)), None)
    listening = (c for c in connections if c.status == psutil.CONN_LISTEN and c.laddr and c.laddr.port == port)
    return next((_process(connection.pid) for connection in listening if connection.pid), None)


def _candidates(run: RunFolder) -> Iterator[psutil.Process]:
    yield from filter(None, (_recorded(run.pid_file), listener(run.port)))


def _recorded(pid_file: Path) -> psutil.Process | None:
    with told_if_unusable(pid_file):
        try:
            return _process(int(pid_file.read_text()))
        except (FileNotFoundError, ValueError):  # never started, or killed while it wrote
            return None


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.NoSuchProcess:
        return None


def _listens(process: psutil.Process, port: int) -> bool:
    return port in {taken for _, taken in listening_addresses([process])}


def _is_cloud(process: psutil.Process, run: RunFolder) -> bool:
    try:
        return tuple(process.cmdline()[1:]) == COMMAND and process.cwd() == os.path.realpath(run.path)
    except psutil.Error:  # gone, a zombie, or another user's
        return False

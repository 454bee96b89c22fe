"""What can be told of a running cloud."""

import json
import time
from dataclasses import dataclass
from typing import Any

import psutil

from local_cloud.cloud_answers import HEALTH_PATH, NO_ANSWER, answer_at
from local_cloud.cloud_process import keeps_state, running_cloud, table_engine_of
from local_cloud.home import RunFolder
from local_cloud.kept_state import KeptState, kept_state
from local_cloud.own_endpoints import PATCHES_PATH
from local_cloud.process_tree import occupied_bytes, tree_of


@dataclass(frozen=True)
class Status:
    """A running cloud: `memory_bytes` is of all its processes, `tables` the engine that keeps
    DynamoDB's tables, `keeps` says whether it keeps what it holds, `state` is what was kept last, by this cloud or an
    earlier one on its port, `services` are those used so far.

    Without an answer, as when it hangs or starts or stops just now, `services` and `patches` are empty.
    `patches` are as `plugins/gateway/patch_list.py` tells them: those of a service are applied once it is loaded.
    """

    endpoint_url: str
    port: int
    pid: int
    processes: int
    answers: bool
    uptime_s: float
    memory_bytes: int
    tables: str
    keeps: bool
    state: KeptState | None
    services: list[str]
    patches: list[dict[str, Any]]
    log: str


def status_of(run: RunFolder) -> Status | None:
    """Look at the cloud of this folder; None when it does not run."""
    process = running_cloud(run)
    if process is None:
        return None
    try:
        started_at = process.create_time()
    except psutil.NoSuchProcess:
        return None
    processes = tree_of(process)
    health = _told(run, HEALTH_PATH)
    return Status(
        endpoint_url=run.endpoint_url,
        port=run.port,
        pid=process.pid,
        processes=len(processes),
        answers=health is not None,
        uptime_s=round(time.time() - started_at, 1),
        memory_bytes=occupied_bytes(processes),
        tables=table_engine_of(process),
        keeps=keeps_state(process),
        state=kept_state(run.state),
        services=_in_use(health) if health else [],
        patches=(_told(run, PATCHES_PATH) or []) if health else [],  # one patience is enough
        log=str(run.log),
    )


def _in_use(health: dict[str, Any]) -> list[str]:
    return sorted(name for name, state in health["services"].items() if state == "running")


def _told(run: RunFolder, path: str) -> Any:
    """What the cloud answers at the path as JSON, or None where it does not, or with a failure."""
    try:
        return json.loads(answer_at(run, path))
    except (*NO_ANSWER, ValueError):
        return None

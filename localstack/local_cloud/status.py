"""What can be told of a running cloud."""

import time
from dataclasses import dataclass
from typing import Any

import httpx
import psutil

from local_cloud.cloud_process import running_cloud
from local_cloud.home import RunFolder
from local_cloud.own_endpoints import PATCHES_PATH
from local_cloud.process_tree import resident_bytes, tree_of


@dataclass(frozen=True)
class Status:
    """A running cloud: `memory_bytes` is resident and of all its processes, `services` are those used so far.

    `patches` are as `plugins/gateway/patch_list.py` tells them: those of a service are applied once it is loaded.
    """

    endpoint_url: str
    port: int
    pid: int
    processes: int
    uptime_s: float
    memory_bytes: int
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
    return Status(
        endpoint_url=run.endpoint_url,
        port=run.port,
        pid=process.pid,
        processes=len(processes),
        uptime_s=round(time.time() - started_at, 1),
        memory_bytes=resident_bytes(processes),
        services=_services_in_use(run),
        patches=_told(run, PATCHES_PATH) or [],
        log=str(run.log),
    )


def _services_in_use(run: RunFolder) -> list[str]:
    health = _told(run, "/_localstack/health") or {"services": {}}
    return sorted(name for name, state in health["services"].items() if state == "running")


def _told(run: RunFolder, path: str) -> Any:
    """What the cloud answers at the path as JSON, or None when it starts or stops just now."""
    try:
        return httpx.get(f"{run.endpoint_url}{path}", trust_env=False).raise_for_status().json()
    except httpx.HTTPError:
        return None

"""LocalStack forgets all when it stops; here what a cloud held is there again where LOCAL_CLOUD_STATE names a folder.
Since 0.2.

The stores of its services, by LocalStack's own hooks for it, are read at the start and written soon after each change,
so that a cloud that is killed forgets the last second or so, and tables nothing. See docs/adr.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from localstack.runtime import hooks

from local_cloud.kept_state import VARIABLE as STATE_FOLDER
from local_cloud.plugins.state import executions
from local_cloud.plugins.state.event_rules import resume_rules
from local_cloud.plugins.state.saver import Saver, may_change
from local_cloud.plugins.state.snapshot import Snapshot, StateError

NOT_KEPT = frozenset({"cloudwatch"})
"""Metrics: they are many, of no use tomorrow, and in a database of their own."""

_SAVERS: list[Saver] = []


@hooks.on_infra_start(priority=-200)  # type: ignore[untyped-decorator]  # after services were loaded by name
def resume_state() -> None:
    """LocalStack's hook: read what was kept, and keep it from now on."""
    if not (folder := os.environ.get(STATE_FOLDER)):
        return
    snapshot = Snapshot(Path(folder))
    try:
        _resume(snapshot)
    except StateError as error:
        print(f"ERROR: {error}", file=sys.stderr)
        os._exit(1)  # services that were loaded have threads for which the process would wait
    _SAVERS.append(saver := Saver(snapshot, _kept_services))
    _listen(saver)
    saver.start()


@hooks.on_infra_ready()  # type: ignore[untyped-decorator]
def tell_of_failed_executions() -> None:
    """LocalStack's hook: let rules hear what did not go on."""
    executions.tell_of_failed()


@hooks.on_infra_shutdown(priority=100)  # type: ignore[untyped-decorator]  # before anything is stopped
def keep_state() -> None:
    """LocalStack's hook: write the last of it."""
    for saver in _SAVERS:
        saver.finish()


def _resume(snapshot: Snapshot) -> None:
    from localstack.services.plugins import SERVICE_PLUGINS  # noqa: PLC0415  # takes seconds

    services = [SERVICE_PLUGINS.require(name) for name in snapshot.services()]
    for service in services:
        service.lifecycle_hook.on_before_state_load()
        snapshot.load(service)
    for service in services:  # once all is there: functions need their code, mappings their queues
        service.lifecycle_hook.on_after_state_load()
        if service.name() == "events":
            resume_rules(service.lifecycle_hook)


def _listen(saver: Saver) -> None:
    from localstack.aws import handlers  # noqa: PLC0415  # takes seconds

    def note(_chain: Any, context: Any, _response: Any) -> None:
        if may_change(context.operation and context.operation.name):
            saver.note_call()

    handlers.run_custom_response_handlers.append(note)


def _kept_services() -> Iterator[Any]:
    from localstack.services.plugins import SERVICE_PLUGINS  # noqa: PLC0415

    for name, container in list(SERVICE_PLUGINS._services.items()):  # it has no way to list those that are loaded
        if name not in NOT_KEPT:
            yield container.service

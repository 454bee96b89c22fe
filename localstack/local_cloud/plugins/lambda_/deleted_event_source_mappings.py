"""LocalStack lists an event source mapping for ever that was switched off before it was removed; here it is forgotten.
Since 0.1.

LocalStack forgets a removed mapping at the end of its poller's loop, and only if the mapping is switched on. One that
is switched off has no such loop any more: it is listed as Deleting ever after.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

WORKER = "localstack.services.lambda_.event_source_mapping.esm_worker:EsmWorker"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def forget_removed_mappings() -> None:
    """LocalStack's hook: forget a mapping when nothing polls for it any more."""
    # Either end may be the later one: that of the poller's loop or that of the removal.
    replace(WORKER, "poller_loop", _forgetting, why="parity", upstream="0c30912d7428", before="lambda")
    replace(WORKER, "delete", _forgetting_where_idle, why="parity", upstream="d7a6ba58742b", before="lambda")


def _forgetting_where_idle(delete: Callable[..., None]) -> Callable[..., None]:
    return _forgetting(delete, _is_idle)


def _forgetting(method: Callable[..., None], is_over: Callable[[Any], bool] = lambda _: True) -> Callable[..., None]:
    @wraps(method)
    def run_and_forget(worker: Any, *args: Any, **kwargs: Any) -> None:
        from localstack.services.lambda_.event_source_mapping.esm_worker import EsmState  # noqa: PLC0415

        method(worker, *args, **kwargs)
        if worker.current_state == EsmState.DELETING and is_over(worker):
            worker.delete_esm_in_store()

    return run_and_forget


def _is_idle(worker: Any) -> bool:
    return worker._poller_thread is None or not worker._poller_thread.is_alive()  # it has no way to ask

"""Forgets an event source mapping that is removed after it was switched off.

LocalStack forgets a removed mapping at the end of its poller's loop, and only if the mapping is switched on. One that
is switched off has no such loop any more: it is listed as Deleting ever after.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def forget_removed_mappings() -> None:
    """LocalStack's hook: forget a mapping when nothing polls for it any more."""
    before_loading("lambda", install)


def install() -> None:
    """Look at both ends, for either may be the later one: that of the removal and that of the poller's loop."""
    from localstack.services.lambda_.event_source_mapping.esm_worker import EsmState, EsmWorker  # noqa: PLC0415

    def forgetting(method: Callable[..., None], is_over: Callable[[Any], bool]) -> Callable[..., None]:
        @wraps(method)
        def run_and_forget(worker: Any, *args: Any, **kwargs: Any) -> None:
            method(worker, *args, **kwargs)
            if worker.current_state == EsmState.DELETING and is_over(worker):
                worker.delete_esm_in_store()

        return run_and_forget

    EsmWorker.poller_loop = forgetting(EsmWorker.poller_loop, lambda _: True)
    EsmWorker.delete = forgetting(EsmWorker.delete, _is_idle)


def _is_idle(worker: Any) -> bool:
    return worker._poller_thread is None or not worker._poller_thread.is_alive()  # it has no way to ask

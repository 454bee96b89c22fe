"""LocalStack lets a second first call to a service through before its operations are known; here it waits for them.
Since 0.2.

LocalStack notes a service as loaded right before it adds the service's operations to its router, one after the other.
A call that comes meanwhile is told "no handler for operation ..." (501, InternalFailure).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def wait_for_service_routes() -> None:
    """LocalStack's hook: let a call pass once its service's operations are there."""
    replace(
        "localstack.aws.handlers.service_plugin:ServiceLoader",
        "require_service",
        _waiting_for_routes,
        why="parity",
        upstream="21c44cb7a19b",
    )


def _waiting_for_routes(require: Callable[..., None]) -> Callable[..., None]:
    routed: set[str] = set()

    @wraps(require)
    def require_service(loader: Any, chain: Any, context: Any, response: Any) -> None:
        require(loader, chain, context, response)
        if context.service and (name := context.service.service_name) not in routed:
            with loader.service_locks[name]:  # who adds the operations holds it
                routed.add(name)

    return require_service

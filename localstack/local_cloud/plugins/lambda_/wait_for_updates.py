"""LocalStack answers a change of a function before it has taken effect, as AWS does; here when it has.
Since 0.1.

AWS and LocalStack answer while the function is still Pending or InProgress; botocore's waiters then look again after
five seconds, so that a tool that deploys a dozen functions sleeps for more than a minute. LocalStack can wait itself
(LAMBDA_SYNCHRONOUS_CREATE), but only for new functions and by looking twice a second.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

LOOK_EVERY_S = 0.01
AT_MOST_S = 10
PROVIDER = "localstack.services.lambda_.provider"
UPDATES = {"update_function_code": "36097d654fe6", "update_function_configuration": "006327bf4b24"}


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def settle_functions() -> None:
    """LocalStack's hook: wait for changes of functions before answering."""
    replace(  # by which it waits for new functions
        PROVIDER, "poll_condition", _looking_often, why="speed", upstream="997b1ca3ea68", before="lambda"
    )
    for name, upstream in UPDATES.items():
        replace(f"{PROVIDER}:LambdaProvider", name, _settled, why="speed", upstream=upstream, before="lambda")


def _looking_often(poll_condition: Callable[..., bool]) -> Callable[..., bool]:
    return partial(poll_condition, interval=LOOK_EVERY_S)


def _settled(operation: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(operation)
    def update(*args: Any, **kwargs: Any) -> Any:
        from localstack.services.lambda_ import provider  # noqa: PLC0415  # takes seconds

        answer = operation(*args, **kwargs)
        _, _, _, region, account, _, function, *_ = answer["FunctionArn"].split(":")
        store = provider.lambda_stores[account][region]
        provider.poll_condition(lambda: not _is_updating(store, function), timeout=AT_MOST_S)
        return answer

    return update


def _is_updating(store: Any, function: str) -> bool:
    """Whether an update goes on; a function that was deleted meanwhile is not being updated."""
    found = store.functions.get(function)
    return found is not None and found.latest().config.last_update.status == "InProgress"

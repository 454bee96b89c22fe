"""Answers a change of a function when the change has taken effect, which on a laptop is a matter of milliseconds.

AWS and LocalStack answer while the function is still Pending or InProgress; botocore's waiters then look again after
five seconds, so that a tool that deploys a dozen functions sleeps for more than a minute. LocalStack can wait itself
(LAMBDA_SYNCHRONOUS_CREATE), but only for new functions and by looking twice a second.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading

LOOK_EVERY_S = 0.01
AT_MOST_S = 10
UPDATES = ("update_function_code", "update_function_configuration")


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def settle_functions() -> None:
    """LocalStack's hook: wait for changes of functions before answering."""
    before_loading("lambda", install)


def install() -> None:
    """Make LocalStack's Lambda provider look often, and wait for updates as it does for new functions."""
    from localstack.services.lambda_ import provider  # noqa: PLC0415  # takes seconds
    from localstack.utils.sync import poll_condition  # noqa: PLC0415

    look = partial(poll_condition, interval=LOOK_EVERY_S)
    provider.poll_condition = look
    for name in UPDATES:
        operation = getattr(provider.LambdaProvider, name)
        setattr(provider.LambdaProvider, name, _settled(operation, provider.lambda_stores, look))


def _settled(operation: Callable[..., Any], stores: Any, look: Callable[..., bool]) -> Callable[..., Any]:
    @wraps(operation)
    def update(*args: Any, **kwargs: Any) -> Any:
        answer = operation(*args, **kwargs)
        _, _, _, region, account, _, function, *_ = answer["FunctionArn"].split(":")
        look(lambda: not _is_updating(stores[account][region], function), timeout=AT_MOST_S)
        return answer

    return update


def _is_updating(store: Any, function: str) -> bool:
    """Whether an update goes on; a function that was deleted meanwhile is not being updated."""
    found = store.functions.get(function)
    return found is not None and found.latest().config.last_update.status == "InProgress"

"""LocalStack invokes functions with more than the 6 MB that Lambda takes; here that is refused at once.
Since 0.1.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html has the limit. An event, which is not waited
for, is bounded by the queue that LocalStack puts it into.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

MAX_REQUEST = 6 * 1024 * 1024
"""Bytes, 100 less than Lambda allows a response."""


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def refuse_oversized_invocations() -> None:
    """LocalStack's hook: look at the size first."""
    replace(  # where all invocations pass, those of API Gateway and Step Functions too
        "localstack.services.lambda_.invocation.lambda_service:LambdaService",
        "invoke",
        _bounded,
        why="parity",
        upstream="e74d9e79ae97",
        before="lambda",
    )


def _bounded(invoke: Callable[..., Any]) -> Callable[..., Any]:
    from localstack.services.lambda_.invocation.lambda_models import RequestEntityTooLargeException  # noqa: PLC0415

    @wraps(invoke)
    def invoke_if_small_enough(self: Any, *, payload: bytes | None = None, **other: Any) -> Any:
        if other.get("invocation_type") != "Event" and len(payload or b"") > MAX_REQUEST:
            raise RequestEntityTooLargeException(
                f"Request must be smaller than {MAX_REQUEST} bytes for the InvokeFunction operation"
            )
        return invoke(self, payload=payload, **other)

    return invoke_if_small_enough

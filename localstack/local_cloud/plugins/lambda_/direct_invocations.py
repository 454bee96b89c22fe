"""LocalStack makes two AWS calls to itself for each event that a function is told of; here it is handed on directly.
Since 0.1.

From EventBridge to a function's queue, and from the queue to the function: a call of each has all that a call takes,
signing, parsing, serializing, a line in the log.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from io import BytesIO
from typing import Any
from uuid import uuid4

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

TRACE = "X-Amzn-Trace-Id"
REQUEST = "X-Amz-Request-Id"

_services: list[Any] = []  # LocalStack's one LambdaService, as soon as there is one


class DirectClient:
    """As much of a Lambda client as LocalStack's pollers use, without a call: it asks LambdaService itself."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        from localstack.aws.api import lambda_  # noqa: PLC0415  # takes seconds

        self.exceptions = lambda_
        self._headers = headers or {}

    def custom_headers(self, headers: Mapping[str, str]) -> "DirectClient":
        """Return such a client whose calls carry these headers."""
        return DirectClient(headers)

    def invoke(self, *, FunctionName: str, Payload: bytes, InvocationType: str) -> dict[str, Any]:  # noqa: N803, boto3's
        """Invoke the function; raises what LambdaService raises."""
        from localstack.services.lambda_.api_utils import function_locators_from_arn  # noqa: PLC0415
        from localstack.utils.xray.trace_header import TraceHeader  # noqa: PLC0415

        name, qualifier, account, region = function_locators_from_arn(FunctionName)
        trace = TraceHeader.from_header_str(self._headers.get(TRACE)).ensure_root_exists()
        result = _services[-1].invoke(
            function_name=name,
            qualifier=qualifier,
            account_id=account,
            region=region,
            invocation_type=InvocationType,
            client_context=None,
            request_id=self._headers.get(REQUEST) or str(uuid4()),
            payload=Payload,
            trace_context={"aws_trace_header": trace},
        )
        return _answer(result) if InvocationType == "RequestResponse" else {}


def _answer(result: Any) -> dict[str, Any]:
    """Return the result as boto3 does."""
    failed = {"FunctionError": "Unhandled"} if result.is_error else {}
    return {"Payload": BytesIO(result.payload or b""), **failed}


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def invoke_directly() -> None:
    """LocalStack's hook: spare both calls."""
    invocation = "localstack.services.lambda_.invocation"
    replace(
        f"{invocation}.lambda_service:LambdaService",
        "__init__",
        lambda make: _then(make, _services.append),
        why="speed",
        upstream="44c3f090387d",
        before="lambda",
    )
    replace(
        f"{invocation}.event_manager:Poller",
        "__init__",
        lambda make: _then(make, lambda poller: setattr(poller, "lambda_client", DirectClient())),
        why="speed",
        upstream="9ef66dc183ed",
        before="lambda",
    )
    replace(
        "localstack.services.events.target:LambdaTargetSender",
        "send_event",
        _sending_directly,
        why="speed",
        upstream="cce6b556ee0a",
        before="events",
    )


def _sending_directly(call: Callable[..., None]) -> Callable[..., None]:
    """Spare the call from EventBridge to a function's queue, once Lambda is there; until then, the call loads it."""

    @wraps(call)
    def send_event(sender: Any, event: Any, trace_header: Any) -> None:
        from localstack.services.events.utils import to_json_str  # noqa: PLC0415

        if not _services:
            call(sender, event, trace_header)
            return
        client = DirectClient({TRACE: trace_header.to_header_str()})
        client.invoke(FunctionName=sender.target["Arn"], Payload=to_json_str(event).encode(), InvocationType="Event")

    return send_event


def _then(make: Callable[..., None], do: Callable[[Any], None]) -> Callable[..., None]:
    """Have something done with each object once it is made."""

    @wraps(make)
    def make_then_do(made: Any, *args: Any, **kwargs: Any) -> None:
        make(made, *args, **kwargs)
        do(made)

    return make_then_do

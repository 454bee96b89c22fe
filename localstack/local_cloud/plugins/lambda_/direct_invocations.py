"""Hands events to functions directly: from EventBridge to a function's queue, and from the queue to the function.

LocalStack makes an AWS call of its own for each of these two steps, with all that a call takes: signing, parsing,
serializing, a line in the log.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from io import BytesIO
from typing import Any
from uuid import uuid4

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading

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
    before_loading("lambda", install_in_lambda)
    before_loading("events", install_in_events)


def install_in_lambda() -> None:
    """Spare the call from a function's queue to the function."""
    from localstack.services.lambda_.invocation.event_manager import Poller  # noqa: PLC0415
    from localstack.services.lambda_.invocation.lambda_service import LambdaService  # noqa: PLC0415

    LambdaService.__init__ = _then(LambdaService.__init__, _services.append)
    Poller.__init__ = _then(Poller.__init__, lambda poller: setattr(poller, "lambda_client", DirectClient()))


def install_in_events() -> None:
    """Spare the call from EventBridge to a function's queue, once Lambda is there; until then, the call loads it."""
    from localstack.services.events.target import LambdaTargetSender  # noqa: PLC0415
    from localstack.services.events.utils import to_json_str  # noqa: PLC0415

    call = LambdaTargetSender.send_event

    @wraps(call)
    def send_event(sender: Any, event: Any, trace_header: Any) -> None:
        if not _services:
            call(sender, event, trace_header)
            return
        client = DirectClient({TRACE: trace_header.to_header_str()})
        client.invoke(FunctionName=sender.target["Arn"], Payload=to_json_str(event).encode(), InvocationType="Event")

    LambdaTargetSender.send_event = send_event


def _then(make: Callable[..., None], do: Callable[[Any], None]) -> Callable[..., None]:
    """Have something done with each object once it is made."""

    @wraps(make)
    def make_then_do(made: Any, *args: Any, **kwargs: Any) -> None:
        make(made, *args, **kwargs)
        do(made)

    return make_then_do

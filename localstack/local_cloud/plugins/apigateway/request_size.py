"""LocalStack answers a call that is too large for a function with 502; here with AWS's 413, 414 or 431.
Since 0.2.

* An event of more than the 6 MB that Lambda takes: 413, the gateway response REQUEST_TOO_LARGE.
* A request line and header values of more than 10,240 bytes: 414 where the line alone is, else 431. AWS has no gateway
  response of its own for these; here they take the headers of DEFAULT_4XX, so that a page's script sees the status.

The 10 MB that any body may have are `request_payload`'s.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading
from local_cloud.plugins.lambda_.request_size_limit import MAX_REQUEST
from local_cloud.plugins.patches import replace

MAX_HEAD = 10_240
"""Bytes, of the request line and all header values together."""

PROXY = "localstack.services.apigateway.next_gen.execute_api.integrations.aws:RestApiAwsProxyIntegration"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def refuse_large_requests() -> None:
    """LocalStack's hook: look at the head before anything else, and at what Lambda refuses."""
    replace(PROXY, "invoke", _refusing, why="parity", upstream="6fcff821de55", before="apigateway")
    before_loading("apigateway", _append)


def _append() -> None:
    from localstack.services.apigateway.next_gen.execute_api import handlers  # noqa: PLC0415  # takes seconds

    handlers.modify_request.append(admit_head)


def admit_head(_chain: Any, context: Any, _response: Any) -> None:
    """Be the gateway's handler that refuses a head that is too large.

    Raises:
        BadRequestException: it is; a gateway exception with status 414 or 431.
    """
    from localstack.services.apigateway.next_gen.execute_api.gateway_response import BadRequestException  # noqa: PLC0415

    request = context.request
    status = refused_with(len(_request_line(request)), sum(len(value) for _, value in request.headers))
    if status:
        raise BadRequestException(REASONS[status], status_code=status)


REASONS = {414: "Request URI too long", 431: "Request header fields too large"}


def refused_with(line: int, header_values: int) -> int | None:
    """Return the status with which a request is refused that has so many bytes in its line and its header values."""
    if line > MAX_HEAD:
        return 414
    return 431 if line + header_values > MAX_HEAD else None


def _request_line(request: Any) -> str:
    return f"{request.method} {request.environ.get('RAW_URI') or request.path} {request.environ['SERVER_PROTOCOL']}"


def _refusing(invoke: Callable[..., Any]) -> Callable[..., Any]:
    """Tell what Lambda refuses for its size from what fails."""
    from localstack.services.apigateway.next_gen.execute_api.gateway_response import (  # noqa: PLC0415
        IntegrationFailureError,
        RequestTooLargeError,
    )

    def refusal() -> RequestTooLargeError:
        error = RequestTooLargeError("Request Too Long")
        error.code = "BadRequestException"  # what AWS was seen to send as x-amzn-ErrorType
        return error

    @wraps(invoke)
    def invoke_or_refuse(self: Any, context: Any) -> Any:
        if len(context.integration_request["body"]) > MAX_REQUEST:  # no event is smaller than its body
            raise refusal()
        try:
            return invoke(self, context)
        except IntegrationFailureError as error:
            if _code(error.__cause__) not in ("RequestEntityTooLargeException", "RequestTooLargeException"):
                raise
            raise refusal() from error

    return invoke_or_refuse


def _code(error: BaseException | None) -> str:
    """Return what AWS calls an error, as boto3 tells it; empty for any other."""
    answer = getattr(error, "response", {})
    return str(answer.get("Error", {}).get("Code", ""))

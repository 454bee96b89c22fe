"""LocalStack parses a form and writes it anew; here every body goes on as it was sent.
Since 0.2.

LocalStack also takes a body of any size and any Content-Encoding, decompresses gzip alone, and answers 500 when that
fails. As on AWS a body of more than 10 MB is a 413 (gateway response REQUEST_TOO_LARGE), one in a coding that API
Gateway does not know, or not coded as it says, a 415 (UNSUPPORTED_MEDIA_TYPE), and the integration sees none of it.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
"""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.apigateway.content_codings import TooLargeError, UndecodableError, decoded
from local_cloud.plugins.before_loading import before_loading
from local_cloud.plugins.patches import replace

MAX_PAYLOAD = 10 * 1024 * 1024
"""Bytes, of a body as it was sent and as it is once decompressed."""

TOO_LARGE = f"HTTP content length exceeded {MAX_PAYLOAD} bytes."
"""AWS's own words; it says them as plain text where they come from the servers in front of API Gateway."""

PARSE = "localstack.services.apigateway.next_gen.execute_api.handlers.parse"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def receive_payloads() -> None:
    """LocalStack's hook: let nobody but `receive` read the body of a call to a REST API."""
    replace(PARSE, "restore_payload", _unread, why="parity", upstream="1887a88ce7f0", before="apigateway")
    replace(
        "localstack.aws.handlers.codec:ContentDecoder", "__call__", _but_for_apis, why="parity", upstream="54b57bb3fc48"
    )
    before_loading("apigateway", _append)


def _unread(_restore_payload: Callable[..., bytes]) -> Callable[..., bytes]:
    """Leave the body for later: where LocalStack reads it, a refusal could not be answered yet."""
    return lambda _request: b""


def _but_for_apis(decode: Callable[..., None]) -> Callable[..., None]:
    """Leave compressed calls of APIs as they are."""
    from localstack.aws.handlers.cors import is_execute_api_call  # noqa: PLC0415  # takes seconds

    @wraps(decode)
    def decode_but_for_apis(self: Any, chain: Any, context: Any, response: Any) -> None:
        if not is_execute_api_call(context):
            decode(self, chain, context, response)

    return decode_but_for_apis


def _append() -> None:
    from localstack.services.apigateway.next_gen.execute_api import handlers  # noqa: PLC0415  # takes seconds

    handlers.modify_request.append(receive)


def receive(_chain: Any, context: Any, _response: Any) -> None:
    """Put the body into the invocation; be the gateway's handler that comes before the route is looked for.

    The integration is not told of a coding that is no longer there.

    Raises:
        RequestTooLargeError: the body has more than `MAX_PAYLOAD` bytes.
        UnsupportedMediaTypeError: it cannot be decompressed.
    """
    from localstack.services.apigateway.next_gen.execute_api.gateway_response import (  # noqa: PLC0415
        RequestTooLargeError,
        UnsupportedMediaTypeError,
    )

    invocation = context.invocation_request
    try:
        invocation["body"] = decoded(_read(context.request), _coding(context.request), MAX_PAYLOAD)
    except TooLargeError as error:
        raise RequestTooLargeError(TOO_LARGE) from error
    except UndecodableError as error:
        raise UnsupportedMediaTypeError("Unsupported Media Type") from error
    invocation["headers"].remove("Content-Encoding")


def _read(request: Any) -> bytes:
    """Read the body, no more of it than shows that it is too large; LocalStack's log may read it again."""
    body: bytes = request.stream.read(MAX_PAYLOAD + 1)
    if len(body) > MAX_PAYLOAD:
        request.shallow = True  # nobody is to read on
        raise TooLargeError
    request.stream = BytesIO(body)
    return body


def _coding(request: Any) -> str:
    """What Content-Encoding says, `identity` where it says nothing; more than one coding is one that nobody knows."""
    return ",".join(request.headers.getlist("Content-Encoding")) or "identity"

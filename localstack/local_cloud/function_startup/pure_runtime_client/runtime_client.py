"""The native part of awslambdaric in Python alone, for machines that it is not built for, such as a Mac.

awslambdaric imports it by this name. Where the native part is in the same folder, Python prefers that. What is asked of
the Runtime API, and what comes of its answers, is as there (awslambdaric/runtime_client.cpp in its source archive):
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.

A connection serves one request: it is to a server on this machine, and none can have gone stale between invocations.
"""

import os
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse

_ADDRESS = os.environ.get("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001")
_INVOCATION = "/2018-06-01/runtime/invocation"
_TEXTS = (
    "Lambda-Runtime-Trace-Id",
    "Lambda-Runtime-Client-Context",
    "Lambda-Runtime-Cognito-Identity",
    "Lambda-Runtime-Aws-Tenant-Id",
    "Lambda-Runtime-Invocation-Id",
    "Content-Type",
)
_own_headers: dict[str, bytes] = {}


def initialize_client(user_agent: str) -> None:
    """Take the name by which this program calls itself."""
    _own_headers["User-Agent"] = user_agent.encode()


def next() -> tuple[bytes, dict[str, str | int | None]]:  # noqa: A001 - the native part's name
    """Wait for an invocation; return its event and what else is told of it, None for what is not.

    Raises:
        RuntimeError: there is no answer, or none that is an invocation.
    """
    failure = "Failed to get next"
    event, headers = _ask("GET", f"{_INVOCATION}/next", failure)
    if "Lambda-Runtime-Aws-Request-Id" not in headers:
        raise RuntimeError(failure)
    return event, {
        **{name: _text(headers, name) or None for name in _TEXTS},
        "Lambda-Runtime-Aws-Request-Id": _text(headers, "Lambda-Runtime-Aws-Request-Id"),
        "Lambda-Runtime-Invoked-Function-Arn": _text(headers, "Lambda-Runtime-Invoked-Function-Arn"),
        "Lambda-Runtime-Deadline-Ms": int(headers.get("Lambda-Runtime-Deadline-Ms", 0)),
    }


def post_invocation_result(request_id: str, response: bytes, content_type: str, invocation_id: str | None) -> None:
    """Answer an invocation.

    Raises:
        RuntimeError: the answer is not taken.
    """
    headers = {"Content-Type": content_type or "text/html", "Lambda-Runtime-Invocation-Id": invocation_id}
    _ask("POST", f"{_INVOCATION}/{request_id}/response", "Failed to post invocation response", response, headers)


def post_error(request_id: str, error: str, xray_fault: str, invocation_id: str | None) -> None:
    """Tell what an invocation has failed of; both texts are JSON.

    Raises:
        RuntimeError: that is not taken.
    """
    headers = {
        "Content-Type": "application/json",
        "Lambda-Runtime-Function-XRay-Error-Cause": xray_fault,
        "Lambda-Runtime-Invocation-Id": invocation_id,
    }
    _ask("POST", f"{_INVOCATION}/{request_id}/error", "Failed to post invocation error", error.encode(), headers)


def _ask(
    method: str, path: str, failure: str, body: bytes | None = None, headers: Mapping[str, str | None] | None = None
) -> tuple[bytes, Mapping[str, str]]:
    sent = {name: value.encode() for name, value in (headers or {}).items() if value}
    try:
        with closing(HTTPConnection(_ADDRESS)) as connection:
            connection.request(method, path, body, _own_headers | sent)
            answer = connection.getresponse()
            content = answer.read()
    except (OSError, HTTPException) as error:
        raise RuntimeError(failure) from error
    if not _is_success(answer):
        raise RuntimeError(failure) from RuntimeError(f"HTTP {answer.status}: {content.decode(errors='replace')}")
    return content, dict(answer.headers)


def _is_success(answer: HTTPResponse) -> bool:
    return 200 <= answer.status < 300


def _text(headers: Mapping[str, str], name: str) -> str:
    """Return a header as UTF-8, which http.client has read as Latin-1; without one, an empty text."""
    return headers.get(name, "").strip().encode("latin-1").decode()

"""The Lambda Runtime API for one function process: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.

Serves 127.0.0.1 on a port of its own, since the port is all that tells one process from another. It neither starts
nor ends the process, and does not know whether it lives: who waits here must watch for that too.
"""

import asyncio
import json
from dataclasses import dataclass

from local_cloud.plugins.lambda_.processes.answers import Answer, response_too_large
from local_cloud.plugins.lambda_.processes.http_server import Request, Response, listen

MAX_RESPONSE = 6 * 1024 * 1024 + 100
"""Bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html says 6 MB; AWS's error this figure."""

ACCEPTED = Response(202, b'{"status": "OK"}')


@dataclass(frozen=True)
class Invocation:
    """What a function is called with. `event` is JSON."""

    request_id: str
    function_arn: str
    trace_id: str
    event: bytes


class InitError(Exception):
    """The process reported that it could not load the function; `payload` is its report, a JSON object."""

    def __init__(self, payload: bytes) -> None:
        super().__init__(payload.decode(errors="replace"))
        self.payload = payload


class RuntimeApi:
    """A process asks for work, is handed an invocation, and answers it; then again."""

    def __init__(self) -> None:
        self._work: asyncio.Queue[Response] = asyncio.Queue()
        self._asked = asyncio.Event()
        self._init_error: bytes | None = None
        self._request_id: str | None = None
        self._answer: asyncio.Future[Answer] = asyncio.Future()

    async def listen(self) -> str:
        """Begin to serve, and return the value for AWS_LAMBDA_RUNTIME_API."""
        self._server = await listen(self._respond, MAX_RESPONSE)
        return self._server.address

    def close(self) -> None:
        """Stop serving and drop every connection."""
        self._server.close()

    @property
    def waits_for_work(self) -> bool:
        """Whether the process has asked for an invocation and was given none yet."""
        return self._asked.is_set() and self._init_error is None

    async def asked_for_work(self) -> None:
        """Wait until the process asks for its next invocation.

        Raises:
            InitError: it reports instead that it could not load the function.
        """
        await self._asked.wait()
        if self._init_error is not None:
            raise InitError(self._init_error)

    async def answer(self, invocation: Invocation, deadline_ms: int) -> Answer:
        """Hand `invocation` to the process that asked, and wait for its answer. `deadline_ms` is since 1970."""
        self._answer = asyncio.Future()
        self._request_id = invocation.request_id
        self._asked.clear()
        self._work.put_nowait(_work(invocation, deadline_ms))
        try:
            return await self._answer
        finally:
            self._request_id = None  # a late answer must not be taken for the next invocation's

    async def _respond(self, request: Request) -> Response:
        match request.method, request.path.split("/"):
            case "GET", ["", "2018-06-01", "runtime", "invocation", "next"]:
                return await self._next()
            case "POST", ["", "2018-06-01", "runtime", "invocation", request_id, "response"]:
                return self._finish(request_id, request, is_error=False)
            case "POST", ["", "2018-06-01", "runtime", "invocation", request_id, "error"]:
                return self._finish(request_id, request, is_error=True)
            case "POST", ["", "2018-06-01", "runtime", "init", "error"]:
                return self._fail_init(request)
        return _refusal(404, "NotFound", f"{request.method} {request.path} is not part of the Runtime API")

    async def _next(self) -> Response:
        self._asked.set()
        return await self._work.get()

    def _finish(self, request_id: str, request: Request, is_error: bool) -> Response:
        if request_id != self._request_id:
            return _refusal(400, "InvalidRequestID", "This is not the request id of the invocation in progress")
        self._request_id = None
        if request.size > MAX_RESPONSE:
            self._answer.set_result(response_too_large(MAX_RESPONSE))
            limit = f"Exceeded maximum allowed payload size ({MAX_RESPONSE} bytes)."
            return _refusal(413, "RequestEntityTooLarge", limit)
        self._answer.set_result(Answer(request.body, is_error))
        return ACCEPTED

    def _fail_init(self, request: Request) -> Response:
        self._init_error = request.body
        self._asked.set()
        return ACCEPTED


def _work(invocation: Invocation, deadline_ms: int) -> Response:
    headers = {
        "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
        "Lambda-Runtime-Deadline-Ms": str(deadline_ms),
        "Lambda-Runtime-Invoked-Function-Arn": invocation.function_arn,
        "Lambda-Runtime-Trace-Id": invocation.trace_id,
    }
    return Response(200, invocation.event, headers)


def _refusal(status: int, error_type: str, message: str) -> Response:
    return Response(status, json.dumps({"errorType": error_type, "errorMessage": message}).encode())

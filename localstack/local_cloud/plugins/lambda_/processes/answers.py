"""What the caller of a function gets: its answer, or the error that AWS Lambda reports in its place. Does no I/O.

The texts are those of https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html.
"""

import json
import signal
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Answer:
    """`payload` is JSON; `log` is what Lambda itself adds to the invocation's log."""

    payload: bytes
    is_error: bool = False
    log: str = ""


def failure(error_type: str, message: str, log: str = "") -> Answer:
    """Return the answer for an invocation that Lambda, not the function, ended with an error."""
    payload = {"errorType": error_type, "errorMessage": message}
    return Answer(json.dumps(payload).encode(), is_error=True, log=log)


def timed_out(request_id: str, seconds: float, now: datetime) -> Answer:
    """Return the answer for a function that was killed at `now`, after its timeout of `seconds`."""
    timestamp = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    message = f"{timestamp} {request_id} Task timed out after {seconds:.2f} seconds"
    return failure("Sandbox.Timedout", message, f"{message}\n\n")


def exited(request_id: str, exit_code: int) -> Answer:
    """Return the answer for a process that ended in mid-invocation; a negative `exit_code` is a signal's number."""
    message = f"RequestId: {request_id} Error: {_exit_reason(exit_code)}"
    return failure("Runtime.ExitError", message, f"{message}\nRuntime.ExitError\n")


def response_too_large(limit: int) -> Answer:
    """Return the answer for a response of more than `limit` bytes."""
    message = f"Response payload size exceeded maximum allowed payload size ({limit} bytes)."
    return failure("Function.ResponseSizeTooLarge", message, f"{message}\n")


def _exit_reason(exit_code: int) -> str:
    if exit_code == 0:
        return "Runtime exited without providing a reason"
    if exit_code > 0:
        return f"Runtime exited with error: exit status {exit_code}"
    name = signal.strsignal(-exit_code) or f"signal {-exit_code}"
    return f"Runtime exited with error: signal: {name.lower()}"

"""The errors that Lambda reports in a function's place."""

import json
from datetime import UTC, datetime

import pytest
from local_cloud.plugins.lambda_.processes.answers import exited, response_too_large, timed_out


def test_a_timeout_names_the_moment_the_request_and_the_limit() -> None:
    answer = timed_out("4607c3a0", 10, datetime(2026, 12, 20, 20, 22, 43, 783_999, tzinfo=UTC))
    text = "2026-12-20T20:22:43.783Z 4607c3a0 Task timed out after 10.00 seconds"
    assert json.loads(answer.payload) == {"errorType": "Sandbox.Timedout", "errorMessage": text}
    assert answer.is_error
    assert answer.log.startswith(text)


@pytest.mark.parametrize(
    ("exit_code", "reason"),
    [
        (0, "Runtime exited without providing a reason"),
        (3, "Runtime exited with error: exit status 3"),
        (-9, "Runtime exited with error: signal: killed"),
    ],
)
def test_an_exit_is_told_with_its_status_or_signal(exit_code: int, reason: str) -> None:
    answer = exited("4607c3a0", exit_code)
    text = f"RequestId: 4607c3a0 Error: {reason}"
    assert json.loads(answer.payload) == {"errorType": "Runtime.ExitError", "errorMessage": text}
    assert answer.log == f"{text}\nRuntime.ExitError\n"


def test_a_response_that_is_too_large_is_told_with_the_limit() -> None:
    assert json.loads(response_too_large(6291556).payload) == {
        "errorType": "Function.ResponseSizeTooLarge",
        "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    }

"""What AWS's records say was used."""

import pytest

from simulator.costs.counting import Invocation, invocations, log_bytes, state_transitions

REPORT = (
    "REPORT RequestId: 5b1c\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 80 MB\n"
)
COLD = REPORT.replace("13 ms", "413 ms").rstrip() + "\tInit Duration: 400.00 ms\n"


def history(*kinds: str) -> list[dict[str, str]]:
    return [{"type": kind} for kind in kinds]


TASK = ("TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited")


def test_a_transition_is_a_state_that_was_entered() -> None:
    passed = history("ExecutionStarted", "ChoiceStateEntered", "ChoiceStateExited", *TASK, "ExecutionSucceeded")
    assert state_transitions(passed) == 2


@pytest.mark.parametrize("retries", [1, 3])
def test_each_retry_is_a_transition_more(retries: int) -> None:
    tries = ("TaskScheduled", "TaskStarted", "TaskFailed") * retries
    assert state_transitions(history("TaskStateEntered", *tries, *TASK[1:])) == 1 + retries


def test_a_retry_of_a_function_that_is_named_by_its_arn_counts_too() -> None:
    kinds = ("TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionFailed", "LambdaFunctionScheduled")
    assert state_transitions(history(*kinds)) == 2


def test_a_run_of_a_function_is_known_by_its_report_only() -> None:
    log = ["START RequestId: 5b1c Version: $LATEST\n", '{"message": "REPORT RequestId: x"}\n', REPORT, COLD]
    assert invocations(log) == [Invocation(13, 512), Invocation(413, 512)]


def test_gigabyte_seconds_are_time_times_memory() -> None:
    assert Invocation(2000, 512).gb_seconds == 1.0


def test_a_log_line_is_billed_by_its_bytes_and_26_more() -> None:
    assert log_bytes(["é", "ab"]) == 2 + 26 + 2 + 26

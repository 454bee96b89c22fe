"""A task ends once; whoever answers it afterwards is told so."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from local_cloud.testing import Cloud

from .conftest import Definition, StateMachines

OVER = "it is over"
END = {"Type": "Pass", "End": True}
ON = {"Type": "Wait", "Seconds": 600, "End": True}


@dataclass(frozen=True)
class Questions:
    """A queue that tasks send their tokens to."""

    sqs: Any
    queue: str

    def task(self, **fields: Any) -> dict[str, Any]:
        """Return a state that waits for an answer."""
        return {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": {"QueueUrl": self.queue, "MessageBody.$": "$$.Task.Token"},
            **fields,
        }

    def tell(self, **fields: Any) -> dict[str, Any]:
        """Return a state that says that the task before it is over."""
        parameters = {"QueueUrl": self.queue, "MessageBody": OVER}
        return {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": parameters, **fields}

    def then(self, following: dict[str, Any], **fields: Any) -> Definition:
        """Return a definition that asks, and goes on with another state."""
        return {"StartAt": "Ask", "States": {"Ask": self.task(Next="After", **fields), "After": following}}

    def token(self) -> str:
        """Wait for a task's token."""
        (message,) = self.sqs.receive_message(QueueUrl=self.queue, WaitTimeSeconds=20)["Messages"]
        self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return str(message["Body"])


@pytest.fixture
def questions(cloud: Cloud) -> Iterator[Questions]:
    sqs = cloud.client("sqs")
    queue = sqs.create_queue(QueueName=f"questions-{uuid4()}")["QueueUrl"]
    yield Questions(sqs, queue)
    sqs.delete_queue(QueueUrl=queue)


GIVEN_UP = """
from types import SimpleNamespace
from local_cloud.plugins.patches import REPLACEMENTS
from local_cloud.plugins.stepfunctions import task_tokens

task_tokens.close_tasks()
for replacement in REPLACEMENTS:
    replacement.apply()

from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
    state_task_service_callback as states,
)
from localstack.services.stepfunctions.asl.eval.callback.callback import CallbackEndpoint

late, silent = CallbackEndpoint("late"), CallbackEndpoint("silent")
print(late.wait(0), task_tokens._is_over(late))
running = SimpleNamespace(is_running=lambda: True)
wait = states.StateTaskServiceCallback._wait_for_task_token_heartbeat
outcome = wait(None, running, silent, silent.setup_heartbeat_endpoint(0))
print(type(outcome).__name__, task_tokens._is_over(silent))
"""


def refusal(send: Callable[..., Any], **arguments: Any) -> str:
    """Return the code with which a call is refused; an empty text when it is taken."""
    try:
        send(**arguments)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return ""


def refusals(states: Any, token: str) -> set[str]:
    """Return what each way to answer is told."""
    return {
        refusal(states.send_task_success, taskToken=token, output="{}"),
        refusal(states.send_task_failure, taskToken=token, error="TooLate"),
        refusal(states.send_task_heartbeat, taskToken=token),
    }


@pytest.mark.parametrize("output", ["{no", "", "{'a': 1}", "NaN", "[Infinity]", '{"a": 1} more', "[" * 100_000])
def test_output_that_is_no_json_is_refused_and_the_task_waits_on(
    machines: StateMachines, questions: Questions, output: str
) -> None:
    execution = machines.start(questions.then(END))
    token = questions.token()
    assert refusal(machines.states.send_task_success, taskToken=token, output=output) == "InvalidOutput"
    machines.states.send_task_success(taskToken=token, output='{"served": true}')
    assert machines.end_of(execution).output == {"served": True}


def test_a_token_that_never_was_is_invalid(machines: StateMachines) -> None:
    for token in ("AAAA", str(uuid4()), "{}"):
        assert refusals(machines.states, token) == {"InvalidToken"}


def test_the_second_answer_is_refused_while_the_execution_runs_on(
    machines: StateMachines, questions: Questions
) -> None:
    execution = machines.start(questions.then(ON))
    token = questions.token()
    machines.states.send_task_success(taskToken=token, output="{}")
    assert refusals(machines.states, token) == {"TaskTimedOut"}
    machines.states.stop_execution(executionArn=execution)


def test_an_answer_is_refused_when_the_execution_has_ended(machines: StateMachines, questions: Questions) -> None:
    execution = machines.start(questions.then(END))
    token = questions.token()
    machines.states.send_task_failure(taskToken=token, error="No", cause="way")
    assert (machines.end_of(execution).error, machines.end_of(execution).cause) == ("No", "way")
    assert refusals(machines.states, token) == {"TaskTimedOut"}


def test_an_answer_is_refused_when_the_execution_was_stopped(machines: StateMachines, questions: Questions) -> None:
    execution = machines.start(questions.then(END))
    token = questions.token()
    machines.states.stop_execution(executionArn=execution)
    assert refusals(machines.states, token) == {"TaskTimedOut"}
    assert machines.end_of(execution).status == "ABORTED"


@pytest.mark.parametrize("limits", [{"TimeoutSeconds": 1}, {"TimeoutSeconds": 2, "HeartbeatSeconds": 1}])
def test_an_answer_is_refused_when_the_task_has_timed_out(
    machines: StateMachines, questions: Questions, limits: dict[str, int]
) -> None:
    catch = [{"ErrorEquals": ["States.Timeout"], "Next": "Tell"}]
    ask = questions.task(Next="On", Catch=catch, **limits)
    execution = machines.start({"StartAt": "Ask", "States": {"Ask": ask, "Tell": questions.tell(Next="On"), "On": ON}})
    token = questions.token()
    assert questions.token() == OVER
    assert refusals(machines.states, token) == {"TaskTimedOut"}
    machines.states.stop_execution(executionArn=execution)


@pytest.mark.parametrize("kind", ["Parallel", "Map"])
def test_an_answer_is_refused_when_another_branch_or_iteration_has_failed(
    machines: StateMachines, questions: Questions, kind: str
) -> None:
    one, other = ({"StartAt": name, "States": {name: questions.task(End=True)}} for name in ("One", "Other"))
    nested = {"Branches": [one, other]} if kind == "Parallel" else {"ItemsPath": "$.items", "ItemProcessor": one}
    catch = [{"ErrorEquals": ["Spilled"], "Next": "Tell"}]
    around = {"Type": kind, **nested, "Catch": catch, "Next": "On"}
    states = {"Around": around, "Tell": questions.tell(Next="On"), "On": ON}
    execution = machines.start({"StartAt": "Around", "States": states}, {"items": [1, 2]})
    failing, waiting = questions.token(), questions.token()
    machines.states.send_task_failure(taskToken=failing, error="Spilled")
    assert questions.token() == OVER
    assert refusals(machines.states, waiting) == {"TaskTimedOut"}
    machines.states.stop_execution(executionArn=execution)


def test_of_answers_at_the_same_time_one_is_taken(machines: StateMachines, questions: Questions) -> None:
    execution = machines.start(questions.then(END))
    token = questions.token()

    def answer(number: int) -> str:
        return refusal(machines.states.send_task_success, taskToken=token, output=json.dumps(number))

    with ThreadPoolExecutor(8) as answering:
        told = list(answering.map(answer, range(8)))
    assert sorted(told) == ["", *["TaskTimedOut"] * 7]
    assert machines.end_of(execution).output == told.index("")


def test_each_attempt_has_a_token_of_its_own(machines: StateMachines, questions: Questions) -> None:
    retry = [{"ErrorEquals": ["Spilled"], "IntervalSeconds": 1, "MaxAttempts": 1}]
    execution = machines.start(questions.then(END, Retry=retry))
    first = questions.token()
    machines.states.send_task_failure(taskToken=first, error="Spilled")
    second = questions.token()
    assert first != second
    assert refusals(machines.states, first) == {"TaskTimedOut"}
    machines.states.send_task_success(taskToken=second, output='"served"')
    assert machines.end_of(execution).output == "served"


def test_a_task_without_a_limit_takes_heartbeats(machines: StateMachines, questions: Questions) -> None:
    execution = machines.start(questions.then(END))
    token = questions.token()
    machines.states.send_task_heartbeat(taskToken=token)
    machines.states.send_task_success(taskToken=token, output="{}")
    assert machines.end_of(execution).status == "SUCCEEDED"


def test_an_activity_is_answered_once(machines: StateMachines) -> None:
    activity = machines.states.create_activity(name=f"activity-{uuid4()}")["activityArn"]
    task = {"Type": "Task", "Resource": activity, "Next": "On"}
    execution = machines.start({"StartAt": "Work", "States": {"Work": task, "On": ON}})
    token = machines.states.get_activity_task(activityArn=activity)["taskToken"]
    assert refusal(machines.states.send_task_success, taskToken=token, output="{no") == "InvalidOutput"
    machines.states.send_task_success(taskToken=token, output="{}")
    assert refusals(machines.states, token) == {"TaskTimedOut"}
    machines.states.stop_execution(executionArn=execution)
    machines.states.delete_activity(activityArn=activity)


def test_a_task_is_over_at_the_instant_in_which_it_gives_up(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(GIVEN_UP)
    assert ran.stdout.splitlines() == ["None True", "HeartbeatTimedOut True"], ran.stderr

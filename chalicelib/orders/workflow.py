"""Waking the Order Processor: success for a drink chosen or made, a named failure for an order that ended.

The row is the truth. A workflow that does not listen any more was told by somebody else or gave up by itself, and its
last state reads the row: so a token that is used up or expired is no error here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

from chalicelib import aws
from chalicelib.errors import Conflict
from chalicelib.observability import logger
from chalicelib.texts import is_name

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.type_defs import DescribeExecutionOutputTypeDef

STATE_MACHINE = "OrderProcessorWorkflow"
ORDER_ENDED = "OrderEnded"  # the error name that the state machine catches
BAD_ENDS = ("FAILED", "ABORTED", "TIMED_OUT")  # the statuses of an execution that did not come to its own end
NOBODY_WAITS = frozenset({"TaskTimedOut", "InvalidToken", "TaskDoesNotExist"})


class OrderEnded(Conflict):
    """Raised by a workflow task for an order that has ended; its name is what the state machine catches."""

    default_code = ORDER_ENDED


@dataclass(frozen=True)
class Execution:
    """One run of the Order Processor.

    Attributes:
        order_id: the order in its input; None where it was started by hand with something else.
    """

    arn: str
    is_running: bool
    order_id: str | None


def order_id_in(execution_input: str | None) -> str | None:
    """The order in an execution's input (the JSON of a `Validator.NewOrder` event), if there is one."""
    try:
        order_id = json.loads(execution_input or "{}")["detail"]["orderId"]
    except (ValueError, KeyError, TypeError):
        return None
    return order_id if is_name(order_id) else None


class Workflow(Protocol):
    """The execution that waits for something to happen to an order."""

    def resume(self, token: str) -> None:
        """What it waited for happened."""

    def stop(self, token: str, cause: str) -> None:
        """It waits in vain: the order has ended because of `cause`."""

    def execution(self, arn: str) -> Execution | None:
        """The execution, or None where it is forgotten."""

    def running(self, state_machine_arn: str) -> Iterator[Execution]:
        """Every execution that runs now."""

    def abort(self, arn: str, cause: str) -> None:
        """End an execution from outside."""


@dataclass(frozen=True)
class StepFunctionsWorkflow:
    """The workflow on Step Functions."""

    client: "SFNClient"

    def resume(self, token: str) -> None:
        """Let the waiting state succeed."""
        try:
            self.client.send_task_success(taskToken=token, output=json.dumps({}))
        except ClientError as error:
            _ignore_if_nobody_waits(error)

    def stop(self, token: str, cause: str) -> None:
        """Let the waiting state fail with `OrderEnded` (never success: Q3)."""
        try:
            self.client.send_task_failure(taskToken=token, error=ORDER_ENDED, cause=cause)
        except ClientError as error:
            _ignore_if_nobody_waits(error)

    def execution(self, arn: str) -> Execution | None:
        """The execution as Step Functions describes it; None after it was forgotten (90 days on AWS)."""
        try:
            return _execution(self.client.describe_execution(executionArn=arn))
        except self.client.exceptions.ExecutionDoesNotExist:
            return None

    def running(self, state_machine_arn: str) -> Iterator[Execution]:
        """Every execution that runs now."""
        pages = self.client.get_paginator("list_executions").paginate(
            stateMachineArn=state_machine_arn, statusFilter="RUNNING"
        )
        for page in pages:
            for listed in page["executions"]:
                execution = self.execution(listed["executionArn"])
                if execution:
                    yield execution

    def abort(self, arn: str, cause: str) -> None:
        """End an execution from outside; its order, if it is still live, then ends through the default bus."""
        self.client.stop_execution(executionArn=arn, error=ORDER_ENDED, cause=cause)


def _execution(described: "DescribeExecutionOutputTypeDef") -> Execution:
    return Execution(
        arn=described["executionArn"],
        is_running=described["status"] == "RUNNING",
        order_id=order_id_in(described.get("input")),
    )


def _ignore_if_nobody_waits(error: ClientError) -> None:
    if error.response["Error"]["Code"] not in NOBODY_WAITS:
        raise error
    logger.info("nobody waits for this task token", reason=error.response["Error"]["Code"])


@cache
def workflow() -> StepFunctionsWorkflow:
    """The workflow of this process."""
    return StepFunctionsWorkflow(aws.stepfunctions())

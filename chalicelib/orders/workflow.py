"""Waking the Order Processor: success for a drink chosen or made, a named failure for an order that ended.

The row is the truth. A workflow that does not listen any more was told by somebody else or gave up by itself, and its
last state reads the row: so a token that is used up or expired is no error here.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

from chalicelib import aws
from chalicelib.observability import logger

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

ORDER_ENDED = "OrderEnded"  # the error name that the state machine catches
NOBODY_WAITS = frozenset({"TaskTimedOut", "InvalidToken", "TaskDoesNotExist"})


class OrderEnded(Exception):
    """Raised by a workflow task for an order that has ended; its name is what the state machine catches."""


class Workflow(Protocol):
    """The execution that waits for something to happen to an order."""

    def resume(self, token: str) -> None:
        """What it waited for happened."""

    def stop(self, token: str, cause: str) -> None:
        """It waits in vain: the order has ended because of `cause`."""


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


def _ignore_if_nobody_waits(error: ClientError) -> None:
    if error.response["Error"]["Code"] not in NOBODY_WAITS:
        raise error
    logger.info("nobody waits for this task token", reason=error.response["Error"]["Code"])


@cache
def workflow() -> StepFunctionsWorkflow:
    """The workflow of this process."""
    return StepFunctionsWorkflow(aws.stepfunctions())

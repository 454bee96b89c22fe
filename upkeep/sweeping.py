"""Calling the bar's sweep, which the bar itself calls every few minutes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

# A sweep may take 120 s, and a call that is tried again is made again: so each is made once, and waited for.
CALLS = Config(read_timeout=130, retries={"total_max_attempts": 1})


class SweepFailed(Exception):
    """The sweep could not mend all, or came to no end; the message says what it said."""


def sweep(functions: "LambdaClient", function: str) -> Mapping[str, list[str]]:
    """Sweep now.

    Returns:
        What was mended: ids of orders, and ARNs of executions, by what was done to them.

    Raises:
        SweepFailed: the function raised something.
    """
    answer = functions.invoke(FunctionName=function, Payload=json.dumps(_tick()))
    said = json.load(answer["Payload"])
    if answer.get("FunctionError"):
        raise SweepFailed(said.get("errorMessage", "the function failed"))
    return cast("Mapping[str, list[str]]", said)


def _tick() -> dict[str, Any]:
    """What the schedule sends: "Scheduled events" in EventBridge's guide."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    envelope = {"version": "0", "id": "by-hand", "account": "", "region": "", "resources": [], "time": now}
    return {**envelope, "source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}

"""The records that tell what a running bar used, as whoever runs it reads them: logs, histories, capacity units.

Reads only; what the records mean is counting.py's. DynamoDB's units, and which APIs of AWS were called, are known of
the local cloud only: AWS tells the same in CloudWatch, minutes later.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from chalicelib.orders.workflow import order_id_in
from simulator.costs.counting import Invocation, invocations, log_bytes, state_transitions
from simulator.waiting import wait_for

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_stepfunctions import SFNClient

FUNCTIONS = "/aws/lambda/serverlesspresso-"
EVENTS = "/aws/events/serverlesspresso"
CAPACITY = "/_aws/dynamodb/consumed-capacity"
STILL_FOR_S = 3.0
ANSWERS_WITHIN_S = 35  # longer than a function may take

_CALL = re.compile(r": AWS (\w[\w-]*\.\w+) => 2\d\d")


@dataclass(frozen=True)
class Capacity:
    """DynamoDB's units by table and index, and how many writes were refused."""

    read: Mapping[str, float]
    write: Mapping[str, float]
    refused: int


@contextmanager
def counted_capacity(endpoint_url: str) -> Iterator[Callable[[], Capacity]]:
    """Count DynamoDB's units, from zero; the function tells them so far."""
    with httpx.Client(base_url=endpoint_url, trust_env=False, timeout=ANSWERS_WITHIN_S) as http:
        http.put(CAPACITY).raise_for_status()
        try:
            yield lambda: Capacity(**http.get(CAPACITY).raise_for_status().json())
        finally:
            http.delete(CAPACITY).raise_for_status()


@dataclass(frozen=True)
class Usage:
    """What was used.

    Attributes:
        transitions: of the order's executions.
        runs: each function's, by its log group's last part.
        events: the details of all events on the bus, with their types.
        log_bytes: as CloudWatch Logs bills them.
        calls: of AWS's APIs, such as `s3.PutObject`.
    """

    transitions: int
    runs: Mapping[str, Sequence[Invocation]]
    events: Sequence[Mapping[str, Any]]
    log_bytes: int
    capacity: Capacity
    calls: Mapping[str, int]


@dataclass
class Meters:
    """The records of one bar from a moment on.

    Attributes:
        state_machine: the Order Processor's ARN.
        request_log: the local cloud's own log.
    """

    http: httpx.Client
    endpoint_url: str
    logs: "CloudWatchLogsClient"
    stepfunctions: "SFNClient"
    state_machine: str
    request_log: Path
    _since_ms: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    _logged: int = 0

    def begin(self) -> None:
        """Set all to zero."""
        self.http.put(self.endpoint_url + CAPACITY).raise_for_status()
        self._logged = self.request_log.stat().st_size
        self._since_ms = time.time_ns() // 1_000_000

    def end(self) -> None:
        """Let the local cloud count no more."""
        self.http.delete(self.endpoint_url + CAPACITY).raise_for_status()

    def wait_until_still(self) -> None:
        """Wait until nothing was logged for a while: whatever follows from an order is done.

        Raises:
            TooSlow: the bar does not come to rest.
        """
        seen, since = -1, time.monotonic()

        def look() -> bool | None:
            nonlocal seen, since
            now = sum(len(messages) for messages in self._messages().values())
            if now != seen:
                seen, since = now, time.monotonic()
            return True if time.monotonic() - since >= STILL_FOR_S else None

        wait_for("the bar to come to rest", look)

    def read(self, order_id: str) -> Usage:
        """What was used since the beginning."""
        capacity = self.http.get(self.endpoint_url + CAPACITY).raise_for_status().json()
        calls = self._calls()  # before ours are among them
        messages = self._messages()
        events = messages.pop(EVENTS)
        return Usage(
            transitions=sum(state_transitions(history) for history in self._histories(order_id)),
            runs={
                group.removeprefix(FUNCTIONS): runs for group, told in messages.items() if (runs := invocations(told))
            },
            events=[json.loads(event) for event in events],
            log_bytes=log_bytes([*events, *(message for told in messages.values() for message in told)]),
            capacity=Capacity(**capacity),
            calls=calls,
        )

    def _messages(self) -> dict[str, list[str]]:
        pages = self.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=FUNCTIONS)
        groups = [group["logGroupName"] for page in pages for group in page["logGroups"]]
        return {group: list(self._messages_of(group)) for group in (EVENTS, *groups)}

    def _messages_of(self, group: str) -> Iterator[str]:
        pages = self.logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=self._since_ms)
        return (event["message"] for page in pages for event in page["events"])

    def _histories(self, order_id: str) -> Iterator[list[Mapping[str, Any]]]:
        pages = self.stepfunctions.get_paginator("list_executions").paginate(stateMachineArn=self.state_machine)
        recent = (
            execution["executionArn"]
            for page in pages
            for execution in page["executions"]
            if execution["startDate"].timestamp() * 1000 >= self._since_ms - 1000  # AWS may keep whole seconds only
        )
        for arn in recent:
            if order_id_in(self.stepfunctions.describe_execution(executionArn=arn).get("input")) == order_id:
                yield list(self._history(arn))

    def _history(self, arn: str) -> Iterator[Mapping[str, Any]]:
        pages = self.stepfunctions.get_paginator("get_execution_history").paginate(executionArn=arn)
        return (event for page in pages for event in page["events"])

    def _calls(self) -> Counter[str]:
        with self.request_log.open("rb") as log:
            log.seek(self._logged)
            return Counter(_CALL.findall(log.read().decode(errors="replace")))

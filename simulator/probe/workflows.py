"""The executions behind orders, as whoever runs the bar sees them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

from simulator.probe.eventually import eventually, see

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_stepfunctions import SFNClient

TICK: Mapping[str, Any] = {  # as EventBridge's schedules send it
    "version": "0",
    "id": "tick",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "000000000000",
    "time": "2022-05-12T17:25:01Z",
    "region": "us-east-1",
    "resources": [],
    "detail": {},
}


@dataclass(frozen=True)
class Workflows:
    """The Order Processor's executions that began after `since`, and its tasks' functions."""

    stepfunctions: "SFNClient"
    functions: "LambdaClient"
    state_machine: str
    since: datetime
    orders: dict[str, object] = field(default_factory=dict)  # each execution's order, which never changes

    def of(self, order_id: str, *, running: bool = False) -> list[str]:
        """The ARNs of the order's executions; of those that run, if asked."""
        lists = self.stepfunctions.get_paginator("list_executions")
        # The most recent come first (Step Functions' `ListExecutions`): those from before are not even read.
        pages = lists.paginate(stateMachineArn=self.state_machine, PaginationConfig={"PageSize": 20})
        found = (execution for page in pages for execution in page["executions"])
        recent = takewhile(lambda one: one["startDate"] >= self.since, found)
        alive = (one["executionArn"] for one in recent if one["status"] == "RUNNING" or not running)
        return [arn for arn in alive if self._order(arn) == order_id]

    def statuses(self, order_id: str) -> list[str]:
        """How the order's executions are."""
        return [self.stepfunctions.describe_execution(executionArn=arn)["status"] for arn in self.of(order_id)]

    def wait_for_end(self, order_id: str) -> None:
        """Wait until no execution of the order runs any more, and see that at least one did."""

        def look() -> None:
            see(self.of(order_id), "no execution was started")
            see(not self.of(order_id, running=True), "an execution still runs")

        eventually(look)

    def wait_for_executions(self, order_id: str, *, running: int, ended: int) -> None:
        """Wait until exactly so many executions of the order run, and so many have ended."""

        def look() -> None:
            alive = len(self.of(order_id, running=True))
            over = len(self.of(order_id)) - alive
            see((alive, over) == (running, ended), f"{alive} run and {over} have ended, not {running} and {ended}")

        eventually(look)

    def abort(self, order_id: str) -> None:
        """Stop the order's execution as by hand in the console."""

        def running() -> list[str]:
            arns = self.of(order_id, running=True)
            see(arns, "no execution runs")
            return arns

        for arn in eventually(running):
            self.stepfunctions.stop_execution(executionArn=arn)

    def run_task(self, task: str, order_id: str, **payload: str) -> Any:
        """Call a task's function once more, as a late or repeated delivery would."""
        return self._call(task, {"orderId": order_id, **payload})

    def sweep(self) -> dict[str, list[str]]:
        """Sweep now; gives what was mended."""
        return cast("dict[str, list[str]]", self._call("sweep", TICK))

    def _call(self, function: str, payload: Mapping[str, Any]) -> Any:
        answer = self.functions.invoke(FunctionName=self._function(function), Payload=json.dumps(payload))
        read = json.load(answer["Payload"])
        see(not answer.get("FunctionError"), f"{function} failed: {read}")
        return read

    def _order(self, arn: str) -> object:
        if arn not in self.orders:
            detail = json.loads(self.stepfunctions.describe_execution(executionArn=arn)["input"]).get("detail")
            self.orders[arn] = detail.get("orderId") if isinstance(detail, dict) else None
        return self.orders[arn]

    def _function(self, task: str) -> str:
        pages = self.functions.get_paginator("list_functions").paginate()
        names = (function["FunctionName"] for page in pages for function in page["Functions"])
        return next(name for name in names if name.endswith(f"-{task}"))

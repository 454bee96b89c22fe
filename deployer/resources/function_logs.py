"""How long the logs of functions are kept: for ever, unless somebody says otherwise.

Lambda makes a function's log group when the function first writes, without a limit:
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
"""

from collections.abc import Sequence
from dataclasses import dataclass

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State

PREFIX = "/aws/lambda/"


@dataclass(frozen=True)
class FunctionLogs(Resource):
    """The log groups of all functions whose names begin with this name.

    Attributes:
        functions: Lambda's names for them.
        retention_days: how long what they write is kept.
    """

    kind = "logs of functions"
    part = True

    functions: Sequence[str]
    retention_days: int

    def state(self) -> State:
        """How long each keeps what is written."""
        return dict.fromkeys(self.functions, self.retention_days)


class FunctionLogsAdapter(Adapter[FunctionLogs]):
    """Log groups in CloudWatch Logs."""

    def read(self, wanted: FunctionLogs) -> State | None:
        """The days of each group that is there; None for ever."""
        pages = self.aws.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=PREFIX + wanted.name)
        groups = [group for page in pages for group in page["logGroups"]]
        return {one["logGroupName"].removeprefix(PREFIX): one.get("retentionInDays") for one in groups} or None

    def create(self, wanted: FunctionLogs) -> None:
        """Make all of them so."""
        self.update(wanted, frozenset(wanted.functions))

    def update(self, wanted: FunctionLogs, differing: frozenset[str]) -> None:
        """Make groups before the functions do, and have each forget in time."""
        for function in sorted(differing):
            with passing("ResourceAlreadyExistsException"):
                self.aws.logs.create_log_group(logGroupName=PREFIX + function)
            self.aws.logs.put_retention_policy(logGroupName=PREFIX + function, retentionInDays=wanted.retention_days)

"""What the deployed functions logged, as whoever runs the bar reads it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

FUNCTIONS = "/aws/lambda/serverlesspresso-"
# By this error a task tells the workflow that an order was called off; the workflow catches it.
BY_DESIGN = "OrderEnded: "
# A handled error in our JSON, an unhandled one as Lambda's runtime prints it, and one that Lambda ended.
ERROR = re.compile(r'"level":\s*"(ERROR|CRITICAL)"|\[ERROR\]|Traceback|Task timed out|Runtime exited')


def is_error(line: str) -> bool:
    """Whether the line tells of a function that broke."""
    return bool(ERROR.search(line)) and BY_DESIGN not in line


@dataclass(frozen=True)
class FunctionLogs:
    """All functions' logs since a moment (ms since 1970)."""

    logs: "CloudWatchLogsClient"
    since: int

    def errors(self) -> list[str]:
        """Every line that tells of an error."""
        return [line for group in self._groups() for line in self._lines(group) if is_error(line)]

    def _groups(self) -> list[str]:
        pages = self.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=FUNCTIONS)
        return [group["logGroupName"] for page in pages for group in page["logGroups"]]

    def _lines(self, group: str) -> list[str]:
        pages = self.logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=self.since)
        return [event["message"] for page in pages for event in page["events"]]

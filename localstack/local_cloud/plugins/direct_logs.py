"""Writes into CloudWatch Logs directly: the output of functions, and the events that a rule sends to a log group.

LocalStack makes an AWS call to itself for each invocation and two for each event, with all that a call takes: a third
of what a busy cloud computes. Only where metric filters count lines is it left to do so.
"""

from collections.abc import Sequence
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading


class DirectLogs:
    """As much of a CloudWatch Logs client as LocalStack uses for it; raises what moto raises."""

    def __init__(self, account_id: str, region: str) -> None:
        from localstack.services.logs.models import get_moto_logs_backend  # noqa: PLC0415  # takes seconds
        from localstack.services.plugins import SERVICE_PLUGINS  # noqa: PLC0415
        from moto.logs import exceptions  # noqa: PLC0415

        SERVICE_PLUGINS.require("logs")  # which changes what moto does with a line
        self.exceptions = exceptions
        self._place = {"aws_access_key_id": account_id, "region_name": region}
        self._store = get_moto_logs_backend(account_id, region)

    def create_log_group(self, *, logGroupName: str) -> None:  # noqa: N803, boto3's
        """Make the group."""
        self._store.create_log_group(logGroupName, {})

    def create_log_stream(self, *, logGroupName: str, logStreamName: str) -> None:  # noqa: N803, boto3's
        """Make the stream in its group."""
        self._store.create_log_stream(logGroupName, logStreamName)

    def put_log_events(self, *, logGroupName: str, logStreamName: str, logEvents: Sequence[Any]) -> None:  # noqa: N803
        """Add the lines to the stream."""
        if self._store.filters.metric_filters and self._is_there(logGroupName, logStreamName):
            self._call(logGroupName=logGroupName, logStreamName=logStreamName, logEvents=logEvents)
        else:
            self._store.put_log_events(logGroupName, logStreamName, logEvents)

    def _is_there(self, group: str, stream: str) -> bool:
        return group in self._store.groups and stream in self._store.groups[group].streams

    def _call(self, **parameters: Any) -> None:
        from localstack.aws.connect import connect_to  # noqa: PLC0415  # takes seconds

        connect_to(**self._place).logs.put_log_events(**parameters)


class DirectConnection:
    """As much of LocalStack's `connect_to` as the writer of functions' logs uses."""

    def __init__(self, logs: DirectLogs) -> None:
        self.logs = logs

    @classmethod
    def with_assumed_role(cls, *, role_arn: str, region_name: str, **_: Any) -> "DirectConnection":
        """Connect for a function's role, in its account."""
        return cls(DirectLogs(role_arn.split(":")[4], region_name))


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def write_logs_directly() -> None:
    """LocalStack's hook: spare the calls."""
    before_loading("lambda", install_in_lambda)
    before_loading("events", install_in_events)


def install_in_lambda() -> None:
    """Spare the call for each invocation."""
    from localstack.services.lambda_.invocation import logs  # noqa: PLC0415  # takes seconds

    logs.connect_to = DirectConnection


def install_in_events() -> None:
    """Spare the two calls for each event."""
    from localstack.services.events.target import LogsTargetSender  # noqa: PLC0415  # takes seconds

    LogsTargetSender._initialize_client = lambda sender: DirectLogs(sender.account_id, sender.region)

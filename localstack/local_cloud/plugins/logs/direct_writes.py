"""Writes into CloudWatch Logs directly: the output of functions, and the events that a rule sends to a log group.

LocalStack makes an AWS call to itself for each invocation and two for each event, with all that a call takes: a third
of what a busy cloud computes. Only where metric filters count lines is it left to do so.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.before_loading import before_loading


class DirectLogs:
    """As much of a CloudWatch Logs client as LocalStack uses for it; raises what that would raise."""

    def __init__(self, account_id: str, region: str) -> None:
        from localstack.aws.connect import connect_to  # noqa: PLC0415  # takes seconds
        from localstack.services.logs.models import get_moto_logs_backend  # noqa: PLC0415
        from localstack.services.plugins import SERVICE_PLUGINS  # noqa: PLC0415

        SERVICE_PLUGINS.require("logs")  # which changes what moto does with a line
        self._client = connect_to(aws_access_key_id=account_id, region_name=region).logs
        self._store = get_moto_logs_backend(account_id, region)
        self.exceptions = self._client.exceptions

    def create_log_group(self, *, logGroupName: str) -> None:  # noqa: N803, boto3's
        """Make the group."""
        with self._said_as_aws_does("CreateLogGroup"):
            self._store.create_log_group(logGroupName, {})

    def create_log_stream(self, *, logGroupName: str, logStreamName: str) -> None:  # noqa: N803, boto3's
        """Make the stream in its group."""
        with self._said_as_aws_does("CreateLogStream"):
            self._store.create_log_stream(logGroupName, logStreamName)

    def put_log_events(self, *, logGroupName: str, logStreamName: str, logEvents: Sequence[Any]) -> None:  # noqa: N803
        """Add the lines to the stream."""
        if self._store.filters.metric_filters:
            self._client.put_log_events(logGroupName=logGroupName, logStreamName=logStreamName, logEvents=logEvents)
            return
        with self._said_as_aws_does("PutLogEvents"):
            self._store.put_log_events(logGroupName, logStreamName, logEvents)

    @contextmanager
    def _said_as_aws_does(self, operation: str) -> Iterator[None]:
        """Raise for a refusal of moto's what a client makes of it: the code says what it is."""
        from moto.core.exceptions import RESTError  # noqa: PLC0415  # takes seconds

        try:
            yield
        except RESTError as refusal:
            answer = {"Error": {"Code": refusal.error_type, "Message": refusal.message}}
            raise self.exceptions.from_code(refusal.error_type)(answer, operation) from refusal


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

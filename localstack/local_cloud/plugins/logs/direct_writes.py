"""LocalStack makes AWS calls to itself for functions' output and for events that a log group gets; here it is written.
Since 0.1.

One for each invocation and two for each event, with all that a call takes, are a third of what a busy cloud computes.
Only where metric filters count lines is it left to do so.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


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
    replace(
        "localstack.services.lambda_.invocation.logs",
        "connect_to",
        lambda _: DirectConnection,
        why="speed",
        upstream="11ed1db60dfb",
        before="lambda",
    )
    replace(
        "localstack.services.events.target:LogsTargetSender",
        "_initialize_client",
        lambda _: lambda sender: DirectLogs(sender.account_id, sender.region),
        why="speed",
        upstream="f3e0e498642b",
        before="events",
    )

"""LocalStack asks a stream once a second, an idle queue every 5 to 15; here as AWS does, a table's when it changed.
Since 0.1.

AWS reads each shard of a stream four times a second, and waits at a queue for the message to come:
https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html

dynoxide's server sees each change of a table, and tells of it: its streams are asked when there is something to be had,
which costs nothing while there is not. A mapping that collects events for a while has to be asked all the time.
"""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace
from local_cloud.table_engines import VARIABLE as TABLES

INTERVAL_S = 0.25


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def poll_as_often_as_aws() -> None:
    """Set the pause between two polls, whether the first brought events or not."""
    worker = "localstack.services.lambda_.event_source_mapping.esm_worker"
    intervals = {"POLL_INTERVAL_SEC": "d0ff5974b6aa", "MAX_BACKOFF_ON_EMPTY_POLL_SEC": "f1e42019aecc"}
    for name, upstream in intervals.items():
        full = f"LAMBDA_EVENT_SOURCE_MAPPING_{name}"
        replace(worker, full, lambda _: INTERVAL_S, why="parity", upstream=upstream, before="lambda")
    replace(
        worker,
        "ExponentialBackoff",
        lambda _: backoff_below_its_maximum,
        why="parity",
        upstream="30b5d3f8aa8f",
        before="lambda",
    )
    replace(
        f"{worker}:EsmWorker",
        "__init__",
        pausing_until_changed,
        why="speed",
        upstream="9a9614f6b348",
        before="lambda",
    )


def pausing_until_changed(make: Callable[..., None]) -> Callable[..., None]:
    """Return the initialiser of a worker that waits for changes, where it reads a table's stream and dynoxide tells."""
    from localstack.services.lambda_.event_source_mapping.pollers.dynamodb_poller import DynamoDBPoller  # noqa: PLC0415

    from local_cloud.plugins.lambda_.stream_pauses import TableChanges, UntilChanged  # noqa: PLC0415

    @wraps(make)
    def make_pausing(worker: Any, *args: Any, **kwargs: Any) -> None:
        make(worker, *args, **kwargs)
        if os.environ[TABLES] == "dynoxide" and isinstance(worker.poller, DynamoDBPoller) and not _collects(worker):
            poller = worker.poller
            changes = TableChanges(_tables_server, poller.source_arn.split("/")[1])
            worker._shutdown_event = UntilChanged(poller, changes, INTERVAL_S)

    return make_pausing


def _collects(worker: Any) -> bool:
    return bool(worker.poller.stream_parameters.get("MaximumBatchingWindowInSeconds"))


def _tables_server() -> str:
    """Return the address of the server that LocalStack takes for DynamoDB Local; not before its service is loaded."""
    from localstack.services.dynamodb.server import DynamodbServer  # noqa: PLC0415

    return f"http://127.0.0.1:{DynamodbServer.get().port}"


def backoff_below_its_maximum(initial_interval: float, max_interval: float) -> Any:
    """Return a backoff, in seconds; LocalStack's own starts at 1 s even when its maximum is less."""
    from localstack.utils.backoff import ExponentialBackoff  # noqa: PLC0415

    return ExponentialBackoff(initial_interval=min(initial_interval, max_interval), max_interval=max_interval)

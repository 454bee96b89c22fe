"""LocalStack asks a stream once a second, and an idle queue every 5 to 15; here both four times a second, as AWS does.
Since 0.1.

AWS reads each shard of a stream four times a second, and waits at a queue for the message to come:
https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""

from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

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


def backoff_below_its_maximum(initial_interval: float, max_interval: float) -> Any:
    """Return a backoff, in seconds; LocalStack's own starts at 1 s even when its maximum is less."""
    from localstack.utils.backoff import ExponentialBackoff  # noqa: PLC0415

    return ExponentialBackoff(initial_interval=min(initial_interval, max_interval), max_interval=max_interval)

"""Has event source mappings look for events as often as AWS Lambda does.

LocalStack asks a stream once a second, and a queue that has been empty for a while every 5 to 15 seconds. AWS reads
each shard of a stream four times a second, and waits at a queue for the message to come:
https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""

from localstack.runtime import hooks
from localstack.services.lambda_.event_source_mapping import esm_worker
from localstack.utils.backoff import ExponentialBackoff

INTERVAL_S = 0.25


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def poll_as_often_as_aws() -> None:
    """Set the pause between two polls, whether the first brought events or not."""
    esm_worker.LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC = INTERVAL_S
    esm_worker.LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC = INTERVAL_S
    esm_worker.ExponentialBackoff = backoff_below_its_maximum


def backoff_below_its_maximum(initial_interval: float, max_interval: float) -> ExponentialBackoff:
    """Return a backoff, in seconds; LocalStack's own starts at 1 s even when its maximum is less."""
    return ExponentialBackoff(initial_interval=min(initial_interval, max_interval), max_interval=max_interval)

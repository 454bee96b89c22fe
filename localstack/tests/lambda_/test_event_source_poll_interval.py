"""Event source mappings look for events as often as AWS Lambda's do."""

import json

from local_cloud.testing import Cloud

PAUSES_AFTER_THE_HOOK = """
import json
from local_cloud.plugins.lambda_ import event_source_poll_interval as plugin
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.lambda_.event_source_mapping import esm_worker as worker

plugin.poll_as_often_as_aws()
for replacement in REPLACEMENTS:
    replacement.apply()
backoff = worker.ExponentialBackoff(
    initial_interval=1, max_interval=worker.LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC
)
print(json.dumps({
    "after events": worker.LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC,
    "when empty": [backoff.next_backoff() for _ in range(50)],
}))
"""


def test_neither_a_stream_nor_a_queue_that_was_empty_for_long_is_left_alone_for_long(cloud: Cloud) -> None:
    pauses = json.loads(cloud.run_in_localstack_environment(PAUSES_AFTER_THE_HOOK).stdout)
    assert pauses["after events"] == 0.25
    assert min(pauses["when empty"]) > 0
    assert max(pauses["when empty"]) < 0.5

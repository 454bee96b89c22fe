"""A removed event source mapping is listed no more, whether it was switched on or off."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud
from tenacity import retry, stop_after_delay, wait_fixed

IDLE = "def handler(event, context): ...\n"
poll = retry(wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True)


@pytest.fixture
def mapping(cloud: Cloud) -> Iterator[str]:
    """A mapping from a queue to a function."""
    sqs, lambda_, name = cloud.client("sqs"), cloud.client("lambda"), f"mapped-{uuid4().hex[:8]}"
    queue, function = sqs.create_queue(QueueName=name)["QueueUrl"], cloud.create_function(IDLE)
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    yield lambda_.create_event_source_mapping(FunctionName=function, EventSourceArn=arn)["UUID"]
    lambda_.delete_function(FunctionName=function)
    sqs.delete_queue(QueueUrl=queue)


@poll
def in_state(lambda_: Any, mapping: str, state: str) -> None:
    assert lambda_.get_event_source_mapping(UUID=mapping)["State"] == state


@poll
def not_listed(lambda_: Any, mapping: str) -> None:
    listed = lambda_.list_event_source_mappings()["EventSourceMappings"]
    assert mapping not in {one["UUID"] for one in listed}


def test_one_that_is_switched_on(cloud: Cloud, mapping: str) -> None:
    lambda_ = cloud.client("lambda")
    in_state(lambda_, mapping, "Enabled")
    lambda_.delete_event_source_mapping(UUID=mapping)
    not_listed(lambda_, mapping)


@pytest.mark.parametrize("settled", [True, False])
def test_one_that_is_or_is_being_switched_off(cloud: Cloud, mapping: str, settled: bool) -> None:
    lambda_ = cloud.client("lambda")
    in_state(lambda_, mapping, "Enabled")
    lambda_.update_event_source_mapping(UUID=mapping, Enabled=False)
    if settled:
        in_state(lambda_, mapping, "Disabled")
    lambda_.delete_event_source_mapping(UUID=mapping)
    not_listed(lambda_, mapping)


REMOVED_WHILE_THE_LAST_POLL_GOES_ON = """
from local_cloud.plugins.lambda_.deleted_event_source_mappings import forget_removed_mappings
from local_cloud.plugins.patches import REPLACEMENTS
forget_removed_mappings()
for replacement in REPLACEMENTS:
    replacement.apply()

from types import SimpleNamespace
from localstack.services.lambda_.event_source_mapping import esm_worker

function = SimpleNamespace(id=SimpleNamespace(account="000000000000", region="us-east-1"))
esm_worker.get_function_version_from_arn = lambda arn: function

class Poller:
    def poll_events(self):
        worker.stop()
        worker.delete()
    def close(self): ...

worker, forgotten = esm_worker.EsmWorker({"UUID": "mapping", "FunctionArn": "any"}, Poller()), []
worker._poller_thread = SimpleNamespace(is_alive=lambda: True)
worker.update_esm_state_in_store = lambda state: None
worker.delete_esm_in_store = lambda: forgotten.append("mapping")
worker.poller_loop()
print(*forgotten)
"""


def test_one_that_is_removed_while_its_last_poll_goes_on(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(REMOVED_WHILE_THE_LAST_POLL_GOES_ON)
    assert ran.stdout.strip() == "mapping", ran.stderr

"""The queue: made as it must be even where it is there already, and again soon after it was removed."""

import json
from typing import Any

import pytest
from tenacity import wait_none

from deployer.aws import Aws
from deployer.planner import Verb, plan
from deployer.resources.queue import Queue, QueueAdapter
from deployer.resources.resource import Found
from tests.unit.deployer.samples import offline_aws, quiet, script

QUEUE = Queue("letters", 14, {"Statement": []})
URL = {"QueueUrl": "https://sqs/letters"}
GONE = "AWS.SimpleQueueService.NonExistentQueue"
ATTRIBUTES = {"MessageRetentionPeriod": "1209600", "SqsManagedSseEnabled": "true", "Policy": '{"Statement": []}'}

WANTED = {**ATTRIBUTES, "Policy": json.dumps(QUEUE.policy)}


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({}, set()),
        ({"MessageRetentionPeriod": "345600"}, {"retention in days"}),
        ({"SqsManagedSseEnabled": "false"}, {"encryption"}),
        ({"Policy": '{"Statement": [{"Effect": "Deny"}]}'}, {"policy"}),
        ({"Policy": ""}, {"policy"}),
    ],
)
def test_each_attribute_that_is_set_is_compared(aws: Aws, changes: dict[str, str], differing: set[str]) -> None:
    with script(aws.sqs) as sqs:
        sqs.add_response("get_queue_url", URL)
        sqs.add_response("get_queue_attributes", {"Attributes": {**ATTRIBUTES, **changes}})
        (step,) = plan([Found(QUEUE, QueueAdapter(aws, quiet).read(QUEUE))])
    assert step.verb is (Verb.UPDATE if differing else Verb.LEAVE)
    assert step.differing == differing


def test_a_queue_that_is_gone_does_not_exist_and_is_removed(aws: Aws) -> None:
    with script(aws.sqs) as sqs:
        sqs.add_client_error("get_queue_url", GONE)
        sqs.add_client_error("get_queue_url", GONE)
        assert QueueAdapter(aws, quiet).read(QUEUE) is None
        QueueAdapter(aws, quiet).delete(QUEUE)


def test_a_queue_whose_namesake_was_just_removed_is_made_when_sqs_allows(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    retrying: Any = QueueAdapter.create
    monkeypatch.setattr(retrying.retry, "wait", wait_none())
    with script(aws.sqs) as sqs:
        sqs.add_client_error("create_queue", "AWS.SimpleQueueService.QueueDeletedRecently")
        sqs.add_response("create_queue", URL, {"QueueName": "letters", "Attributes": WANTED})
        QueueAdapter(aws, quiet).create(QUEUE)
        sqs.assert_no_pending_responses()


@pytest.mark.parametrize("refused", ["QueueAlreadyExists", "QueueNameExists"])
def test_a_queue_that_is_there_with_other_attributes_is_given_ours(aws: Aws, refused: str) -> None:
    with script(aws.sqs) as sqs:
        sqs.add_client_error("create_queue", refused)
        sqs.add_response("get_queue_url", URL)
        sqs.add_response("set_queue_attributes", {}, {**URL, "Attributes": WANTED})
        QueueAdapter(aws, quiet).create(QUEUE)
        sqs.assert_no_pending_responses()

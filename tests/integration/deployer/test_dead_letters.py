"""What fails where nobody waits lands in one queue; what does not fail is told once."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.probe.eventually import eventually
from tests.integration.deployer.checkout import Checkout

BUS = "Serverlesspresso"
SHOPS = "serverlesspresso-shops"
LOG = "/aws/events/serverlesspresso"
PREFIX = "serverlesspresso-local"


@pytest.fixture
def letters(deployed: Checkout) -> Iterator["Letters"]:
    """The queue, empty before and after."""
    found = Letters(deployed)
    found.throw_away()
    yield found
    found.throw_away()


class Letters:
    """The queue of dead letters."""

    def __init__(self, bar: Checkout) -> None:
        self._sqs = bar.client("sqs")
        self._url = {"QueueUrl": self._sqs.get_queue_url(QueueName="serverlesspresso-dead-letters")["QueueUrl"]}

    def throw_away(self) -> None:
        """Remove all that is in it."""
        self._sqs.purge_queue(**self._url)

    def next(self) -> dict[str, Any]:
        """The next letter, with its attributes."""
        return eventually(self._one)

    def _one(self) -> dict[str, Any]:
        answer = self._sqs.receive_message(**self._url, WaitTimeSeconds=1, MessageAttributeNames=["All"])
        assert answer.get("Messages")
        (message,) = answer["Messages"]
        self._sqs.delete_message(**self._url, ReceiptHandle=message["ReceiptHandle"])
        attributes = {name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()}
        return {**json.loads(message["Body"]), **attributes}


@pytest.mark.parametrize("function", ["record_journey", "learn_insights", "execution_died"])
def test_an_event_at_which_a_function_fails_lands_in_the_queue(
    deployed: Checkout, letters: Letters, function: str
) -> None:
    lambda_, name = deployed.client("lambda"), f"{PREFIX}-{function}"
    # Lambda would try for three minutes.
    lambda_.update_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0)
    lambda_.invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps({"detail": "of no kind"}))
    letter = letters.next()
    assert letter["requestContext"]["condition"] == "RetriesExhausted"
    assert letter["requestPayload"] == {"detail": "of no kind"}
    assert deployed.to_change() == [f"~ asynchronous calls of {name}"]


def test_an_event_whose_target_is_gone_lands_in_the_queue(deployed: Checkout, letters: Letters) -> None:
    deployed.client("lambda").delete_function(FunctionName=f"{PREFIX}-record_journey")
    detail = {"orderId": "lost", "eventId": "ABC"}
    entry = {"Source": "awsserverlessda.serverlesspresso", "DetailType": "x", "Detail": json.dumps(detail)}
    deployed.client("events").put_events(Entries=[{**entry, "EventBusName": BUS}])
    letter = letters.next()
    assert letter["detail"] == detail
    assert letter["TARGET_ARN"].endswith(f":function:{PREFIX}-record_journey")


@pytest.fixture
def deaf(deployed: Checkout) -> Iterator[None]:
    """The function that hears of configuration changes fails at each."""
    lambda_, name = deployed.client("lambda"), f"{PREFIX}-config_changed"
    variables = lambda_.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    broken = {**variables, "EVENT_BUS_NAME": ""}
    lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": broken})
    yield
    lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": variables})


@pytest.mark.usefixtures("deaf")
def test_a_change_that_can_never_be_told_lands_in_the_queue_and_does_not_hold_up_the_stream(
    deployed: Checkout, letters: Letters
) -> None:
    for shop in ("UNHEARD-1", "UNHEARD-2"):
        change(deployed, shop)
        letter = letters.next()
        assert letter["requestContext"]["condition"] == "RetryAttemptsExhausted"
        assert letter["DDBStreamBatchInfo"]["batchSize"] == 1


def test_a_change_of_the_configuration_is_told_once(deployed: Checkout) -> None:
    change(deployed, "ONCE")
    change(deployed, "LAST")
    eventually(lambda: assert_told(deployed, "LAST", times=1))  # the stream keeps the order
    assert_told(deployed, "ONCE", times=1)


def change(bar: Checkout, shop: str) -> None:
    row = {"eventId": {"S": shop}, "storeOpen": {"BOOL": True}}
    bar.client("dynamodb").put_item(TableName=SHOPS, Item=row)


def assert_told(bar: Checkout, shop: str, times: int) -> None:
    found = bar.client("logs").filter_log_events(logGroupName=LOG, limit=1000)["events"]
    events = [json.loads(one["message"]) for one in found]
    told = [event for event in events if event["detail-type"] == "ConfigService.ConfigChanged"]
    assert [event["detail"]["eventId"] for event in told].count(shop) == times

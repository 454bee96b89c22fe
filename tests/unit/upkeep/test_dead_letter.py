"""Letters as AWS writes them: which work they are about, and why it was not done."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.recorded import envelope
from upkeep.dead_letter import Batch, Call, DeadLetter, Start, Unknown, read

ARN = "arn:aws:lambda:us-east-1:123456789012:function:serverlesspresso-local-record_journey"
MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:OrderProcessorWorkflow"
STREAM = "arn:aws:dynamodb:us-east-1:123456789012:table/serverlesspresso-shops/stream/2026-01-01T00:00:00.000"
EVENT = envelope("Validator.NewOrder", {"orderId": "o1", "eventId": "ABC"})


def letter(body: Any, **attributes: str) -> DeadLetter:
    """The letter of a message as SQS hands it out."""
    return read(
        {
            "MessageId": "m1",
            "ReceiptHandle": "r1",
            "Body": body if isinstance(body, str) else json.dumps(body),
            "Attributes": {"SentTimestamp": "1700000000000"},
            "MessageAttributes": {
                name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
            },
        }
    )


def failed_call(function: str = f"{ARN}:$LATEST", **payload: Any) -> dict[str, Any]:
    context = {"requestId": "q1", "functionArn": function, "condition": "RetriesExhausted"}
    return {"version": "1.0", "requestContext": context, "requestPayload": EVENT, **payload}


def test_an_event_at_which_a_function_failed_is_a_call_of_it_as_it_is_now() -> None:
    found = letter(failed_call(responsePayload={"errorMessage": "no table", "errorType": "KeyError"}))
    assert (found.work, found.reason) == (Call(ARN, EVENT), "RetriesExhausted: no table")
    assert (found.target, found.order_id) == ("serverlesspresso-local-record_journey", "o1")
    assert found.sent == datetime.fromtimestamp(1_700_000_000, UTC)


def test_an_event_that_grew_too_old_has_no_answer_of_the_function() -> None:
    assert letter(failed_call()).reason == "RetriesExhausted"


def test_an_event_that_a_rule_could_not_hand_to_a_function_is_a_call() -> None:
    found = letter(EVENT, RULE_ARN="arn:rule", TARGET_ARN=ARN, ERROR_CODE="RESOURCE_NOT_FOUND", ERROR_MESSAGE="gone")
    assert (found.work, found.reason) == (Call(ARN, EVENT), "gone")


def test_an_event_that_a_rule_could_not_hand_to_a_workflow_is_a_start() -> None:
    found = letter(EVENT, TARGET_ARN=MACHINE, ERROR_CODE="THROTTLING")
    assert (found.work, found.reason, found.target) == (Start(MACHINE, EVENT), "THROTTLING", "OrderProcessorWorkflow")


def test_an_event_that_a_rule_could_not_log_cannot_be_done_again() -> None:
    group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/serverlesspresso"
    found = letter(EVENT, TARGET_ARN=group)
    assert (found.work, found.target) == (Unknown(), "/aws/events/serverlesspresso")


def test_records_that_a_function_could_not_take_are_a_batch() -> None:
    batch = {"shardId": "s1", "startSequenceNumber": "10", "endSequenceNumber": "20", "streamArn": STREAM}
    context = {"functionArn": ARN, "condition": "RetryAttemptsExhausted"}
    found = letter({"requestContext": context, "DDBStreamBatchInfo": batch})
    assert found.work == Batch(ARN, STREAM, "s1", "10", "20")
    assert (found.event, found.order_id) == (None, None)


@pytest.mark.parametrize("body", ["", "no JSON", "[]", "{}", '{"detail-type": 7, "detail": {}}', '"text"', "null"])
def test_what_is_no_letter_of_this_bar_is_shown_all_the_same(body: str) -> None:
    found = letter(body)
    assert (found.work, found.reason, found.body) == (Unknown(), "not a letter of this bar", body)


@pytest.mark.parametrize("detail", [None, {}, [], {"orderId": None}])
def test_an_event_about_no_order_names_none(detail: Any) -> None:
    assert letter({**EVENT, "detail": detail}, TARGET_ARN=ARN).order_id is None

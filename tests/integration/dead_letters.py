"""Dead letters of a test's own: the queue is of a bar that may hold somebody's letters, and no other is touched."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import boto3

from deployer.dead_letters import QUEUE
from simulator.outputs import Outputs
from tests.support.recorded import envelope

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

FUNCTIONS = "arn:aws:lambda:us-east-1:000000000000:function"
RECORD_JOURNEY = "serverlesspresso-local-record_journey"
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class Letters:
    """Writes letters as Lambda does, and takes them out again."""

    sqs: "SQSClient"
    url: str

    @classmethod
    def of(cls, aws: boto3.Session, bar: Outputs) -> Self:
        """Those of the deployed bar."""
        sqs = aws.client("sqs", endpoint_url=bar.endpoint_url)
        return cls(sqs, sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"])

    def write(self, order_id: str, function: str = RECORD_JOURNEY) -> str:
        """The letter about an event of the order at which the function has failed; gives SQS's id of it."""
        detail = {"orderId": order_id, "Message": "Somebody sneezed."}
        now = datetime.now(UTC).isoformat(timespec="seconds")  # what is told of a long time ago is kept no more
        event = {**envelope("Test.Sneezed", detail, f"event-{order_id}"), "time": now}
        context = {"functionArn": f"{FUNCTIONS}:{function}:$LATEST", "condition": "RetriesExhausted"}
        answer = {"errorMessage": "the table was away", "errorType": "Error"}
        letter = {"requestContext": context, "requestPayload": event, "responsePayload": answer}
        return self.sqs.send_message(QueueUrl=self.url, MessageBody=json.dumps(letter))["MessageId"]

    def take_out(self, message_id: str) -> None:
        """Delete the letter; nobody else is kept from the others meanwhile.

        Raises:
            AssertionError: it is not there, or in somebody else's hands.
        """
        found = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=MOST_AT_ONCE, VisibilityTimeout=0)
        ours = [one["ReceiptHandle"] for one in found.get("Messages", []) if one["MessageId"] == message_id]
        assert ours, "somebody else looks at the letter just now"
        self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=ours[0])

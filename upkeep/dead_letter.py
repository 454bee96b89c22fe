"""What could not be done, as the dead letter queue has it, and what would do it again. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef


@dataclass(frozen=True)
class Call:
    """A function to be called with an event."""

    function: str
    event: Any


@dataclass(frozen=True)
class Start:
    """An execution to be started with an event."""

    state_machine: str
    event: Any


@dataclass(frozen=True)
class Batch:
    """A function to be called with records of a stream's shard, from the first sequence number to the last."""

    function: str
    stream: str
    shard: str
    first: str
    last: str


@dataclass(frozen=True)
class Unknown:
    """Nothing that is known how to do again."""


type Work = Call | Start | Batch | Unknown


@dataclass(frozen=True)
class DeadLetter:
    """One message of the queue.

    Attributes:
        message_id: SQS's id.
        receipt: what lets us delete it.
        sent: when it was given up.
        target: the name of the function or state machine that should have done it.
        reason: why it was not done.
        work: what would do it again.
        body: the message as it is.
    """

    message_id: str
    receipt: str
    sent: datetime
    target: str
    reason: str
    work: Work
    body: str

    @property
    def event(self) -> Any:
        """The event at its heart, or None for a batch."""
        return self.work.event if isinstance(self.work, Call | Start) else None

    @property
    def order_id(self) -> str | None:
        """The order that it is about."""
        detail = self.event.get("detail") if isinstance(self.event, Mapping) else None
        found = detail.get("orderId") if isinstance(detail, Mapping) else None
        return str(found) if found else None


def read(message: "MessageTypeDef") -> DeadLetter:
    """A message of the queue, received with all its attributes."""
    body = message["Body"]
    attributes = {name: one.get("StringValue", "") for name, one in message.get("MessageAttributes", {}).items()}
    work, reason = _work(_json(body), attributes)
    return DeadLetter(
        message_id=message["MessageId"],
        receipt=message["ReceiptHandle"],
        sent=datetime.fromtimestamp(int(message["Attributes"]["SentTimestamp"]) / 1000, UTC),
        target=_name(work, attributes),
        reason=reason,
        work=work,
        body=body,
    )


def _work(body: Any, attributes: Mapping[str, str]) -> tuple[Work, str]:
    match body:
        # A stream's batch: "Retain discarded batches" in Lambda's guide, Using Lambda with DynamoDB.
        case {"DDBStreamBatchInfo": dict(batch), "requestContext": dict(context)}:
            return _batch(context["functionArn"], batch), _why(context, body)
        # A function's event: "Asynchronous invocation", destinations, in Lambda's guide.
        case {"requestPayload": event, "requestContext": dict(context)}:
            return Call(_unqualified(context["functionArn"]), event), _why(context, body)
        # A rule's event: "Using dead-letter queues to process undelivered events" in EventBridge's guide.
        case {"detail-type": str(), "detail": _}:
            error = attributes.get("ERROR_MESSAGE") or attributes.get("ERROR_CODE") or "no reason given"
            return _delivery(attributes.get("TARGET_ARN", ""), body), error
    return Unknown(), "not a letter of this bar"


def _delivery(target: str, event: Any) -> Work:
    if ":function:" in target:
        return Call(_unqualified(target), event)
    return Start(target, event) if ":stateMachine:" in target else Unknown()


def _batch(function: str, batch: Mapping[str, str]) -> Batch:
    return Batch(
        _unqualified(function),
        batch["streamArn"],
        batch["shardId"],
        batch["startSequenceNumber"],
        batch["endSequenceNumber"],
    )


def _why(context: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    answer = body.get("responsePayload")
    said = answer.get("errorMessage") if isinstance(answer, Mapping) else None
    return f"{context.get('condition', 'failed')}: {said}" if said else str(context.get("condition", "failed"))


def _unqualified(function_arn: str) -> str:
    """Without a version or alias: what failed is done again by the function as it is now."""
    return ":".join(function_arn.split(":")[:7])


def _name(work: Work, attributes: Mapping[str, str]) -> str:
    match work:
        case Call(function=arn) | Batch(function=arn) | Start(state_machine=arn):
            return arn.rpartition(":")[2]
    return attributes.get("TARGET_ARN", "?").rpartition(":")[2]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None

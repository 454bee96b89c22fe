"""SQS's standard queues, encrypted with SQS's own keys."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from deployer.resources.policy import canonical
from deployer.resources.refusals import passing, refused_as
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.waiting import once_not_refused_as

_GONE = ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")
_JUST_DELETED = ("AWS.SimpleQueueService.QueueDeletedRecently", "QueueDeletedRecently")
_DIFFERENT = ("QueueAlreadyExists", "QueueNameExists")  # it is there with other attributes
_DAY_S = 24 * 60 * 60


@dataclass(frozen=True)
class Queue(Resource):
    """A standard queue.

    Attributes:
        retention_days: how long it keeps a message that nobody takes; 14 at most.
        policy: who may send to it beside those whose own policies say so.
    """

    kind = "queue"
    holds = "messages"

    retention_days: int
    policy: Mapping[str, Any]

    def state(self) -> State:
        """How long it keeps messages, how safely, and from whom."""
        return {"retention in days": self.retention_days, "encryption": True, "policy": canonical(self.policy)}


class QueueAdapter(Adapter[Queue]):
    """Queues in SQS."""

    def read(self, wanted: Queue) -> State | None:
        """The queue's attributes; SQS has all of them as texts."""
        with passing(*_GONE):
            answer = self.aws.sqs.get_queue_attributes(QueueUrl=self._url(wanted), AttributeNames=["All"])
            found: Mapping[str, str] = answer["Attributes"]  # type: ignore[assignment]  # keys are enumerated there
            return {
                "retention in days": int(found["MessageRetentionPeriod"]) / _DAY_S,
                "encryption": found.get("SqsManagedSseEnabled") == "true",
                "policy": canonical(json.loads(found.get("Policy") or "null")),
            }
        return None

    # "You must wait 60 seconds after deleting a queue before you can create another with the same name" (DeleteQueue).
    @once_not_refused_as(*_JUST_DELETED, seconds=90)
    def create(self, wanted: Queue) -> None:
        """Make it with all of its attributes, in one call; where it is there already, make it so.

        "After you create a queue, you must wait at least one second after the queue is created to be able to use the
        queue": https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
        """
        try:
            self.aws.sqs.create_queue(QueueName=wanted.name, Attributes=_attributes(wanted))  # type: ignore[arg-type]
        except ClientError as error:
            if not refused_as(*_DIFFERENT)(error):
                raise
            self.update(wanted, frozenset(wanted.state()))

    def update(self, wanted: Queue, differing: frozenset[str]) -> None:
        """Set all of its attributes."""
        self.aws.sqs.set_queue_attributes(QueueUrl=self._url(wanted), Attributes=_attributes(wanted))  # type: ignore[arg-type]

    def delete(self, wanted: Queue) -> None:
        """Remove it with its messages."""
        with passing(*_GONE):
            self.aws.sqs.delete_queue(QueueUrl=self._url(wanted))

    def _url(self, wanted: Queue) -> str:
        return self.aws.sqs.get_queue_url(QueueName=wanted.name)["QueueUrl"]


def _attributes(wanted: Queue) -> dict[str, str]:
    return {
        "MessageRetentionPeriod": str(wanted.retention_days * _DAY_S),
        "SqsManagedSseEnabled": "true",
        "Policy": json.dumps(wanted.policy),
    }

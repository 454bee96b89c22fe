"""The queue of dead letters: looking into it, and taking a letter out for good. Knows no rule about letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from upkeep.dead_letter import DeadLetter, read

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

HELD_S = 60  # long enough to see every letter once, short enough that a look that breaks off hides none for long
MOST_AT_ONCE = 10  # SQS gives no more


@dataclass(frozen=True)
class DeadLetterQueue:
    """Letters in SQS."""

    sqs: "SQSClient"
    name: str
    _held: dict[str, DeadLetter] = field(default_factory=dict)

    @contextmanager
    def opened(self) -> Iterator[list[DeadLetter]]:
        """Every letter, oldest first; nobody else sees them meanwhile, and afterwards those that are left."""
        self._held.update((letter.message_id, letter) for letter in self._received())
        try:
            yield sorted(self._held.values(), key=lambda letter: letter.sent)
        finally:
            for letter in self._held.values():
                self._show(letter)
            self._held.clear()

    def drop(self, letter: DeadLetter) -> None:
        """Delete a letter."""
        self.sqs.delete_message(QueueUrl=self._url, ReceiptHandle=letter.receipt)
        self._held.pop(letter.message_id, None)

    def _show(self, letter: DeadLetter) -> None:
        self.sqs.change_message_visibility(QueueUrl=self._url, ReceiptHandle=letter.receipt, VisibilityTimeout=0)

    @cached_property
    def _url(self) -> str:
        return self.sqs.get_queue_url(QueueName=self.name)["QueueUrl"]

    def _received(self) -> Iterator[DeadLetter]:
        while messages := self._receive():
            yield from map(read, messages)

    def _receive(self) -> "list[MessageTypeDef]":
        # Waiting a second asks all of SQS's servers; without it some letters would not be seen.
        answer = self.sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=MOST_AT_ONCE,
            VisibilityTimeout=HELD_S,
            WaitTimeSeconds=1,
            MessageSystemAttributeNames=["SentTimestamp"],
            MessageAttributeNames=["All"],
        )
        return answer.get("Messages", [])

"""Recording the bus: a rule of its own that sends every event of the bar to a queue of its own; both go at the end."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

import boto3

from chalicelib.events import SOURCE
from simulator.outputs import Outputs
from simulator.replay.recording import as_line

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

LISTENS_S = 1  # how long one look into the queue waits for an event
FORGOTTEN_AFTER_S = 600  # should the recorder be killed, its queue stays but keeps no day for ever


@dataclass(frozen=True)
class Tape:
    """What comes into the queue.

    Attributes:
        sqs: the queue's service.
        queue_url: the queue.
        heard: ids of the events written so far; a queue may deliver one twice.
    """

    sqs: "SQSClient"
    queue_url: str
    heard: set[str] = field(default_factory=set)

    def write_to(self, file: TextIO, wait_s: int = LISTENS_S) -> int:
        """Write what came, or comes within so many seconds, a line each; gives how many messages those were."""
        answer = self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=wait_s)
        messages = answer.get("Messages", [])
        for message in messages:
            self._write(json.loads(message["Body"]), file)
        file.flush()  # written before it is deleted from the queue: a kill loses nothing that was heard
        if messages:
            self._delete(messages)
        return len(messages)

    def _write(self, envelope: dict[str, Any], file: TextIO) -> None:
        if envelope["id"] not in self.heard:
            self.heard.add(envelope["id"])
            file.write(as_line(envelope))

    def _delete(self, messages: "list[MessageTypeDef]") -> None:
        entries = [{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)]
        self.sqs.delete_message_batch(QueueUrl=self.queue_url, Entries=entries)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Ear:
    """A queue and a rule of one name, which hears the bus."""

    events: "EventBridgeClient"
    sqs: "SQSClient"
    bus: str
    name: str

    @contextmanager
    def listening(self) -> Iterator[str]:
        """Hear everything from now on; gives the queue's URL. Queue and rule are gone afterwards."""
        with ExitStack() as undo:
            keeps = str(FORGOTTEN_AFTER_S)
            url = self.sqs.create_queue(QueueName=self.name, Attributes={"MessageRetentionPeriod": keeps})["QueueUrl"]
            undo.callback(self.sqs.delete_queue, QueueUrl=url)
            pattern = json.dumps({"source": [SOURCE]})
            rule = self.events.put_rule(Name=self.name, EventBusName=self.bus, EventPattern=pattern)["RuleArn"]
            undo.callback(self.events.delete_rule, Name=self.name, EventBusName=self.bus)
            queue = self._let_in(url, rule)
            self.events.put_targets(Rule=self.name, EventBusName=self.bus, Targets=[{"Id": self.name, "Arn": queue}])
            undo.callback(self.events.remove_targets, Rule=self.name, EventBusName=self.bus, Ids=[self.name])
            yield url

    def _let_in(self, url: str, rule: str) -> str:
        """Let this rule, by its real name, send to the queue (Q58); gives the queue's ARN."""
        attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
        queue = attributes["QueueArn"]
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue,
            "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        return queue


@contextmanager
def recorder(aws: boto3.Session, outputs: Outputs) -> Iterator[Tape]:
    """Record from now on."""
    endpoint, region = outputs.endpoint_url, outputs.region
    events = aws.client("events", endpoint_url=endpoint, region_name=region)
    sqs = aws.client("sqs", endpoint_url=endpoint, region_name=region)
    ear = Ear(events, sqs, outputs.event_bus_name, f"serverlesspresso-recorder-{secrets.token_hex(4)}")
    with ear.listening() as url:
        yield Tape(sqs, url)


def record(tape: Tape, file: TextIO, is_over: Callable[[], bool], tell: Callable[[int], None]) -> None:
    """Write events until it is over, and then what still waits in the queue.

    Args:
        tape: where they come from.
        file: where they are written to.
        is_over: whether to stop listening.
        tell: told how many events there are, each time.
    """
    while not is_over():
        tape.write_to(file)
        tell(len(tape.heard))
    while tape.write_to(file, wait_s=0):
        tell(len(tape.heard))

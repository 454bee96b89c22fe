"""A bus, a workflow and a post that remember what they were told, and can be made to refuse."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chalicelib.bus import NotDelivered
from chalicelib.events import Event
from chalicelib.orders.workflow import Execution


@dataclass
class RecordingBus:
    """Keeps what it was told.

    Attributes:
        told: every event that was taken, oldest first.
        refusals: how many of the next calls are refused.
    """

    told: list[Event] = field(default_factory=list)
    refusals: int = 0

    def tell(self, *events: Event) -> None:
        """Take the events, or refuse them all."""
        if self.refusals:
            self.refusals -= 1
            raise NotDelivered(f"{len(events)} events were not accepted")
        self.told.extend(events)

    @property
    def types(self) -> list[str]:
        """The detail-types of what was told."""
        return [event.detail_type for event in self.told]


@dataclass
class RecordingWorkflow:
    """Keeps who was woken.

    Attributes:
        resumed: task tokens that were answered with success.
        stopped: task tokens that were answered with failure, each with its cause.
        executions: what runs or ran, by ARN.
        aborted: ARNs of executions that were ended from outside.
    """

    resumed: list[str] = field(default_factory=list)
    stopped: list[tuple[str, str]] = field(default_factory=list)
    executions: dict[str, Execution] = field(default_factory=dict)
    aborted: list[str] = field(default_factory=list)

    def resume(self, token: str) -> None:
        """Remember the token."""
        self.resumed.append(token)

    def stop(self, token: str, cause: str) -> None:
        """Remember the token and the cause."""
        self.stopped.append((token, cause))

    def execution(self, arn: str) -> Execution | None:
        """The execution, if there is one."""
        return self.executions.get(arn)

    def running(self, state_machine_arn: str) -> Iterator[Execution]:
        """Those that run."""
        return iter([execution for execution in self.executions.values() if execution.is_running])

    def abort(self, arn: str, cause: str) -> None:
        """Remember the execution."""
        self.aborted.append(arn)


@dataclass
class RecordingPost:
    """Keeps each code that it was to deliver, with the attributes of the addressee."""

    delivered: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def deliver(self, code: str, attributes: Mapping[str, str]) -> None:
        """Remember the code."""
        self.delivered.append((code, attributes))

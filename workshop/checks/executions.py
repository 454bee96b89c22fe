"""What an execution did, read from its history: the states it came through, the functions it called, why it failed."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

_MISSING_PATH = re.compile(r"'(\$[^']+)'")


@dataclass(frozen=True)
class Course:
    """An execution's way so far.

    Attributes:
        arn: whose.
        status: as Step Functions calls it, such as RUNNING.
        states: the names of those that were entered, in their order.
        error: the name of the error that ended it; empty if none did.
        cause: what was said of that error.
        output: what its last state gave; empty while there is none.
        lasted: how many seconds it was in each state, the last time that it was there.
    """

    arn: str
    status: str
    states: Sequence[str]
    error: str = ""
    cause: str = ""
    output: str = ""
    lasted: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.status == "RUNNING"

    @property
    def failed(self) -> bool:
        """Whether it ended in another way than well."""
        return self.status not in {"RUNNING", "SUCCEEDED"}

    @property
    def last(self) -> str:
        """The state that it is in, or ended in."""
        return self.states[-1] if self.states else ""

    @property
    def why(self) -> str:
        """Why it failed, in words."""
        path = _MISSING_PATH.search(self.cause)
        return f"it found no {path[1]}" if path else self._said or self.error

    @property
    def _said(self) -> str:
        """What a function said that failed: Lambda gives it as JSON."""
        try:
            said = json.loads(self.cause)
        except ValueError:
            return ""
        return str(said.get("errorMessage", "")) if isinstance(said, dict) else ""

    @property
    def way(self) -> str:
        """The states that it came through, for people."""
        return " → ".join(f"“{state}”" for state in self.states)

    @property
    def detail(self) -> Any:
        """The event's detail, as far as it is in what came out at the end."""
        output = json.loads(self.output or "{}")
        return output.get("detail") if isinstance(output, dict) else None


def course_of(stepfunctions: "SFNClient", arn: str) -> Course:
    """What the execution did so far."""
    execution = stepfunctions.describe_execution(executionArn=arn)
    history = stepfunctions.get_execution_history(executionArn=arn, maxResults=1000)["events"]
    entered = [(_details(event, "stateEnteredEventDetails").get("name", ""), event["timestamp"]) for event in history]
    visits = [(name, when) for name, when in entered if name]
    failures = [_details(event, "executionFailedEventDetails") for event in history]
    failure: Mapping[str, Any] = next((one for one in reversed(failures) if one), {})
    states = tuple(name for name, _ in visits)
    error, cause = str(failure.get("error", "")), str(failure.get("cause", ""))
    until = pairwise([*visits, *(("", event["timestamp"]) for event in history[-1:])])
    lasted = {name: (after - when).total_seconds() for (name, when), (_, after) in until}
    return Course(arn, execution["status"], states, error, cause, execution.get("output", ""), lasted)


def _details(event: Any, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = event.get(name, {})
    return found

"""State machines on a cloud, for the tests of Step Functions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud
from tenacity import retry, stop_after_delay, wait_fixed

ROLE = "arn:aws:iam::000000000000:role/machine"
type Definition = Mapping[str, Any]


@dataclass(frozen=True)
class Ended:
    """How an execution ended: its status, its output as JSON has it, its error and cause, and its history."""

    status: str
    output: Any
    error: str | None
    cause: str | None
    history: list[dict[str, Any]]


@dataclass
class StateMachines:
    """Makes state machines, runs them to their end, and deletes them afterwards."""

    states: Any
    made: list[str] = field(default_factory=list)

    def create(self, definition: Definition | str) -> str:
        """Create a state machine; return its ARN."""
        text = definition if isinstance(definition, str) else json.dumps(definition)
        made = self.states.create_state_machine(name=f"machine-{uuid4()}", definition=text, roleArn=ROLE)
        self.made.append(made["stateMachineArn"])
        return self.made[-1]

    def start(self, definition: Definition, given: Any = None) -> str:
        """Start an execution of a new state machine; return its ARN."""
        machine = self.create(definition)
        started = self.states.start_execution(stateMachineArn=machine, input=json.dumps({} if given is None else given))
        return str(started["executionArn"])

    def run(self, definition: Definition, given: Any = None) -> Ended:
        """Run an execution of a new state machine to its end."""
        return self.end_of(self.start(definition, given))

    @retry(wait=wait_fixed(0.05), stop=stop_after_delay(60), reraise=True)
    def end_of(self, execution: str) -> Ended:
        """Wait until an execution has ended."""
        seen = self.states.describe_execution(executionArn=execution)
        assert seen["status"] != "RUNNING", seen
        output = json.loads(seen["output"]) if "output" in seen else None
        history = self.states.get_execution_history(executionArn=execution)["events"]
        return Ended(seen["status"], output, seen.get("error"), seen.get("cause"), history)


@pytest.fixture
def machines(cloud: Cloud) -> Iterator[StateMachines]:
    """Give a maker of state machines, which are gone after the test."""
    made = StateMachines(cloud.client("stepfunctions"))
    yield made
    for arn in made.made:
        made.states.delete_state_machine(stateMachineArn=arn)


def one_state(**fields: Any) -> Definition:
    """Return a definition of one state, named `Only`, at which it ends."""
    return {"StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": True, **fields}}}


def jsonata(*states: tuple[str, dict[str, Any]]) -> Definition:
    return {"QueryLanguage": "JSONata", **steps(*states)}


def steps(*states: tuple[str, dict[str, Any]]) -> Definition:
    """Return what runs these states, one after the other."""
    following = [name for name, _ in states[1:]]
    linked = {
        name: {**fields, **({"Next": following[place]} if place < len(following) else {"End": True})}
        if fields["Type"] not in {"Choice", "Fail"}
        else fields
        for place, (name, fields) in enumerate(states)
    }
    return {"StartAt": states[0][0], "States": linked}

"""Step Functions' Standard state machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.waiting import wait_until


@dataclass(frozen=True)
class StateMachine(Resource):
    """A Standard state machine.

    Attributes:
        arn: which follows from its name.
        definition: in Amazon States Language.
        role: the ARN of the role that its executions take on.
    """

    kind = "state machine"
    holds = "executions"

    arn: str
    definition: Mapping[str, Any]
    role: str

    def state(self) -> State:
        """What it does and as whom."""
        return {"type": "STANDARD", "status": "ACTIVE", "role": self.role, "definition": self.definition}

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        """The type is for ever, and deleting takes AWS a while."""
        if attribute == "type":
            return "Step Functions cannot change a state machine's type"
        if attribute == "status":
            return "it is being deleted; try again in a minute"
        return None


class StateMachineAdapter(Adapter[StateMachine]):
    """State machines in Step Functions."""

    def read(self, wanted: StateMachine) -> State | None:
        """The state machine as new executions will follow it."""
        client = self.aws.stepfunctions
        try:
            found = client.describe_state_machine(stateMachineArn=wanted.arn)
        except client.exceptions.StateMachineDoesNotExist:
            return None
        return {
            "type": found["type"],
            "status": found["status"],
            "role": found["roleArn"],
            "definition": json.loads(found["definition"]),
        }

    def create(self, wanted: StateMachine) -> None:
        """Make it."""
        with passing("StateMachineAlreadyExists"):
            self.aws.stepfunctions.create_state_machine(
                name=wanted.name, definition=json.dumps(wanted.definition), roleArn=wanted.role, type="STANDARD"
            )

    def update(self, wanted: StateMachine, differing: frozenset[str]) -> None:
        """Change what executions do from now on; running ones go on as they began."""
        self.aws.stepfunctions.update_state_machine(
            stateMachineArn=wanted.arn, definition=json.dumps(wanted.definition), roleArn=wanted.role
        )

    def delete(self, wanted: StateMachine) -> None:
        """Remove it and wait until AWS has ended its executions."""
        self.aws.stepfunctions.delete_state_machine(stateMachineArn=wanted.arn)
        wait_until(lambda: self.read(wanted) is None, "ending its executions", seconds=300)

"""Step Functions' Standard state machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State, from_file
from deployer.resources.waiting import wait_until

PATIENCE_S = 300
CAUSE = "The state machine was removed."


@dataclass(frozen=True)
class StateMachine(Resource):
    """A Standard state machine.

    Attributes:
        arn: which follows from its name.
        definition: in Amazon States Language.
        role: the ARN of the role that its executions take on.
        described_in: the file that defines it, where that is worth telling.
    """

    kind = "state machine"
    holds = "executions"

    arn: str
    definition: Mapping[str, Any]
    role: str
    described_in: str = ""

    @property
    def title(self) -> str:
        """Kind and name, and who defines it."""
        return from_file(super().title, self.described_in)

    def state(self) -> State:
        """What it does and as whom."""
        return {"type": "STANDARD", "status": "ACTIVE", "role": self.role, "definition": self.definition}

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        """The type is for ever, and deleting takes AWS a while."""
        if attribute == "type":
            return "Step Functions cannot change a state machine's type"
        if attribute == "status":
            return "it is being deleted until all its executions have ended: remove it again, which stops them"
        return None


class StateMachineAdapter(Adapter[StateMachine]):
    """State machines in Step Functions."""

    def read(self, wanted: StateMachine) -> State | None:
        """The state machine as new executions will follow it."""
        with passing("StateMachineDoesNotExist"):
            found = self.aws.stepfunctions.describe_state_machine(stateMachineArn=wanted.arn)
            return {
                "type": found["type"],
                "status": found["status"],
                "role": found["roleArn"],
                "definition": json.loads(found["definition"]),
            }
        return None

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
        """Stop what runs and remove it: AWS deletes a state machine only when all its executions have ended.

        https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
        """
        self._stop_executions(wanted)
        self.aws.stepfunctions.delete_state_machine(stateMachineArn=wanted.arn)
        wait_until(lambda: self._is_gone(wanted), "ending its executions", PATIENCE_S)

    def remains(self, wanted: StateMachine) -> list[str]:
        """The machine, and how many orders wait in it: one in each execution."""
        if self.read(wanted) is None:
            return []
        running = len(self._running(wanted))
        return ["exists", *([f"{running} orders under way end with it"] if running else [])]

    def _is_gone(self, wanted: StateMachine) -> bool:
        if self.read(wanted) is None:
            return True
        self._stop_executions(wanted)  # those that the list did not have yet
        return False

    def _stop_executions(self, of: StateMachine) -> None:
        for execution in self._running(of):
            with passing("ExecutionDoesNotExist"):
                self.aws.stepfunctions.stop_execution(executionArn=execution, cause=CAUSE)

    def _running(self, of: StateMachine) -> list[str]:
        """The ARNs of executions that have not ended, as far as a list tells that is "eventually consistent".

        https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
        """
        with passing("StateMachineDoesNotExist"):
            pages = self.aws.stepfunctions.get_paginator("list_executions")
            found = pages.paginate(stateMachineArn=of.arn, statusFilter="RUNNING")
            return [one["executionArn"] for page in found for one in page["executions"]]
        return []

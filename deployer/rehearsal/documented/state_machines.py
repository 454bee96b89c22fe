"""What Step Functions' API reference says of state machines and of their executions, which keep a removed one.

"It sets the state machine's status to DELETING and begins the deletion process. A state machine is deleted only when
all its executions are completed." A wait makes no transition, so an execution that waits goes on waiting.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from deployer.rehearsal.account import Account, Answer, NotDocumented, Refused
from deployer.rehearsal.place import PLACE

MISSING = "StateMachineDoesNotExist"
MADE = datetime(2026, 1, 1, tzinfo=UTC)
CREATE, DELETE, START = (
    f"stepfunctions:{verb}" for verb in ("CreateStateMachine", "DeleteStateMachine", "StartExecution")
)


def describe_state_machine(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    arn = asked["stateMachineArn"]
    made = account.last(CREATE, MISSING, name=arn.rpartition(":")[2])
    status = "DELETING" if account.all(DELETE, stateMachineArn=arn) else "ACTIVE"
    if status == "DELETING" and not _running(account, arn):
        raise Refused(MISSING)
    tracing = {"loggingConfiguration": {"level": "OFF"}, "tracingConfiguration": {"enabled": False}}
    return {**made, **tracing, "creationDate": MADE, "stateMachineArn": arn, "status": status}


def list_executions(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    arn = asked["stateMachineArn"]
    describe_state_machine(account, {"stateMachineArn": arn})
    if asked["statusFilter"] != "RUNNING":
        raise NotDocumented("what ListExecutions says of executions that have ended")
    return {"executions": [_execution(arn, name) for name in _running(account, arn)]}


def stop_execution(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"stopDate": MADE}


def _running(account: Account, machine_arn: str) -> list[str]:
    started = [one["name"] for one in account.all(START, stateMachineArn=machine_arn)]
    stopped = {one["executionArn"] for one in account.all("stepfunctions:StopExecution")}
    return [name for name in started if _arn(machine_arn, name) not in stopped]


def _execution(machine_arn: str, name: str) -> dict[str, Any]:
    told = {"name": name, "startDate": MADE, "status": "RUNNING"}
    return {**told, "stateMachineArn": machine_arn, "executionArn": _arn(machine_arn, name)}


def _arn(machine_arn: str, name: str) -> str:
    return PLACE.arn("states", f"execution:{machine_arn.rpartition(':')[2]}:{name}")


ANSWERS: Mapping[str, Answer] = {
    "stepfunctions:DescribeStateMachine": describe_state_machine,
    "stepfunctions:ListExecutions": list_executions,
    "stepfunctions:StopExecution": stop_execution,
}

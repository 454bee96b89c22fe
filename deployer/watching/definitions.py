"""Has the cloud judge a workflow and patterns before anything is changed, so that a mistake is told by its line."""

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from deployer import workflow
from deployer.aws import Aws
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import Project
from deployer.resources.refusals import refused_as

# What TestEventPattern demands of an event: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
_ANY_EVENT: Mapping[str, Any] = {
    **{"id": "any", "account": "000000000000", "source": "any", "time": "2026-01-01T00:00:00Z", "region": "us-east-1"},
    **{"resources": [], "detail-type": "any", "detail": {}},
}
_NO_PATTERN = "InvalidEventPatternException"


def check_workflow(project: Project, place: Place, aws: Aws) -> None:
    """See that Step Functions takes the workflow.

    Raises:
        Problem: it does not; and where.
    """
    definition = json.dumps(workflow.definition(project, place))
    found = aws.stepfunctions.validate_state_machine_definition(definition=definition)["diagnostics"]
    for fault in (one for one in found if one["severity"] == "ERROR"):
        raise Problem(f"{project.workflow.at(steps_of(fault.get('location', '')))}: {fault['message']}")


def check_patterns(project: Project, aws: Aws) -> None:
    """See that EventBridge takes each rule's pattern.

    Raises:
        Problem: it does not take one; and where.
    """
    for index, rule in enumerate(project.rules):
        try:
            aws.events.test_event_pattern(EventPattern=json.dumps(rule["pattern"]), Event=json.dumps(_ANY_EVENT))
        except ClientError as error:
            if not refused_as(_NO_PATTERN)(error):
                raise
            what = error.response["Error"].get("Message", "")
            raise Problem(f"{project.rules_file.at([index, 'pattern'])}: rule {rule['name']}: {what}") from None


def steps_of(pointer: str) -> list[str]:
    """The way that a JSON Pointer describes (RFC 6901), such as `/States/Look/Next`."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]

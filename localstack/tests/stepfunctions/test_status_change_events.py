"""Rules on the default bus hear how executions fare; without a rule there nobody is told."""

import json
from typing import Any
from uuid import uuid4

from local_cloud.testing import Cloud
from tenacity import retry, stop_after_delay, wait_fixed

PASS = {"StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": True}}}
WITH_AND_WITHOUT_RULE = """
from types import SimpleNamespace
from local_cloud.plugins.patches import REPLACEMENTS
from local_cloud.plugins.stepfunctions.status_change_events import tell_only_rules
from localstack.services.events.models import EventBus, events_stores
from localstack.services.stepfunctions.backend.execution import Execution

calls = []
class Told(Execution):
    def __init__(self):
        self.account_id, self.region_name = "000000000000", "us-east-1"
        self.__dict__.update(dict.fromkeys(("input_data", "output", "exec_arn", "name", "exec_status", "start_date",
            "stop_date", "input_details", "output_details", "error", "cause")), state_machine=SimpleNamespace(arn="m"))
    def _get_events_client(self):
        return SimpleNamespace(put_events=lambda Entries: calls.append(Entries))

tell_only_rules()
for replacement in REPLACEMENTS:
    replacement.apply()
store = events_stores["000000000000"]["us-east-1"]
counts = []
def tell():
    Told().publish_execution_status_change_event()
    counts.append(len(calls))
tell()
store.event_buses["default"] = bus = EventBus("default", "us-east-1", "000000000000")
tell()
bus.rules["rule"] = object()
tell()
print(counts)
"""


def test_no_call_is_made_where_no_rule_could_hear_it(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(WITH_AND_WITHOUT_RULE)
    assert ran.stdout == "[0, 0, 1]\n", ran.stderr


def test_a_rule_on_the_default_bus_hears_of_an_execution(cloud: Cloud) -> None:
    events, states, sqs, name = (
        cloud.client("events"), cloud.client("stepfunctions"), cloud.client("sqs"), f"m-{uuid4().hex[:8]}"
    )  # fmt: skip
    machine = states.create_state_machine(
        name=name, definition=json.dumps(PASS), roleArn="arn:aws:iam::000000000000:role/any"
    )["stateMachineArn"]
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    pattern = {"source": ["aws.states"], "detail": {"stateMachineArn": [machine]}}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "q", "Arn": f"arn:aws:sqs:us-east-1:000000000000:{name}"}])
    states.start_execution(stateMachineArn=machine, name="one")
    assert statuses(sqs, queue, set()) == {"RUNNING", "SUCCEEDED"}
    events.remove_targets(Rule=name, Ids=["q"])
    events.delete_rule(Name=name)
    sqs.delete_queue(QueueUrl=queue)
    states.delete_state_machine(stateMachineArn=machine)


@retry(wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True)
def statuses(sqs: Any, queue: str, seen: set[str]) -> set[str]:
    for message in sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", []):
        seen.add(json.loads(message["Body"])["detail"]["status"])
    assert len(seen) == 2
    return seen

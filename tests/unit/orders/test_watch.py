"""The watch over executions: EventBridge calls it for each way in which one can come to a bad end, and for no other."""

from chalice.app import CloudWatchEventConfig

import app

WATCHES = {source.name: source for source in app.app.event_sources if isinstance(source, CloudWatchEventConfig)}


def test_every_bad_end_of_an_execution_and_no_other_is_heard_of() -> None:
    assert WATCHES["execution_died"].event_pattern == {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {
            "status": ["FAILED", "ABORTED", "TIMED_OUT"],
            "stateMachineArn": [{"suffix": ":stateMachine:OrderProcessorWorkflow"}],
        },
    }

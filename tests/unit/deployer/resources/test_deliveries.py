"""What becomes of events that a function or a target did not take is said, also where Chalice made the rule."""

from typing import Any

import pytest

from deployer.aws import Aws
from deployer.planner import Verb, plan
from deployer.problem import Problem
from deployer.resources.asynchronous_calls import AsynchronousCalls, AsynchronousCallsAdapter
from deployer.resources.resource import Found
from deployer.resources.target_delivery import TargetDelivery, TargetDeliveryAdapter
from tests.unit.deployer.samples import offline_aws, quiet, script

CALLS = AsynchronousCalls("f", 2, 3600, "arn:letters")
DESTINATION = {"DestinationConfig": {"OnFailure": {"Destination": "arn:letters"}}}
CONFIG = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 3600, **DESTINATION}
DELIVERY = TargetDelivery("bar-f-event", {"DeadLetterConfig": {"Arn": "arn:letters"}})
TARGET = {"Id": "1", "Arn": "arn:f"}


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


@pytest.mark.parametrize(
    ("config", "differing"),
    [
        (CONFIG, set()),
        ({**CONFIG, "MaximumRetryAttempts": 0}, {"retries"}),
        ({**CONFIG, "MaximumEventAgeInSeconds": 60}, {"age in seconds"}),
        ({"DestinationConfig": {}}, {"retries", "age in seconds", "on failure"}),
    ],
)
def test_all_that_is_said_of_asynchronous_calls_is_compared(
    aws: Aws, config: dict[str, Any], differing: set[str]
) -> None:
    with script(aws.lambda_) as lambda_:
        lambda_.add_response("get_function_event_invoke_config", config, {"FunctionName": "f"})
        (step,) = plan([Found(CALLS, AsynchronousCallsAdapter(aws, quiet).read(CALLS))])
    assert step.differing == differing


def test_a_function_of_whose_asynchronous_calls_nothing_is_said_is_told_all(aws: Aws) -> None:
    with script(aws.lambda_) as lambda_:
        lambda_.add_client_error("get_function_event_invoke_config", "ResourceNotFoundException")
        lambda_.add_response("put_function_event_invoke_config", {}, {"FunctionName": "f", **CONFIG})
        adapter = AsynchronousCallsAdapter(aws, quiet)
        assert adapter.read(CALLS) is None
        adapter.create(CALLS)
        lambda_.assert_no_pending_responses()


def test_a_function_whose_role_may_not_send_yet_is_asked_again(aws: Aws) -> None:
    refusal = "The function's execution role does not have permissions to call SendMessage on arn:letters"
    with script(aws.lambda_) as lambda_:
        lambda_.add_client_error("put_function_event_invoke_config", "InvalidParameterValueException", refusal)
        lambda_.add_response("put_function_event_invoke_config", {})
        AsynchronousCallsAdapter(aws, quiet).update(CALLS, frozenset({"retries"}))
        lambda_.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("target", "verb"),
    [(TARGET, Verb.UPDATE), ({**TARGET, **DELIVERY.delivery}, Verb.LEAVE)],
    ids=["as Chalice put it", "as it must be"],
)
def test_a_target_that_chalice_put_again_is_noticed(aws: Aws, target: dict[str, Any], verb: Verb) -> None:
    with script(aws.events) as events:
        events.add_response("list_targets_by_rule", {"Targets": [target]}, {"Rule": "bar-f-event"})
        (step,) = plan([Found(DELIVERY, TargetDeliveryAdapter(aws, quiet).read(DELIVERY))])
    assert step.verb is verb


def test_the_target_stays_as_chalice_put_it_but_for_its_delivery(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_response("list_targets_by_rule", {"Targets": [TARGET]})
        put = {"Rule": "bar-f-event", "Targets": [{**TARGET, **DELIVERY.delivery}]}
        events.add_response("put_targets", {"FailedEntryCount": 0, "FailedEntries": []}, put)
        TargetDeliveryAdapter(aws, quiet).update(DELIVERY, frozenset({"DeadLetterConfig"}))
        events.assert_no_pending_responses()


def test_a_rule_that_chalice_has_not_made_is_chalices_to_make(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_client_error("list_targets_by_rule", "ResourceNotFoundException")
        assert TargetDeliveryAdapter(aws, quiet).read(DELIVERY) is None
    with pytest.raises(Problem, match="there is no rule bar-f-event"):
        TargetDeliveryAdapter(aws, quiet).create(DELIVERY)

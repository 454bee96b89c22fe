"""Nothing that fails where nobody waits is lost: all of it goes to one queue, to which nobody else may send."""

import app
from deployer import bus_rules, dead_letters, desired
from deployer.resources.asynchronous_calls import AsynchronousCalls
from deployer.resources.event_source_mapping import EventSourceMapping
from deployer.resources.queue import Queue
from deployer.resources.rule import Rule
from deployer.resources.target_delivery import TargetDelivery
from tests.unit.deployer.samples import PLACE, POOL_ARN, own_project

PROJECT = own_project()
EVERYTHING = [one for stage in desired.STAGES.values() for one in stage(PROJECT, PLACE, POOL_ARN)]
LETTERS = "arn:aws:sqs:eu-west-1:123456789012:serverlesspresso-dead-letters"


def test_each_function_that_a_rule_of_chalices_calls_is_known() -> None:
    assert {source.name for source in app.app.event_sources} == set(dead_letters.WITH_CHALICE_RULE)


def test_every_rule_sends_what_it_cannot_deliver_to_the_queue() -> None:
    deliveries = [one.delivery for one in EVERYTHING if isinstance(one, Rule | TargetDelivery)]
    assert len(deliveries) == len(PROJECT.rules) + len(dead_letters.WITH_CHALICE_RULE)
    assert {one["DeadLetterConfig"]["Arn"] for one in deliveries} == {LETTERS}


def test_every_function_that_a_rule_calls_sends_what_it_failed_at_to_the_queue() -> None:
    calls = [one for one in EVERYTHING if isinstance(one, AsynchronousCalls)]
    of_chalice = map(PROJECT.function_name, dead_letters.WITH_CHALICE_RULE)
    assert {one.name for one in calls} == {*bus_rules.functions(PROJECT), *of_chalice}
    assert {one.on_failure for one in calls} == {LETTERS}


def test_the_stream_of_shops_goes_to_its_function_and_what_that_cannot_take_to_the_queue() -> None:
    (mapping,) = (one for one in EVERYTHING if isinstance(one, EventSourceMapping))
    assert mapping.function == PLACE.function_arn("serverlesspresso-local-config_changed")
    assert mapping.table == PLACE.table_arn("serverlesspresso-shops")
    assert mapping.settings["DestinationConfig"] == {"OnFailure": {"Destination": LETTERS}}


def test_just_eventbridge_may_send_and_only_for_our_rules() -> None:
    (queue,) = (one for one in EVERYTHING if isinstance(one, Queue))
    (statement,) = queue.policy["Statement"]
    assert (statement["Action"], statement["Resource"]) == (["sqs:SendMessage"], LETTERS)
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    ours = {PLACE.rule_arn(one.bus, one.name) for one in EVERYTHING if isinstance(one, Rule)}
    of_chalice = {
        f"arn:aws:events:eu-west-1:123456789012:rule/serverlesspresso-local-{name}-event"
        for name in dead_letters.WITH_CHALICE_RULE
    }
    assert set(statement["Condition"]["ArnEquals"]["aws:SourceArn"]) == ours | of_chalice

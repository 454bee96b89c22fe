"""Nothing that nobody could take is lost: of everything asynchronous that is deployed, it ends in the one queue."""

import pytest

import app
from deployer import desired
from deployer.resources.asynchronous_calls import AsynchronousCalls
from deployer.resources.event_source_mapping import EventSourceMapping
from deployer.resources.queue import Queue
from deployer.resources.rule import Rule
from tests.unit.deployer.samples import PLACE, POOL_ARN, own_project

PROJECT = own_project()
EVERYTHING = [one for stage in desired.STAGES.values() for one in stage(PROJECT, PLACE, POOL_ARN)]
(QUEUE,) = [PLACE.queue_arn(one.name) for one in EVERYTHING if isinstance(one, Queue)]


@pytest.mark.parametrize("rule", [one for one in EVERYTHING if isinstance(one, Rule)], ids=lambda rule: rule.name)
def test_q43_what_a_rule_cannot_deliver_is_kept(rule: Rule) -> None:
    assert rule.target_entry()["DeadLetterConfig"] == {"Arn": QUEUE}


def test_q43_an_event_at_which_a_function_fails_is_kept() -> None:
    """Of each function that a rule calls, ours or Chalice's."""
    called = {rule["target"]["function"] for rule in PROJECT.rules if "function" in rule["target"]}
    called |= {source.name for source in app.app.event_sources}
    kept = {one.name for one in EVERYTHING if isinstance(one, AsynchronousCalls) and QUEUE in str(one.state())}
    assert kept >= {PROJECT.function_name(name) for name in called}


def test_q43_a_change_that_no_function_could_take_is_kept() -> None:
    readings = [one for one in EVERYTHING if isinstance(one, EventSourceMapping)]
    assert readings
    assert all(QUEUE in str(one.state()) for one in readings)

"""A schedule that Chalice made sleeps where it is to sleep."""

import pytest

from deployer.aws import Aws
from deployer.planner import Verb, plan
from deployer.problem import Problem
from deployer.resources.resource import Found
from deployer.resources.schedule import Schedule, ScheduleAdapter
from tests.unit.deployer.samples import offline_aws, quiet, script

NAME = {"Name": "bar-sweep-event"}


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


@pytest.mark.parametrize(("awake", "verb"), [(True, Verb.LEAVE), (False, Verb.UPDATE)])
def test_it_is_left_or_turned_as_it_has_to_be(aws: Aws, awake: bool, verb: Verb) -> None:
    wanted = Schedule(NAME["Name"], awake)
    with script(aws.events) as events:
        events.add_response("describe_rule", {**NAME, "State": "ENABLED"}, NAME)
        (step,) = plan([Found(wanted, ScheduleAdapter(aws, quiet).read(wanted))])
    assert step.verb is verb


@pytest.mark.parametrize(("awake", "call"), [(True, "enable_rule"), (False, "disable_rule")])
def test_it_is_woken_or_put_to_sleep(aws: Aws, awake: bool, call: str) -> None:
    with script(aws.events) as events:
        events.add_response(call, {}, NAME)
        ScheduleAdapter(aws, quiet).update(Schedule(NAME["Name"], awake), frozenset({"State"}))
        events.assert_no_pending_responses()


def test_one_that_chalice_has_not_made_is_chalices_to_make(aws: Aws) -> None:
    wanted = Schedule(NAME["Name"], awake=True)
    with script(aws.events) as events:
        events.add_client_error("describe_rule", "ResourceNotFoundException")
        assert ScheduleAdapter(aws, quiet).read(wanted) is None
    with pytest.raises(Problem, match="there is no rule bar-sweep-event"):
        ScheduleAdapter(aws, quiet).create(wanted)

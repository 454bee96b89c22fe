"""A disabled rule delivers nothing until it is enabled, whether it has a pattern or a schedule."""

from typing import TYPE_CHECKING

from local_cloud.testing import Cloud

if TYPE_CHECKING:
    from tests.events.conftest import Bus

SCHEDULED = """
from local_cloud.plugins.events.disabled_rules import let_disabled_rules_rest
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.events.models import EventBus, events_stores
from localstack.services.events.rule import RuleService
from localstack.services.events.scheduler import JobScheduler

let_disabled_rules_rest()
for replacement in REPLACEMENTS:
    replacement.apply()
where = dict(region="us-east-1", account_id="000000000000", event_bus_name="default")

def put(**state):
    service = RuleService.create_rule_service("r", schedule_expression="rate(1 minute)", **where, **state)
    bus.rules["r"] = service.rule
    return service

bus = EventBus("default", "us-east-1", "000000000000")
events_stores["000000000000"]["us-east-1"].event_buses["default"] = bus
put(state="DISABLED").create_schedule_job(lambda *_: print(bus.rules["r"].state))
(job,) = JobScheduler.instance().jobs
for state in ("DISABLED", "ENABLED"):
    bus.rules["r"].state = state
    job.job_func() if job.is_enabled else print("off")
put(state="DISABLED")
job.job_func()
"""


def test_a_rule_with_a_pattern_rests_and_goes_on(cloud: Cloud, bus: "Bus") -> None:
    queues = {name: bus.queue() for name in ("rests", "hears")}
    for name, (_, arn) in queues.items():
        bus.put_rule(name)
        bus.put_target(name, arn)
    rule = {"Name": "rests", "EventBusName": bus.name}
    cloud.client("events").disable_rule(**rule)
    bus.put_event({"n": 1})
    assert bus.next_message(queues["hears"][0])["detail"] == {"n": 1}
    cloud.client("events").enable_rule(**rule)
    bus.put_event({"n": 2})
    assert [bus.next_message(url)["detail"] for url, _ in queues.values()] == [{"n": 2}] * 2


def test_a_schedule_is_looked_at_each_time_that_it_is_due(cloud: Cloud) -> None:
    done = cloud.run_in_localstack_environment(SCHEDULED)
    assert done.stdout.split() == ["ENABLED"], done.stderr

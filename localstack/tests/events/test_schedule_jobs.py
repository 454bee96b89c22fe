"""A scheduled rule sends its events once, however often its schedule or its targets were put."""

from local_cloud.testing import Cloud

PUT_TWICE = """
from local_cloud.plugins.events.schedule_jobs import keep_one_job_per_rule
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.events.rule import RuleService
from localstack.services.events.scheduler import JobScheduler

keep_one_job_per_rule()
for replacement in REPLACEMENTS:
    replacement.apply()
for name, rate in (("a", "1 minute"), ("a", "5 minutes"), ("b", "1 hour")):
    where = dict(region="us-east-1", account_id="000000000000", event_bus_name="default")
    RuleService.create_rule_service(name, schedule_expression=f"rate({rate})", **where).create_schedule_job(print)
print([job.schedule for job in JobScheduler.instance().jobs])
"""


def test_a_rule_has_the_one_job_of_its_last_schedule(cloud: Cloud) -> None:
    done = cloud.run_in_localstack_environment(PUT_TWICE)
    assert done.stdout.splitlines()[-1:] == ["['*/5 * * * *', '0 */1 * * *']"], done.stderr

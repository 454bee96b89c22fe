"""LocalStack adds a job each time targets are put to a scheduled rule; here the rule's earlier job ends first.
Since 0.2.

So a rule has the one schedule that it was given last.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_one_job_per_rule() -> None:
    """LocalStack's hook: end a rule's earlier job."""
    rule, job = "localstack.services.events.rule:RuleService", "create_schedule_job"
    replace(rule, job, _in_place_of_earlier, why="parity", upstream="ed3992051a50", before="events")


def _in_place_of_earlier(create_job: Callable[..., None]) -> Callable[..., None]:
    from localstack.services.events.scheduler import JobScheduler  # noqa: PLC0415

    jobs: dict[str, str] = {}  # by the rule's ARN

    @wraps(create_job)
    def end_and_create(self: Any, send: Callable[..., None]) -> None:
        if earlier := jobs.pop(self.arn, None):
            JobScheduler.instance().cancel_job(earlier)
        create_job(self, send)
        jobs[self.arn] = self.job_id

    return end_and_create

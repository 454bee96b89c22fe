"""LocalStack delivers by disabled rules; here they rest until they are enabled, whether of a pattern or a schedule.
Since 0.2.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

DISABLED = "DISABLED"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def let_disabled_rules_rest() -> None:
    """LocalStack's hook: look at a rule's state before it delivers."""
    provider = "localstack.services.events.provider:EventsProvider"
    replace(provider, "_process_rules", _unless_disabled, why="parity", upstream="2399ed70c8f1", before="events")
    rule, job = "localstack.services.events.rule:RuleService", "create_schedule_job"
    replace(rule, job, _looking_each_time, why="parity", upstream="ed3992051a50", before="events")


def _unless_disabled(process_rule: Callable[..., None]) -> Callable[..., None]:
    @wraps(process_rule)
    def process(self: Any, rule: Any, *args: Any, **kwargs: Any) -> None:
        if rule.state != DISABLED:
            process_rule(self, rule, *args, **kwargs)

    return process


def _looking_each_time(create_job: Callable[..., None]) -> Callable[..., None]:
    """Upstream's job keeps the state that the rule had when its targets were put."""
    from localstack.services.events.scheduler import JobScheduler  # noqa: PLC0415

    @wraps(create_job)
    def create(self: Any, send: Callable[..., None]) -> None:
        made = self.rule

        def send_unless_disabled(*args: Any, **kwargs: Any) -> None:
            if _as_it_is_now(made).state != DISABLED:
                send(*args, **kwargs)

        create_job(self, send_unless_disabled)
        JobScheduler.instance().get_job(self.job_id).is_enabled = True

    return create


def _as_it_is_now(rule: Any) -> Any:
    """Whoever puts a rule again makes another one of it."""
    from localstack.services.events.models import events_stores  # noqa: PLC0415

    bus = events_stores[rule.account_id][rule.region].event_buses.get(rule.event_bus_name)
    return bus.rules.get(rule.name, rule) if bus else rule

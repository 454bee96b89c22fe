"""EventBridge works with objects beside its store, which are made from it anew: of buses, rules, targets, archives.

Must not change the store.
"""

from typing import Any


def resume_rules(provider: Any) -> None:
    """Make what a provider of EventBridge needs to serve the rules in its store, and start their schedules."""
    from localstack.services.events.models import events_stores  # noqa: PLC0415

    for account, region, store in events_stores.iter_stores():
        for bus in store.event_buses.values():
            _resume_bus(provider, account, region, bus)
        for archive in store.archives.values():
            _resume_archive(provider, archive)


def _resume_bus(provider: Any, account: str, region: str, bus: Any) -> None:
    from localstack.services.events.event_bus import EventBusService  # noqa: PLC0415
    from localstack.services.events.rule import RuleService  # noqa: PLC0415

    provider._event_bus_services_store[bus.arn] = EventBusService(bus)
    for rule in bus.rules.values():
        provider._rule_services_store[rule.arn] = service = RuleService(rule)
        for target in rule.targets.values():
            provider.create_target_sender(target, rule.arn, rule.name, region, account)
        if rule.schedule_expression and rule.targets:
            service.create_schedule_job(provider._get_scheduled_rule_job_function(account, region, rule))


def _resume_archive(provider: Any, archive: Any) -> None:
    from localstack.services.events.archive import ArchiveService  # noqa: PLC0415

    provider._archive_service_store[archive.arn] = ArchiveService(archive)

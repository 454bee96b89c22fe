"""LocalStack goes through a bus's rules in one loop, which the first rule that fails ends for all rules after it.

Ours logs the failure and goes on, as rules do not know of each other on AWS; and targets that cannot be made are not
stored, since a rule with one of them would fail with every event.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

LOG = logging.getLogger(__name__)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_rules_apart() -> None:
    """LocalStack's hook: let no rule take events from another."""
    provider = "localstack.services.events.provider:EventsProvider"
    replace(provider, "_process_rules", _apart, why="parity", upstream="2399ed70c8f1", before="events")
    rule = "localstack.services.events.rule:RuleService"
    replace(rule, "add_targets", _makeable_only, why="parity", upstream="b4eed6b1ec53", before="events")


def _apart(process_rule: Callable[..., None]) -> Callable[..., None]:
    @wraps(process_rule)
    def process_or_log(self: Any, rule: Any, *args: Any, **kwargs: Any) -> None:
        try:
            process_rule(self, rule, *args, **kwargs)
        except Exception:
            LOG.exception("the rule %s could not be asked about an event", rule.arn)

    return process_or_log


def _makeable_only(add_targets: Callable[..., Any]) -> Callable[..., Any]:
    from localstack.aws.api import ServiceException  # noqa: PLC0415
    from localstack.services.events.models import ValidationException  # noqa: PLC0415
    from localstack.services.events.target import TargetSenderFactory  # noqa: PLC0415  # takes seconds

    @wraps(add_targets)
    def check_and_add(self: Any, targets: Sequence[Mapping[str, Any]]) -> Any:
        where = (self.arn, self.rule.name, self.rule.region, self.rule.account_id)
        for target in targets:
            try:
                TargetSenderFactory(target, *where).get_target_sender()
            except ServiceException:
                raise
            except Exception as error:  # a plain Exception for a service that it does not know
                raise ValidationException(f"Parameter {target['Arn']} is not valid. Reason: {error}") from error
        return add_targets(self, targets)

    return check_and_add

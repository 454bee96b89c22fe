"""LocalStack loses an event that its target does not take; here it goes to the dead-letter queue that the rule names.
Since 0.1.

LocalStack stores a target's DeadLetterConfig and only logs what it could not deliver. Nothing is tried again before
that: what fails on one machine, such as a target that is not there, fails again, and AWS does not retry that either.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

LOG = logging.getLogger(__name__)


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_undelivered_events() -> None:
    """LocalStack's hook: heed dead-letter queues of targets."""
    replace(  # where LocalStack hands an event to a target of any kind
        "localstack.services.events.target:TargetSender",
        "process_event",
        _keeping,
        why="parity",
        upstream="99ac60403731",
        before="events",
    )


def attributes(rule_arn: str, target_arn: str, error: Exception) -> dict[str, Any]:
    """Return the message attributes by which EventBridge says what went wrong; `error` is mostly botocore's."""
    answer = getattr(error, "response", {}).get("Error", {})
    told = {
        "RULE_ARN": rule_arn,
        "TARGET_ARN": target_arn,
        "ERROR_CODE": answer.get("Code") or type(error).__name__,
        "ERROR_MESSAGE": answer.get("Message") or str(error) or "no message",
    }
    return {name: {"DataType": "String", "StringValue": value} for name, value in told.items()}


def _keeping(process_event: Callable[..., None]) -> Callable[..., None]:
    @wraps(process_event)
    def deliver_or_keep(sender: Any, event: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        # As it came, for delivering changes it; but for what LocalStack notes in it for itself.
        kept = {name: value for name, value in event.items() if name != "event-bus-name"}
        try:
            process_event(sender, event, *args, **kwargs)
        except Exception as error:
            _keep(sender, kept, error)
            raise  # LocalStack logs it

    return deliver_or_keep


def _keep(sender: Any, event: Mapping[str, Any], error: Exception) -> None:
    queue_arn = sender.target.get("DeadLetterConfig", {}).get("Arn")
    if not queue_arn:
        return
    try:
        _send(queue_arn, event, attributes(sender.rule_arn, sender.arn, error))
    except Exception:
        LOG.exception("an event that could not be delivered was lost: %s does not take it", queue_arn)


def _send(queue_arn: str, event: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    from localstack.aws.connect import connect_to  # noqa: PLC0415
    from localstack.services.events.utils import to_json_str  # noqa: PLC0415

    _, _, _, region, account, name = queue_arn.split(":")
    client = connect_to(aws_access_key_id=account, region_name=region).sqs
    url = client.get_queue_url(QueueName=name)["QueueUrl"]
    client.send_message(QueueUrl=url, MessageBody=to_json_str(event), MessageAttributes=about)

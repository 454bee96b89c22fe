"""Who may do what, as policy documents: no more than each needs. Pure."""

from collections.abc import Sequence
from typing import Any

from deployer.place import Place

type Document = dict[str, Any]

_VERSION = "2012-10-17"  # of the policy language


def trusting(service: str) -> Document:
    """Lets a service of AWS take a role on."""
    return _document(_allow("sts:AssumeRole", Principal={"Service": service}))


def order_processor(place: Place, functions: Sequence[str], orders_table: str, shops_table: str) -> Document:
    """What the Order Processor does by itself: call its functions, claim the order, look at the shop, take a place."""
    # IAM refuses a statement about nothing: "Policy statement must contain resources".
    calls = [_allow("lambda:InvokeFunction", Resource=[place.function_arn(name) for name in functions])]
    return _document(
        *(calls if functions else []),
        _allow("dynamodb:UpdateItem", Resource=place.table_arn(orders_table)),
        _allow("dynamodb:GetItem", "dynamodb:UpdateItem", Resource=place.table_arn(shops_table)),
    )


def starting(state_machine_arns: Sequence[str]) -> Document | None:
    """Lets rules start executions; None where no rule does."""
    starts = _allow("states:StartExecution", Resource=list(state_machine_arns))
    return _document(starts) if state_machine_arns else None


def logging_events(log_group_arn: str, rule_arns: Sequence[str]) -> Document:
    """Lets EventBridge write what these rules match into a log group; without a rule it may only make streams there.

    See "Using resource-based policies for Amazon EventBridge", CloudWatch Logs permissions, in its user guide.
    """
    services = {"Service": ["events.amazonaws.com", "delivery.logs.amazonaws.com"]}
    only_rules = {"ArnEquals": {"aws:SourceArn": list(rule_arns)}}
    create = _allow("logs:CreateLogStream", Sid="CreateStreams", Principal=services, Resource=f"{log_group_arn}:*")
    write = _allow(
        "logs:PutLogEvents",
        Sid="WriteEvents",
        Principal=services,
        Resource=f"{log_group_arn}:*:*",
        Condition=only_rules,
    )
    return _document(create, *([write] if rule_arns else []))


def sending_dead_letters(queue_arn: str, rule_arns: Sequence[str]) -> Document:
    """Lets EventBridge send what these rules could not deliver to a queue.

    See "Using dead-letter queues to process undelivered events in EventBridge" in its user guide.
    """
    only_rules = {"ArnEquals": {"aws:SourceArn": list(rule_arns)}}
    service = {"Service": "events.amazonaws.com"}
    return _document(
        _allow("sqs:SendMessage", Sid="SendDeadLetters", Principal=service, Resource=queue_arn, Condition=only_rules)
    )


def only_letters_from(address: str) -> Document:
    """Lets nobody send letters from another address, whatever else allows it.

    `ses:FromAddress` is the letter's From: https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
    """
    others = {"StringNotEquals": {"ses:FromAddress": address}}
    return _document(_statement("Deny", "ses:SendEmail", Sid="OnlyOurSender", Resource="*", Condition=others))


def reading_by_anybody(bucket_arn: str, *, encrypted_only: bool) -> Document:
    """Lets anybody read a bucket's objects, though not list them.

    Args:
        bucket_arn: the bucket.
        encrypted_only: whether nobody may over plain HTTP, as in
            https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
    """
    reading = _allow("s3:GetObject", Sid="ReadPages", Principal="*", Resource=f"{bucket_arn}/*")
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    everything = [bucket_arn, f"{bucket_arn}/*"]
    refusal = _statement("Deny", "s3:*", Sid="NoPlainHttp", Principal="*", Resource=everything, Condition=plain)
    return _document(reading, *([refusal] if encrypted_only else []))


def reading_by_distribution(bucket_arn: str, distribution_arn: str) -> Document:
    """Lets one distribution of CloudFront's read a bucket's objects, though not list them, and nobody else.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
    """
    service, only_ours = {"Service": "cloudfront.amazonaws.com"}, {"StringEquals": {"AWS:SourceArn": distribution_arn}}
    objects = f"{bucket_arn}/*"
    return _document(_allow("s3:GetObject", Sid="ReadPages", Principal=service, Resource=objects, Condition=only_ours))


def _document(*statements: dict[str, Any]) -> Document:
    return {"Version": _VERSION, "Statement": list(statements)}


def _allow(*actions: str, **elements: Any) -> dict[str, Any]:
    return _statement("Allow", *actions, **elements)


def _statement(effect: str, *actions: str, **elements: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": list(actions), **elements}

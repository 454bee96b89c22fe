"""LocalStack forwards Kinesis to a server that it would download; here to moto's, in its own process.
Since 0.2.

What moto lacks is made good here: it has no locks, so one operation follows another; it reads JSON only, and some of
AWS's SDKs speak CBOR; an iterator that was asked for by a stream's ARN forgets which stream that was.
https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html
"""

from collections.abc import Mapping
from threading import Lock
from typing import Any

from localstack.services.plugins import Service, aws_provider

_one_at_a_time = Lock()


@aws_provider(api="kinesis", name="in_memory")  # type: ignore[untyped-decorator]  # LocalStack has no types
def kinesis() -> Service:
    """The service, made when it is asked for first."""
    from localstack.aws.forwarder import ForwardingFallbackDispatcher  # noqa: PLC0415  # takes a moment

    from local_cloud.plugins.kinesis.provider import InMemoryKinesis  # noqa: PLC0415

    return Service.for_provider(InMemoryKinesis(), lambda provider: ForwardingFallbackDispatcher(provider, _ask_moto))


def _ask_moto(context: Any, request: Mapping[str, Any]) -> Any:
    """Return moto's answer to an operation, parsed."""
    from localstack.services.moto import call_moto  # noqa: PLC0415  # takes a moment

    if context.operation.name == "GetShardIterator" and "StreamName" not in request:
        context = _in_json(context, {**request, "StreamName": request.get("StreamARN", "").rpartition("/")[2]})
    elif "cbor" in context.request.headers.get("Content-Type", ""):
        context = _in_json(context, request)
    with _one_at_a_time:
        return call_moto(context)


def _in_json(context: Any, request: Mapping[str, Any]) -> Any:
    """Return the context of the same call with this request, in JSON."""
    from localstack.aws.forwarder import create_aws_request_context  # noqa: PLC0415  # takes a moment

    made = create_aws_request_context("kinesis", context.operation.name, "json", request, context.region)
    made.request.headers = {**context.request.headers, **made.request.headers}
    return made

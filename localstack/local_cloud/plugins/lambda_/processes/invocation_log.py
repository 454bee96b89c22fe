"""The text that one invocation leaves in CloudWatch Logs. Does no I/O.

The lines are those of https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """What one invocation took; `init_seconds` is None when its process was warm."""

    seconds: float
    init_seconds: float | None
    memory_mb: int
    max_memory_used: int
    """Bytes."""


def invocation_log(request_id: str, version: str, parts: Iterable[str], usage: Usage) -> str:
    """Return START, `parts` (the function's output, Lambda's own remarks), END and REPORT, on lines of their own."""
    lines = [
        f"START RequestId: {request_id} Version: {version}",
        *(part.removesuffix("\n") for part in parts if part),
        f"END RequestId: {request_id}",
        _report(request_id, usage),
    ]
    return "\n".join(lines) + "\n"


def _report(request_id: str, usage: Usage) -> str:
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {usage.seconds * 1000:.2f} ms",
        f"Billed Duration: {_billed_ms(usage)} ms",
        f"Memory Size: {usage.memory_mb} MB",
        f"Max Memory Used: {math.ceil(usage.max_memory_used / 2**20)} MB",
    ]
    if usage.init_seconds is not None:
        fields.append(f"Init Duration: {usage.init_seconds * 1000:.2f} ms")
    return "\t".join(fields)


def _billed_ms(usage: Usage) -> int:
    """Return whole milliseconds with the init phase, which AWS bills since 2025-08-01.

    https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
    """
    return math.ceil((usage.seconds + (usage.init_seconds or 0)) * 1000)

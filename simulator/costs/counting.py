"""What AWS's own records say was used: executions' histories, functions' logs. Pure.

https://aws.amazon.com/step-functions/pricing/
https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# What CloudWatch Logs adds to each event's bytes (PutLogEvents).
BYTES_PER_LOG_EVENT = 26

_REPORT = re.compile(r"^REPORT RequestId: .*?Billed Duration: (\d+) ms\s+Memory Size: (\d+) MB")
_ATTEMPTS = frozenset({"TaskScheduled", "LambdaFunctionScheduled", "ActivityScheduled"})


@dataclass(frozen=True)
class Invocation:
    """One run of a function, as its REPORT line tells it."""

    billed_ms: int
    memory_mb: int

    @property
    def gb_seconds(self) -> float:
        """What Lambda bills beside the request."""
        return self.billed_ms / 1000 * self.memory_mb / 1024


def state_transitions(history: Iterable[Mapping[str, Any]]) -> int:
    """How many transitions an execution is billed for: every state that it entered, and every retry.

    Args:
        history: the events of GetExecutionHistory.
    """
    kinds = Counter(event["type"] for event in history)
    entered = sum(count for kind, count in kinds.items() if kind.endswith("StateEntered"))
    attempts = sum(kinds[kind] for kind in _ATTEMPTS)
    return entered + attempts - kinds["TaskStateEntered"]


def invocations(messages: Iterable[str]) -> list[Invocation]:
    """The runs of functions that a log tells of."""
    reports = filter(None, map(_REPORT.match, messages))
    return [Invocation(int(report[1]), int(report[2])) for report in reports]


def log_bytes(messages: Iterable[str]) -> int:
    """What CloudWatch Logs bills for taking the messages."""
    return sum(len(message.encode()) + BYTES_PER_LOG_EVENT for message in messages)

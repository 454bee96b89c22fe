"""Times have offsets and fractions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .conftest import StateMachines

YEAR = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("comparison", "given", "holds"),
    [
        ({"TimestampLessThan": YEAR}, "2025-12-31T23:30:00Z", True),
        ({"TimestampLessThan": YEAR}, "2025-12-31T23:59:59.999999999Z", True),
        ({"TimestampLessThan": YEAR}, "2026-01-01T00:30:00+01:00", True),
        ({"TimestampEquals": YEAR}, "2025-12-31T19:00:00.000-05:00", True),
        ({"TimestampGreaterThan": "2026-01-01T00:00:00.250Z"}, "2026-01-01T00:00:00.500Z", True),
        ({"TimestampLessThan": YEAR}, "yesterday", False),
        ({"TimestampLessThan": YEAR}, 1, False),
        ({"IsTimestamp": True}, "2025-12-31T23:30:00.500Z", True),
        ({"IsTimestamp": True}, "2025-12-31T23:30:00+02:00", True),
        ({"IsTimestamp": True}, "2025-12-31", False),
        ({"IsTimestamp": True}, "2025-12-31T23:30:00", False),
        ({"IsTimestamp": True}, "2025-12-31t23:30:00z", False),
        ({"IsTimestamp": True}, "2025-02-30T00:00:00Z", False),
    ],
    ids=str,
)
def test_a_choice_compares_times(machines: StateMachines, comparison: dict[str, Any], given: Any, holds: bool) -> None:
    rule = {"Variable": "$.at", **comparison, "Next": "Yes"}
    states = {
        "Choose": {"Type": "Choice", "Choices": [rule], "Default": "No"},
        "Yes": {"Type": "Pass", "Result": True, "End": True},
        "No": {"Type": "Pass", "Result": False, "End": True},
    }
    assert machines.run({"StartAt": "Choose", "States": states}, {"at": given}).output is holds


@pytest.mark.parametrize("written", ["%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%S+00:00"])
def test_a_wait_ends_not_before_its_time(machines: StateMachines, written: str) -> None:
    until = datetime.now(UTC) + timedelta(seconds=2)
    wait = {"Type": "Wait", "TimestampPath": "$.until", "End": True}
    ended = machines.run({"StartAt": "Wait", "States": {"Wait": wait}}, {"until": until.strftime(written)})
    assert ended.status == "SUCCEEDED", ended.cause
    assert datetime.now(UTC) > until - timedelta(seconds=1)  # LocalStack waits whole seconds

"""Which events a pattern matches, where LocalStack's rule engine says something else or fails."""

import json
from typing import Any

import pytest
from local_cloud.testing import Cloud

EVENT = {"id": "1", "account": "0", "source": "shop", "time": "2026-01-01T00:00:00Z", "region": "r", "detail-type": "d"}
MATCHES: list[tuple[Any, Any, bool]] = [
    (1, 1, True),
    (1, True, False),
    (True, 1, False),
    (False, 0, False),
    (True, True, True),
    ({"anything-but": 1}, True, True),
    ({"anything-but": [0, 1]}, False, True),
    ({"anything-but": "a"}, "a", False),
    ({"numeric": ["=", 1]}, True, False),
    ({"prefix": {"equals-ignore-case": "a"}}, 5, False),
    ({"suffix": {"equals-ignore-case": "a"}}, None, False),
    ({"prefix": {"equals-ignore-case": "A"}}, "abc", True),
    ({"wildcard": "a*b"}, "ab", True),
    ({"wildcard": "a*a"}, "a", False),
    ({"wildcard": "*"}, "", True),
    ({"wildcard": "ab*ba"}, "aba", False),
    ({"wildcard": "*b*c"}, "abbcc", True),
    ({"wildcard": "x*b"}, "xab", True),
    ({"wildcard": "*a*a*a*a*b"}, "a" * 20_000, False),
    ({"wildcard": "a*b"}, "a\nb", True),
    ({"wildcard": "a*"}, "a", True),
    ({"wildcard": "a\\*b"}, "a*b", True),
    ({"wildcard": "a\\*b"}, "axb", False),
    ({"wildcard": "a"}, "a\n", False),
    ({"cidr": "10.0.0.5/24"}, "10.0.0.9", True),
    ({"cidr": "10.0.0.5/24"}, "10.0.1.9", False),
    ({"cidr": "0.0.0.0/0"}, 5, False),
    ({"cidr": "0.0.0.0/0"}, "no address", False),
]


@pytest.mark.parametrize(("match", "value", "expected"), MATCHES)
def test_a_value_is_matched_as_documented(cloud: Cloud, match: Any, value: Any, expected: bool) -> None:
    answer = cloud.client("events").test_event_pattern(
        EventPattern=json.dumps({"detail": {"key": [match]}}), Event=json.dumps({**EVENT, "detail": {"key": value}})
    )
    assert answer["Result"] is expected

"""A text that is no event pattern is refused wherever a pattern is given, and nothing is made of it."""

import json
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from local_cloud.testing import Cloud

if TYPE_CHECKING:
    from tests.events.conftest import Bus

HERE = "us-east-1:000000000000"

WRONG = [
    '{"detail": {"a": "b"}}',
    '{"detail": {"a": []}}',
    '{"detail": {}}',
    '{"detail": {"a": [["b"]]}}',
    '{"detail": {"a": [{"prefix": 5}]}}',
    '{"detail": {"a": [{"suffix": ["/test.json"]}]}}',
    '{"detail": {"a": [{"unheard-of": 1}]}}',
    '{"detail": {"a": [{"prefix": "a", "suffix": "b"}]}}',
    '{"detail": {"a": [{"exists": "yes"}]}}',
    '{"detail": {"a": [{"numeric": [">"]}]}}',
    '{"detail": {"a": [{"numeric": [">", 5, "<", 1]}]}}',
    '{"detail": {"a": [{"cidr": "10.0.0.0"}]}}',
    '{"detail": {"a": [{"wildcard": "a**b"}]}}',
    '{"$or": [{"a": [1]}]}',
    "[]",
    "{no",
]
EVENT = {"id": "1", "account": "0", "source": "shop", "time": "2026-01-01T00:00:00Z", "region": "r", "detail-type": "d"}


def code(refused: pytest.ExceptionInfo[ClientError]) -> str:
    found: str = refused.value.response["Error"]["Code"]
    return found


@pytest.mark.parametrize("pattern", WRONG)
def test_a_rule_with_a_pattern_that_is_none_is_not_made(cloud: Cloud, bus: "Bus", pattern: str) -> None:
    events = cloud.client("events")
    with pytest.raises(ClientError, match=r"Event pattern is not valid\. Reason: ") as refused:
        bus.put_rule("wrong", pattern)
    assert code(refused) == "InvalidEventPatternException"
    assert not events.list_rules(EventBusName=bus.name)["Rules"]
    with pytest.raises(ClientError) as refused:
        events.test_event_pattern(EventPattern=pattern, Event=json.dumps(EVENT))
    assert code(refused) == "InvalidEventPatternException"


def test_a_refused_change_leaves_the_rule_as_it_was(cloud: Cloud, bus: "Bus") -> None:
    url, arn = bus.queue()
    bus.put_rule("rule")
    bus.put_target("rule", arn)
    with pytest.raises(ClientError):
        bus.put_rule("rule", WRONG[0])
    bus.put_event({"n": 1})
    assert bus.next_message(url)["detail"] == {"n": 1}


def test_a_pattern_that_is_too_long_is_refused(bus: "Bus") -> None:
    with pytest.raises(ClientError, match="less than or equal to 4096") as refused:
        bus.put_rule("long", {"source": ["x" * 4096]})
    assert code(refused) == "ValidationException"


def test_an_archive_has_no_pattern_that_is_none(cloud: Cloud, bus: "Bus") -> None:
    events, source = cloud.client("events"), f"arn:aws:events:{HERE}:event-bus/{bus.name}"
    with pytest.raises(ClientError) as refused:
        events.create_archive(ArchiveName=bus.name, EventSourceArn=source, EventPattern=WRONG[0])
    assert code(refused) == "InvalidEventPatternException"
    events.create_archive(ArchiveName=bus.name, EventSourceArn=source, EventPattern='{"source": ["shop"]}')
    with pytest.raises(ClientError) as refused:
        events.update_archive(ArchiveName=bus.name, EventPattern=WRONG[0])
    assert code(refused) == "InvalidEventPatternException"
    assert events.describe_archive(ArchiveName=bus.name)["EventPattern"] == '{"source": ["shop"]}'
    events.delete_archive(ArchiveName=bus.name)


def test_an_event_source_mapping_has_no_filter_that_is_none(cloud: Cloud, bus: "Bus") -> None:
    function = cloud.create_function("def handler(event, context): pass")
    _, arn = bus.queue()
    wrong = {"Filters": [{"Pattern": '{"body": {}}'}]}
    with pytest.raises(ClientError, match="Invalid filter pattern definition"):
        cloud.client("lambda").create_event_source_mapping(
            FunctionName=function, EventSourceArn=arn, FilterCriteria=wrong
        )
    cloud.client("lambda").delete_function(FunctionName=function)

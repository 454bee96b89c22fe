"""Tables: made as their stores describe them, added to but never changed at the cost of their rows."""

from typing import Any

import pytest

from chalicelib.tables import Index, Key, TableShape
from deployer.planner import Verb, clearing, plan
from deployer.resources.resource import Found
from deployer.resources.table import EXPIRY, RECOVERY, STREAM, Table, TableAdapter, described
from tests.unit.deployer.samples import offline_aws, quiet, script

BY_STATE = Index("by-state", Key("shopState"), Key("placed"))
SHAPE = TableShape("cups_table", Key("shop"), Key("number", "N"), indexes=(BY_STATE,), expires="expiresAt", stream=True)
CUPS = Table("cups", SHAPE)
AS_WANTED = dict(CUPS.state())

ATTRIBUTES = [
    {"AttributeName": "shop", "AttributeType": "S"},
    {"AttributeName": "number", "AttributeType": "N"},
    {"AttributeName": "shopState", "AttributeType": "S"},
    {"AttributeName": "placed", "AttributeType": "S"},
]
KEYS = [{"AttributeName": "shop", "KeyType": "HASH"}, {"AttributeName": "number", "KeyType": "RANGE"}]
OURS = [{"Key": "deployer:owner", "Value": "serverlesspresso"}]
STREAM_SPECIFICATION = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
INDEX = {
    "IndexName": "by-state",
    "KeySchema": [
        {"AttributeName": "shopState", "KeyType": "HASH"},
        {"AttributeName": "placed", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "ALL"},
}


def description(status: str = "ACTIVE", index_status: str = "ACTIVE") -> Any:
    indexes = [{**INDEX, "IndexStatus": index_status}]
    table = {"TableStatus": status, "AttributeDefinitions": ATTRIBUTES, "KeySchema": KEYS}
    return {**table, "GlobalSecondaryIndexes": indexes, "StreamSpecification": STREAM_SPECIFICATION}


def verb(**changes: Any) -> Verb:
    (step,) = plan([Found(CUPS, {**AS_WANTED, **changes})])
    return step.verb


def test_what_the_store_describes_is_what_dynamodb_describes() -> None:
    assert {**described(description()), EXPIRY: "expiresAt", RECOVERY: "ENABLED"} == AS_WANTED


@pytest.mark.parametrize(("table", "index"), [("CREATING", "ACTIVE"), ("ACTIVE", "CREATING")])
def test_a_table_is_not_ready_before_its_index_is(table: str, index: str) -> None:
    assert described(description(table, index))["status"] == "CREATING"


@pytest.mark.parametrize(
    "changes",
    [
        {"keys": "shop (S)"},
        {"keys": "shop (S), number (S)"},
        {"index by-state": "shopState (S)"},
        {EXPIRY: "someOtherAttribute"},
        {STREAM: "KEYS_ONLY"},
        {"status": "DELETING"},
    ],
)
def test_what_dynamodb_cannot_change_is_refused_and_never_replaced(changes: dict[str, str]) -> None:
    assert verb(**changes) is Verb.REFUSE


@pytest.mark.parametrize(
    "changes",
    [{"index by-state": None}, {EXPIRY: None}, {STREAM: None}, {RECOVERY: "DISABLED"}, {"status": "CREATING"}],
)
def test_what_is_missing_is_added(changes: dict[str, Any]) -> None:
    assert verb(**changes) is Verb.UPDATE


def test_indexes_that_others_added_are_left_alone() -> None:
    assert verb(**{"index of-somebody": "x (S)"}) is Verb.LEAVE


def test_a_table_is_made_on_demand_with_all_it_needs() -> None:
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        request = {"TableName": "cups", "BillingMode": "PAY_PER_REQUEST", "KeySchema": KEYS}
        indexes = {"AttributeDefinitions": ATTRIBUTES, "GlobalSecondaryIndexes": [INDEX]}
        stream = {"StreamSpecification": STREAM_SPECIFICATION}
        dynamodb.add_response("create_table", {}, {**request, **indexes, **stream, "Tags": OURS})
        dynamodb.add_response("describe_table", {"Table": description("CREATING")})
        dynamodb.add_response("describe_table", {"Table": description()})
        dynamodb.add_response("update_time_to_live", {})
        dynamodb.add_response("update_continuous_backups", {})
        TableAdapter(aws, quiet).create(CUPS)
        dynamodb.assert_no_pending_responses()


def test_a_table_that_somebody_just_made_is_a_success() -> None:
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        dynamodb.add_client_error("create_table", "ResourceInUseException")
        dynamodb.add_response("describe_table", {"Table": description()})
        dynamodb.add_response("update_time_to_live", {})
        dynamodb.add_response("update_continuous_backups", {})
        TableAdapter(aws, quiet).create(CUPS)


def test_backups_that_are_not_ready_yet_are_asked_for_again() -> None:
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        dynamodb.add_response("describe_table", {"Table": description()})
        dynamodb.add_client_error("update_continuous_backups", "ContinuousBackupsUnavailableException")
        dynamodb.add_response("update_continuous_backups", {})
        TableAdapter(aws, quiet).update(CUPS, frozenset({RECOVERY}))
        dynamodb.assert_no_pending_responses()


def test_only_the_missing_index_is_added_and_waited_for() -> None:
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        dynamodb.add_response("describe_table", {"Table": description()})
        dynamodb.add_response(
            "update_table",
            {},
            {
                "TableName": "cups",
                "AttributeDefinitions": ATTRIBUTES,
                "GlobalSecondaryIndexUpdates": [{"Create": INDEX}],
            },
        )
        dynamodb.add_response("describe_table", {"Table": description(index_status="CREATING")})
        dynamodb.add_response("describe_table", {"Table": description()})
        TableAdapter(aws, quiet).update(CUPS, frozenset({"index by-state"}))
        dynamodb.assert_no_pending_responses()


def test_the_stream_of_a_table_that_has_none_is_switched_on_and_waited_for() -> None:
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        dynamodb.add_response("describe_table", {"Table": description()})
        request = {"TableName": "cups", "StreamSpecification": STREAM_SPECIFICATION}
        dynamodb.add_response("update_table", {}, request)
        dynamodb.add_response("describe_table", {"Table": description("UPDATING")})
        dynamodb.add_response("describe_table", {"Table": description()})
        TableAdapter(aws, quiet).update(CUPS, frozenset({STREAM}))
        dynamodb.assert_no_pending_responses()


def test_a_stream_that_nobody_asked_for_is_left_alone() -> None:
    without = Table("cups", TableShape("cups_table", Key("shop")))
    (step,) = plan([Found(without, {**without.state(), STREAM: "KEYS_ONLY"})])
    assert step.verb is Verb.LEAVE


def test_deleting_waits_until_the_table_is_gone() -> None:
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        dynamodb.add_response("delete_table", {})
        dynamodb.add_response("describe_table", {"Table": description("DELETING")})
        dynamodb.add_client_error("describe_table", "ResourceNotFoundException")
        TableAdapter(aws, quiet).delete(CUPS)
        dynamodb.assert_no_pending_responses()


def test_deleting_what_is_gone_is_a_success() -> None:
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        dynamodb.add_client_error("delete_table", "ResourceNotFoundException")
        dynamodb.add_client_error("describe_table", "ResourceNotFoundException")
        TableAdapter(aws, quiet).delete(CUPS)


def test_a_table_of_ours_that_nobody_describes_any_more_is_known_by_its_tag() -> None:
    """It is told only when all is removed: `up` throws nobody's rows away."""
    aws = offline_aws()
    with script(aws.dynamodb) as dynamodb:
        names = ["cups", "guests", "serverlesspresso-stamps", "serverlesspresso-of-somebody-else"]
        dynamodb.add_response("list_tables", {"TableNames": names})
        for tags in (OURS, []):
            dynamodb.add_response("describe_table", {"Table": {"TableArn": "arn:aws:dynamodb:table"}})
            dynamodb.add_response("list_tags_of_resource", {"Tags": tags})
        strays = TableAdapter(aws, quiet).strays([CUPS])
    assert [stray.name for stray in strays] == ["serverlesspresso-stamps"]
    assert clearing(strays) == []

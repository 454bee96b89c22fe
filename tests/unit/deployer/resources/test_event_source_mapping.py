"""The mapping from a table's stream to a function: of the stream that the table has now, and only of that."""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from deployer.aws import Aws
from deployer.planner import Step, Verb, plan
from deployer.problem import Problem
from deployer.resources.event_source_mapping import STATE, STREAMS, EventSourceMapping, EventSourceMappingAdapter
from deployer.resources.resource import Found
from tests.unit.deployer.samples import PLACE, offline_aws, quiet, script

FUNCTION, TABLE = PLACE.function_arn("f"), PLACE.table_arn("shops")
STREAM, OLD_STREAM = f"{TABLE}/stream/2", f"{TABLE}/stream/1"
SETTINGS = {"BatchSize": 7, "MaximumRetryAttempts": 5}
WANTED = EventSourceMapping("f", FUNCTION, TABLE, SETTINGS)
CREATION = {
    "FunctionName": FUNCTION,
    "EventSourceArn": STREAM,
    "StartingPosition": "TRIM_HORIZON",
    **SETTINGS,
}


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


def uuid_of(stream: str) -> str:
    return str(uuid5(NAMESPACE_URL, stream))


def mapping(stream: str = STREAM, **changes: Any) -> dict[str, Any]:
    found = {"UUID": uuid_of(stream), "EventSourceArn": stream, "FunctionArn": FUNCTION, "State": "Enabled", **SETTINGS}
    return {**found, **changes}


def add_mappings(lambda_: Any, *found: dict[str, Any]) -> None:
    """Have Lambda list these, among others', and describe each."""
    queue, function = PLACE.queue_arn("q"), PLACE.function_arn("g")
    others = [mapping(queue), mapping(FunctionArn=function), mapping(f"{TABLE}-2/stream/1")]
    lambda_.add_response("list_event_source_mappings", {"EventSourceMappings": [*others, *found]})
    for one in found:
        lambda_.add_response("get_event_source_mapping", one, {"UUID": one["UUID"]})


def add_list(lambda_: Any, *found: dict[str, Any]) -> None:
    lambda_.add_response("list_event_source_mappings", {"EventSourceMappings": list(found)})


def add_table(dynamodb: Any, stream: str | None = STREAM) -> None:
    dynamodb.add_response("describe_table", {"Table": {"LatestStreamArn": stream} if stream else {}})


def step(aws: Aws, found: Sequence[dict[str, Any]]) -> Step:
    with script(aws.lambda_) as lambda_, script(aws.dynamodb) as dynamodb:
        add_mappings(lambda_, *found)
        add_table(dynamodb)
        (planned,) = plan([Found(WANTED, EventSourceMappingAdapter(aws, quiet).read(WANTED))])
    return planned


@pytest.mark.parametrize(
    ("found", "verb", "differing"),
    [
        ([], Verb.CREATE, set()),
        ([mapping()], Verb.LEAVE, set()),
        ([mapping(State="Disabled")], Verb.UPDATE, {STATE}),
        ([mapping(BatchSize=100)], Verb.UPDATE, {"BatchSize"}),
        ([mapping(), mapping(OLD_STREAM)], Verb.UPDATE, {STREAMS}),
        ([mapping(OLD_STREAM)], Verb.UPDATE, {STREAMS, STATE, *SETTINGS}),
    ],
)
def test_only_one_mapping_of_the_tables_present_stream_is_as_it_must_be(
    aws: Aws, found: list[dict[str, Any]], verb: Verb, differing: set[str]
) -> None:
    planned = step(aws, found)
    assert planned.verb is verb
    assert planned.differing == differing


def test_nothing_that_changed_before_the_mapping_was_made_is_lost(aws: Aws) -> None:
    with script(aws.lambda_) as lambda_, script(aws.dynamodb) as dynamodb:
        add_table(dynamodb)
        lambda_.add_response("create_event_source_mapping", {}, CREATION)
        add_mappings(lambda_, mapping(State="Creating"))
        add_mappings(lambda_, mapping())
        EventSourceMappingAdapter(aws, quiet).create(WANTED)
        lambda_.assert_no_pending_responses()


def test_a_role_that_lambda_does_not_know_yet_is_waited_for(aws: Aws) -> None:
    with script(aws.lambda_) as lambda_, script(aws.dynamodb) as dynamodb:
        add_table(dynamodb)
        refusal = "Cannot access stream. Please ensure the role can perform the GetRecords Action"
        lambda_.add_client_error("create_event_source_mapping", "InvalidParameterValueException", refusal)
        add_table(dynamodb)
        lambda_.add_response("create_event_source_mapping", {}, CREATION)
        add_mappings(lambda_, mapping())
        EventSourceMappingAdapter(aws, quiet).create(WANTED)
        lambda_.assert_no_pending_responses()


def test_a_table_without_a_stream_is_told(aws: Aws) -> None:
    with script(aws.dynamodb) as dynamodb:
        add_table(dynamodb, stream=None)
        with pytest.raises(Problem, match="has no stream"):
            EventSourceMappingAdapter(aws, quiet).create(WANTED)


def test_a_mapping_is_changed_in_place_so_that_it_goes_on_where_it_was(aws: Aws) -> None:
    with script(aws.lambda_) as lambda_, script(aws.dynamodb) as dynamodb:
        add_mappings(lambda_, mapping(State="Updating"))
        add_mappings(lambda_, mapping(State="Disabled"))
        add_table(dynamodb)
        add_mappings(lambda_, mapping(State="Disabled"))
        add_mappings(lambda_, mapping(State="Disabled"))
        changed = {"UUID": uuid_of(STREAM), "Enabled": True, **SETTINGS}
        lambda_.add_response("update_event_source_mapping", {}, changed)
        add_mappings(lambda_, mapping(State="Enabling"))
        add_mappings(lambda_, mapping())
        EventSourceMappingAdapter(aws, quiet).update(WANTED, frozenset({STATE}))
        lambda_.assert_no_pending_responses()


def test_the_mapping_of_a_table_that_was_made_anew_is_replaced(aws: Aws) -> None:
    with script(aws.lambda_) as lambda_, script(aws.dynamodb) as dynamodb:
        add_mappings(lambda_, mapping(OLD_STREAM))
        add_table(dynamodb)
        add_mappings(lambda_, mapping(OLD_STREAM))
        lambda_.add_response("delete_event_source_mapping", {}, {"UUID": uuid_of(OLD_STREAM)})
        add_mappings(lambda_, mapping(OLD_STREAM, State="Deleting"))
        add_list(lambda_, mapping(OLD_STREAM))
        lambda_.add_client_error("get_event_source_mapping", "ResourceNotFoundException")
        add_table(dynamodb)
        lambda_.add_response("create_event_source_mapping", {}, CREATION)
        add_mappings(lambda_, mapping())
        EventSourceMappingAdapter(aws, quiet).update(WANTED, frozenset({STREAMS}))
        lambda_.assert_no_pending_responses()


def test_a_mapping_that_somebody_else_removed_is_a_success(aws: Aws) -> None:
    with script(aws.lambda_) as lambda_:
        add_mappings(lambda_, mapping())
        add_list(lambda_, mapping())
        lambda_.add_client_error("delete_event_source_mapping", "ResourceNotFoundException")
        add_list(lambda_)
        EventSourceMappingAdapter(aws, quiet).delete(WANTED)
        lambda_.assert_no_pending_responses()

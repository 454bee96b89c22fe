"""A placeholder's name says what it stands for; one that stands for nothing is told."""

import json

import pytest

from deployer import workflow
from deployer.problem import Problem
from tests.unit.deployer.samples import PLACE, small_project


def test_a_function_s_placeholder_becomes_its_arn() -> None:
    project = small_project(workflow='{"Resource": "${AskCustomerFunctionArn}"}')
    assert workflow.definition(project, PLACE) == {"Resource": PLACE.function_arn("bar-test-ask_customer")}


def test_a_tables_placeholder_becomes_its_name() -> None:
    project = small_project(workflow='{"TableName": "${OrdersTable}", "Other": "${ShopsTable}"}')
    assert workflow.definition(project, PLACE) == {"TableName": "the-orders", "Other": "the-shops"}


def test_paths_and_the_context_object_are_left_alone() -> None:
    project = small_project(workflow='{"a.$": "$.detail.orderId", "b.$": "$$.Task.Token", "c": "$"}')
    assert workflow.definition(project, PLACE) == {"a.$": "$.detail.orderId", "b.$": "$$.Task.Token", "c": "$"}


@pytest.mark.parametrize("name", ["Something", "", "orders_table", "AskCustomerFunction", "Orders.Table"])
def test_a_placeholder_that_stands_for_nothing_is_told(name: str) -> None:
    with pytest.raises(Problem, match="stands for nothing"):
        workflow.definition(small_project(workflow=f'["${{{name}}}"]'), PLACE)


def test_a_placeholder_for_a_function_that_is_not_there_is_told() -> None:
    with pytest.raises(Problem, match="has no function wash_up"):
        workflow.definition(small_project(workflow='["${WashUpFunctionArn}"]'), PLACE)


def test_a_placeholder_for_a_table_that_is_not_there_is_told() -> None:
    with pytest.raises(Problem, match="CUPS_TABLE is not among the environment variables"):
        workflow.definition(small_project(workflow='["${CupsTable}"]'), PLACE)


def test_a_definition_that_is_not_json_is_told_with_its_line() -> None:
    with pytest.raises(Problem, match=r"^workflow.asl.json:2: this is not JSON"):
        workflow.definition(small_project(workflow="{\n,}"), PLACE)


def test_a_definition_that_is_no_object_is_told() -> None:
    with pytest.raises(Problem, match=r"^workflow.asl.json:1: a state machine's definition is an object"):
        workflow.definition(small_project(workflow="[]"), PLACE)


def test_the_placeholders_that_there_are_are_told() -> None:
    with pytest.raises(Problem) as raised:
        workflow.definition(small_project(workflow='\n\n["${Something}"]'), PLACE)
    assert raised.value.what.startswith("workflow.asl.json:3: ${Something} stands for nothing")
    assert raised.value.suggestion == (
        "There are: ${AskCustomerFunctionArn}, ${OrdersTable}, ${ShopsTable}, ${TakeNumberFunctionArn}."
    )


UPDATE, GET = "arn:aws:states:::dynamodb:updateItem", "arn:aws:states:::dynamodb:getItem"


@pytest.mark.parametrize(
    ("resource", "table", "claims"),
    [
        (UPDATE, "${OrdersTable}", True),
        (UPDATE, "the-orders", True),
        (UPDATE, "${ShopsTable}", False),
        (GET, "${OrdersTable}", False),
    ],
)
def test_a_workflow_claims_orders_where_a_state_writes_to_their_table(resource: str, table: str, claims: bool) -> None:
    task = {"Type": "Task", "Resource": resource, "Parameters": {"TableName": table}, "Comment": "${OrdersTable}"}
    whole = {"States": {"Each": {"Type": "Map", "ItemProcessor": {"States": {"Claim": task}}}}}
    assert workflow.claims_orders(small_project(workflow=json.dumps(whole))) is claims


def test_the_workflows_functions_are_those_of_its_placeholders_once_each() -> None:
    text = '["${TakeNumberFunctionArn}", "${AskCustomerFunctionArn}", "${TakeNumberFunctionArn}", "${OrdersTable}"]'
    assert workflow.functions(small_project(workflow=text)) == ["bar-test-ask_customer", "bar-test-take_number"]

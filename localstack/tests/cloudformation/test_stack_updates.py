"""A stack's update changes what is there, in place; one that fails leaves it as it was; nothing outlives the stack."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from tests.cloudformation.conftest import Stack

# EventBridge refuses it when everything else has been done.
FAILS = {
    "Type": "AWS::Events::Rule",
    "DependsOn": ["Stage", "Queue"],
    "Properties": {"ScheduleExpression": "no schedule"},
}
MOCK = {
    "RestApiId": {"Ref": "Api"},
    "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]},
    "HttpMethod": "GET",
    "AuthorizationType": "NONE",
    "Integration": {"Type": "MOCK"},
}
QUEUE = {"Type": "AWS::SQS::Queue"}


def policy_id(stack: "Stack") -> str:
    answer = stack.cloud.client("iam").get_role_policy(RoleName=stack.name, PolicyName="says")
    (statement,) = answer["PolicyDocument"]["Statement"]
    found: str = statement["Sid"]
    return found


def test_an_update_keeps_the_api_and_changes_all_of_it(stack: "Stack") -> None:
    first = stack.api_resources("one", ["hello", "gone"], Variables={"a": "1", "b": "1"}, Description="first")
    assert stack.create(first) == "CREATE_COMPLETE"
    before = stack.physical_ids()
    assert stack.get(before["Api"], "hello").text == "one"

    second = stack.api_resources("two", ["hello", "new", "newer"], Variables={"a": "2", "c": "2"}, Description="second")
    assert stack.update(second) == "UPDATE_COMPLETE"

    after, api = stack.physical_ids(), stack.cloud.client("apigateway")
    assert {k: v for k, v in after.items() if "Deployment" not in k}.items() <= before.items()
    assert stack.get(after["Api"], "hello").text == stack.get(after["Api"], "new").text == "two"
    assert stack.get(after["Api"], "gone").status_code in (403, 404, 405)
    made = api.get_stage(restApiId=after["Api"], stageName="api")
    assert (made["variables"], made["description"]) == ({"a": "2", "c": "2"}, "second")
    assert [d["id"] for d in api.get_deployments(restApiId=after["Api"])["items"]] == [made["deploymentId"]]
    assert policy_id(stack) == "two"


def test_an_api_s_own_properties_are_updated(stack: "Stack") -> None:
    def resources(**properties: Any) -> dict[str, Any]:
        return {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": properties}}

    stack.create(resources(Name="one", Description="first", BinaryMediaTypes=["image/png", "*/*"]))
    changed = {"MinimumCompressionSize": 10, "BinaryMediaTypes": ["*/*", "text/plain"]}
    assert stack.update(resources(Name="two", Description="second", **changed)) == "UPDATE_COMPLETE"
    api = stack.cloud.client("apigateway").get_rest_api(restApiId=stack.physical_ids()["Api"])
    assert (api["name"], api["description"], api["minimumCompressionSize"]) == ("two", "second", 10)
    assert sorted(api["binaryMediaTypes"]) == ["*/*", "text/plain"]


def test_a_deployment_s_description_is_updated_in_place(stack: "Stack") -> None:
    def resources(description: str) -> dict[str, Any]:
        return {
            "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": stack.name}},
            "Method": {"Type": "AWS::ApiGateway::Method", "Properties": MOCK},
            "Deployment": {
                "Type": "AWS::ApiGateway::Deployment",
                "DependsOn": ["Method"],
                "Properties": {"RestApiId": {"Ref": "Api"}, "Description": description},
            },
        }

    assert stack.create(resources("one")) == "CREATE_COMPLETE"
    before = stack.physical_ids()
    assert stack.update(resources("two")) == "UPDATE_COMPLETE"
    assert stack.physical_ids() == before
    api = stack.cloud.client("apigateway")
    deployment = api.get_deployment(restApiId=before["Api"], deploymentId=before["Deployment"])
    assert deployment["description"] == "two"


def test_a_failed_update_leaves_what_was_and_the_next_one_works(stack: "Stack") -> None:
    stack.create(stack.api_resources("one", ["hello"], Description="first"))
    before = stack.physical_ids()
    wrong = stack.api_resources("two", ["hello", "new"], Description="second")
    assert stack.update({**wrong, "Queue": QUEUE, "Fails": FAILS}) == "UPDATE_ROLLBACK_COMPLETE"

    assert stack.physical_ids() == before
    assert stack.get(before["Api"], "hello").text == "one"
    assert stack.get(before["Api"], "new").status_code in (403, 404)
    api = stack.cloud.client("apigateway")
    assert api.get_stage(restApiId=before["Api"], stageName="api")["description"] == "first"
    assert policy_id(stack) == "one"
    queues = stack.cloud.client("sqs").list_queues(QueueNamePrefix=stack.name).get("QueueUrls", [])
    assert queues == []

    assert stack.update(stack.api_resources("three", ["hello", "new"])) == "UPDATE_COMPLETE"
    assert stack.physical_ids()["Api"] == before["Api"]
    assert stack.get(before["Api"], "new").text == "three"


@pytest.mark.parametrize("is_updated_in_vain", [False, True])
def test_nothing_outlives_the_stack(stack: "Stack", *, is_updated_in_vain: bool) -> None:
    stack.create(stack.api_resources("one", ["hello"]))
    if is_updated_in_vain:
        stack.update({**stack.api_resources("two", ["hello", "new"]), "Queue": QUEUE, "Fails": FAILS})
    assert stack.delete() == "DELETE_COMPLETE"
    assert_nothing_is_left(stack)


def assert_nothing_is_left(stack: "Stack") -> None:
    cloud = stack.cloud
    with pytest.raises(ClientError, match="not found"):
        cloud.client("lambda").get_function(FunctionName=stack.name)
    with pytest.raises(ClientError, match="cannot be found"):
        cloud.client("iam").get_role(RoleName=stack.name)
    assert stack.name not in [api["name"] for api in cloud.client("apigateway").get_rest_apis()["items"]]
    assert not cloud.client("sqs").list_queues(QueueNamePrefix=stack.name).get("QueueUrls")


def test_a_failed_creation_leaves_nothing(stack: "Stack") -> None:
    resources = {**stack.api_resources("one", ["hello"]), "Queue": QUEUE, "Fails": FAILS}
    assert stack.create(resources) == "ROLLBACK_COMPLETE"
    assert_nothing_is_left(stack)


def test_a_rule_of_another_bus_is_updated_in_place_and_goes_with_the_stack(stack: "Stack") -> None:
    def resources(source: str, *targets: str) -> dict[str, Any]:
        queue = {"Fn::GetAtt": ["Queue", "Arn"]}
        rule = {
            "EventBusName": {"Ref": "Bus"},
            "EventPattern": {"source": [source]},
            "Targets": [{"Id": target, "Arn": queue} for target in targets],
        }
        return {
            "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": stack.name}},
            "Queue": QUEUE,
            "Rule": {"Type": "AWS::Events::Rule", "Properties": rule},
        }

    events = stack.cloud.client("events")
    stack.create(resources("one", "a", "b"))
    assert stack.update(resources("two", "b", "c")) == "UPDATE_COMPLETE"
    (rule,) = events.list_rules(EventBusName=stack.name)["Rules"]
    assert json.loads(rule["EventPattern"]) == {"source": ["two"]}
    listed = events.list_targets_by_rule(Rule=rule["Name"], EventBusName=stack.name)["Targets"]
    assert sorted(target["Id"] for target in listed) == ["b", "c"]
    without = resources("two")
    del without["Rule"]
    assert stack.update(without) == "UPDATE_COMPLETE"
    assert events.list_rules(EventBusName=stack.name)["Rules"] == []


def test_another_create_only_value_replaces_the_resource(stack: "Stack") -> None:
    def resources(name: str) -> dict[str, Any]:
        properties = {"Name": f"{stack.name}-{name}", "ScheduleExpression": "rate(1 hour)"}
        return {"Rule": {"Type": "AWS::Events::Rule", "Properties": properties}}

    stack.create(resources("one"))
    assert stack.update(resources("two")) == "UPDATE_COMPLETE"
    rules = stack.cloud.client("events").list_rules(NamePrefix=stack.name)["Rules"]
    assert [rule["Name"] for rule in rules] == [f"{stack.name}-two"]

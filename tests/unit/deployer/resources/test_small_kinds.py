"""The kinds of resource that need few words: each made twice without harm, removed twice without harm."""

import json
from dataclasses import replace
from typing import Any

import pytest

from deployer.aws import Aws
from deployer.planner import Verb, plan
from deployer.problem import Problem
from deployer.resources.alarm import Alarm
from deployer.resources.alarm_topic import AlarmTopic, AlarmTopicAdapter
from deployer.resources.email_identity import MADE, EmailIdentity, EmailIdentityAdapter
from deployer.resources.event_bus import EventBus, EventBusAdapter
from deployer.resources.function_permission import FunctionPermission, FunctionPermissionAdapter
from deployer.resources.log_group import LogGroup, LogGroupAdapter
from deployer.resources.our_own import OWNER, US
from deployer.resources.resource import Found
from deployer.resources.role import POLICY, Role, RoleAdapter
from deployer.resources.rule import Rule, RuleAdapter
from deployer.resources.state_machine import CAUSE, StateMachine, StateMachineAdapter
from tests.unit.deployer.samples import PLACE, offline_aws, quiet, script

BUS = EventBus("bus")
GROUP = LogGroup("/aws/events/bar", 14)
ROLE = Role("role", {"trust": 1}, {"access": 1})
RULE = Rule("serverlesspresso-x", "bus", "says why", {"source": ["a"]}, "arn:aws:logs:::x", None)
RULE_ARN = PLACE.rule_arn("bus", RULE.name)
OURS = [{"Key": "cost-centre", "Value": "7"}, {"Key": OWNER, "Value": US}]
IDENTITY = EmailIdentity("bar@example.com", PLACE.bus_arn("bus"))
LATE = {"executionArn": "late", "stateMachineArn": "machine", "name": "late", "status": "RUNNING", "startDate": 0}
MACHINE = StateMachine("machine", PLACE.state_machine_arn("machine"), {"StartAt": "A"}, PLACE.role_arn("role"))
PERMISSION = FunctionPermission("f", "cognito-PreSignUp", "cognito-idp.amazonaws.com", "arn:pool")

TOPIC = AlarmTopic("alarms", PLACE.topic_arn("alarms"), "bar@example.com")
ALARM = Alarm("letters", "AWS/SQS", "Visible", "Maximum", {"QueueName": "letters"}, TOPIC.arn)


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


def test_a_bus_that_is_there_is_a_success(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_client_error("create_event_bus", "ResourceAlreadyExistsException")
        EventBusAdapter(aws, quiet).create(BUS)


def test_a_bus_with_somebody_elses_rules_is_not_removed(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_response("list_rules", {"Rules": [{"Name": "theirs"}]})
        with pytest.raises(Problem, match="rules that are not ours are on it: theirs"):
            EventBusAdapter(aws, quiet).delete(BUS)


def test_a_bus_that_is_gone_is_a_success(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_client_error("list_rules", "ResourceNotFoundException")
        EventBusAdapter(aws, quiet).delete(BUS)


def test_a_log_group_is_known_by_its_whole_name(aws: Aws) -> None:
    with script(aws.logs) as logs:
        logs.add_response("describe_log_groups", {"logGroups": [{"logGroupName": "/aws/events/bar-2"}]})
        assert LogGroupAdapter(aws, quiet).read(GROUP) is None


def test_a_log_group_that_keeps_everything_for_ever_differs(aws: Aws) -> None:
    with script(aws.logs) as logs:
        logs.add_response("describe_log_groups", {"logGroups": [{"logGroupName": GROUP.name}]})
        (step,) = plan([Found(GROUP, LogGroupAdapter(aws, quiet).read(GROUP))])
    assert step.reason == "retention in days: null -> 14"


def test_a_role_that_was_made_without_its_policy_is_finished(aws: Aws) -> None:
    role = {"Path": "/", "RoleName": "role", "RoleId": "A" * 16, "Arn": PLACE.role_arn("role"), "CreateDate": 0}
    with script(aws.iam) as iam:
        iam.add_response("get_role", {"Role": {**role, "AssumeRolePolicyDocument": json.dumps(ROLE.trust)}})
        iam.add_client_error("get_role_policy", "NoSuchEntity")
        (step,) = plan([Found(ROLE, {**(RoleAdapter(aws, quiet).read(ROLE) or {}), "trust": ROLE.trust})])
    assert (step.verb, step.differing) == (Verb.UPDATE, frozenset({"access"}))


def test_a_role_that_may_do_nothing_any_more_loses_its_policy(aws: Aws) -> None:
    idle = Role("role", ROLE.trust, None)
    with script(aws.iam) as iam:
        iam.add_response("delete_role_policy", {}, {"RoleName": "role", "PolicyName": POLICY})
        RoleAdapter(aws, quiet).update(idle, frozenset({"access"}))
        iam.assert_no_pending_responses()


def test_a_role_without_a_policy_that_needs_none_is_as_it_must_be() -> None:
    idle = Role("role", ROLE.trust, None)
    (step,) = plan([Found(idle, {"trust": ROLE.trust, "access": None})])
    assert step.verb is Verb.LEAVE


@pytest.mark.parametrize(
    "resource",
    [replace(RULE, described_in="my-bar/rules.json:7"), replace(MACHINE, described_in="my-bar/workflow.asl.json")],
)
def test_a_learners_file_is_named_beside_what_it_describes(resource: Rule | StateMachine) -> None:
    assert resource.title == f"{resource.kind} {resource.name} ({resource.described_in})"


@pytest.mark.parametrize(
    ("targets", "tags", "differing"),
    [({}, OURS, "targets"), ({"Targets": [RULE.target_entry()]}, OURS[:1], "owner")],
)
def test_a_rule_without_its_target_or_our_tag_is_finished(
    aws: Aws, targets: dict[str, Any], tags: list[dict[str, str]], differing: str
) -> None:
    with script(aws.events) as events:
        described = {"EventPattern": json.dumps(RULE.pattern), "State": "ENABLED", "Description": RULE.description}
        events.add_response("describe_rule", {"Arn": RULE_ARN, **described})
        events.add_response("list_targets_by_rule", targets)
        events.add_response("list_tags_for_resource", {"Tags": tags}, {"ResourceARN": RULE_ARN})
        (step,) = plan([Found(RULE, RuleAdapter(aws, quiet).read(RULE))])
    assert (step.verb, step.differing) == (Verb.UPDATE, frozenset({differing}))


def test_a_rule_that_was_there_before_is_tagged_too(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_response("put_rule", {"RuleArn": RULE_ARN})  # which leaves an existing rule's tags as they are
        events.add_response("tag_resource", {}, {"ResourceARN": RULE_ARN, "Tags": OURS[1:]})
        events.add_response("list_targets_by_rule", {})
        events.add_response("put_targets", {"FailedEntryCount": 0, "FailedEntries": []})
        RuleAdapter(aws, quiet).create(RULE)
        events.assert_no_pending_responses()


def test_a_rules_other_targets_are_taken_away(aws: Aws) -> None:
    other = {"Id": "other", "Arn": "arn:aws:sqs:::queue"}
    with script(aws.events) as events:
        events.add_response("put_rule", {"RuleArn": RULE_ARN})
        events.add_response("tag_resource", {})
        events.add_response("list_targets_by_rule", {"Targets": [other, RULE.target_entry()]})
        removed = {"Rule": RULE.name, "EventBusName": "bus", "Ids": ["other"]}
        events.add_response("remove_targets", {"FailedEntryCount": 0, "FailedEntries": []}, removed)
        events.add_response("put_targets", {"FailedEntryCount": 0, "FailedEntries": []})
        RuleAdapter(aws, quiet).create(RULE)
        events.assert_no_pending_responses()


def test_only_rules_with_our_tag_that_nobody_describes_are_strays(aws: Aws) -> None:
    tags = {"serverlesspresso-old": OURS, "serverlesspresso-theirs": OURS[:1], "serverlesspresso-bare": []}
    found = [{"Name": name, "Arn": PLACE.rule_arn("bus", name)} for name in (RULE.name, *tags)]
    with script(aws.events) as events:
        events.add_response("list_rules", {"Rules": found}, {"EventBusName": "bus", "NamePrefix": "serverlesspresso-"})
        for name, listed in tags.items():
            events.add_response(
                "list_tags_for_resource", {"Tags": listed}, {"ResourceARN": PLACE.rule_arn("bus", name)}
            )
        strays = EventBusAdapter(aws, quiet).strays([EventBus("bus", frozenset({RULE.name}))])
    assert [stray.title for stray in strays] == ["rule serverlesspresso-old"]


def test_a_bus_that_is_not_there_has_no_strays(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_client_error("list_rules", "ResourceNotFoundException")
        assert EventBusAdapter(aws, quiet).strays([BUS]) == []


@pytest.mark.parametrize(("attribute", "actual"), [("type", "EXPRESS"), ("status", "DELETING")])
def test_a_state_machine_that_cannot_become_ours_is_refused(attribute: str, actual: str) -> None:
    (step,) = plan([Found(MACHINE, {**MACHINE.state(), attribute: actual})])
    assert step.verb is Verb.REFUSE


def test_a_state_machine_is_gone_when_aws_has_ended_its_executions(aws: Aws) -> None:
    described: dict[str, Any] = {
        "stateMachineArn": MACHINE.arn,
        "name": "machine",
        "type": "STANDARD",
        "status": "DELETING",
        "definition": "{}",
        "roleArn": MACHINE.role,
        "creationDate": 0,
    }
    with script(aws.stepfunctions) as stepfunctions:
        stepfunctions.add_response("list_executions", {"executions": []})
        stepfunctions.add_response("delete_state_machine", {})
        stepfunctions.add_response("describe_state_machine", described)
        stepfunctions.add_response("list_executions", {"executions": [LATE]})
        stepfunctions.add_response("stop_execution", {"stopDate": 0}, {"executionArn": "late", "cause": CAUSE})
        stepfunctions.add_client_error("describe_state_machine", "StateMachineDoesNotExist")
        StateMachineAdapter(aws, quiet).delete(MACHINE)
        stepfunctions.assert_no_pending_responses()


def statement(sid: str, source: str) -> dict[str, Any]:
    service = {"Principal": {"Service": "cognito-idp.amazonaws.com"}}
    return {"Sid": sid, "Effect": "Allow", **service, "Condition": {"ArnLike": {"AWS:SourceArn": source}}}


@pytest.mark.parametrize(
    ("statements", "verb"),
    [
        ([statement("cognito-PreSignUp", "arn:pool")], Verb.LEAVE),
        ([statement("of-chalice", "arn:api"), statement("cognito-PreSignUp", "arn:pool")], Verb.LEAVE),
        ([statement("cognito-PreSignUp", "arn:another pool")], Verb.REPLACE),
        ([statement("of-chalice", "arn:api")], Verb.CREATE),
    ],
)
def test_a_permission_is_known_by_its_statement_and_replaced_for_another_source(
    aws: Aws, statements: list[dict[str, Any]], verb: Verb
) -> None:
    with script(aws.lambda_) as lambda_:
        lambda_.add_response("get_policy", {"Policy": json.dumps({"Statement": statements})})
        (step,) = plan([Found(PERMISSION, FunctionPermissionAdapter(aws, quiet).read(PERMISSION))])
    assert step.verb is verb


def test_a_function_without_a_policy_lets_nobody_in(aws: Aws) -> None:
    with script(aws.lambda_) as lambda_:
        lambda_.add_client_error("get_policy", "ResourceNotFoundException")
        assert FunctionPermissionAdapter(aws, quiet).read(PERMISSION) is None


@pytest.mark.parametrize(("status", "remarked"), [("Success", False), ("Pending", True)])
def test_an_address_whose_owner_has_not_agreed_is_remarked_on(aws: Aws, status: str, remarked: bool) -> None:
    know_the_address(aws, status)
    (step,) = plan([Found(IDENTITY, EmailIdentityAdapter(aws, quiet).read(IDENTITY))])
    assert (step.verb, bool(step.reason)) == (Verb.LEAVE, remarked)


def know_the_address(aws: Aws, status: str) -> None:
    """Let SES know our address, and another one."""
    ses = script(aws.ses)
    ses.add_response("list_identities", {"Identities": ["other@example.com", IDENTITY.name]})
    attributes = {IDENTITY.name: {"VerificationStatus": status}}
    ses.add_response("get_identity_verification_attributes", {"VerificationAttributes": attributes})


@pytest.mark.parametrize(
    ("made", "remains"), [(IDENTITY.name, ["exists"]), ("the-sender-before@example.com", []), (None, [])]
)
def test_only_an_address_that_we_made_known_is_ours_to_remove(aws: Aws, made: str | None, remains: list[str]) -> None:
    know_the_address(aws, "Success")
    with script(aws.events) as events:
        tags = [{"Key": MADE, "Value": made}] if made else []
        events.add_response("list_tags_for_resource", {"Tags": tags}, {"ResourceARN": IDENTITY.marked_on})
        assert EmailIdentityAdapter(aws, quiet).remains(IDENTITY) == remains


def test_an_address_is_not_ours_to_remove_when_the_bus_that_would_say_so_is_gone(aws: Aws) -> None:
    know_the_address(aws, "Success")
    with script(aws.events) as events:
        events.add_client_error("list_tags_for_resource", "ResourceNotFoundException")
        assert EmailIdentityAdapter(aws, quiet).remains(IDENTITY) == []


def test_an_address_is_marked_as_ours_before_it_is_made_known(aws: Aws) -> None:
    with script(aws.events) as events:
        events.add_client_error("tag_resource", "InternalException")
        with pytest.raises(aws.events.exceptions.InternalException):  # and SES, which has no script, was not asked
            EmailIdentityAdapter(aws, quiet).create(IDENTITY)


@pytest.mark.parametrize(("subscription", "remarked"), [("PendingConfirmation", True), ("arn:of-it", False)])
def test_whoever_has_not_agreed_to_be_told_of_alarms_is_remarked_on(
    aws: Aws, subscription: str, *, remarked: bool
) -> None:
    with script(aws.sns) as sns:
        told = {"Endpoint": TOPIC.address, "SubscriptionArn": subscription}
        sns.add_response("list_subscriptions_by_topic", {"Subscriptions": [told]}, {"TopicArn": TOPIC.arn})
        (step,) = plan([Found(TOPIC, AlarmTopicAdapter(aws, quiet).read(TOPIC))])
    assert (step.verb, bool(step.reason)) == (Verb.LEAVE, remarked)


def test_a_topic_that_tells_somebody_else_is_made_anew(aws: Aws) -> None:
    with script(aws.sns) as sns:
        other = {"Endpoint": "before@example.com", "SubscriptionArn": "PendingConfirmation"}
        sns.add_response("list_subscriptions_by_topic", {"Subscriptions": [other]})
        (step,) = plan([Found(TOPIC, AlarmTopicAdapter(aws, quiet).read(TOPIC))])
        sns.add_response("delete_topic", {}, {"TopicArn": TOPIC.arn})
        sns.add_response("create_topic", {"TopicArn": TOPIC.arn}, {"Name": "alarms"})
        asked = {"TopicArn": TOPIC.arn, "Protocol": "email", "Endpoint": TOPIC.address}
        sns.add_response("subscribe", {"SubscriptionArn": "pending confirmation"}, asked)
        AlarmTopicAdapter(aws, quiet).update(TOPIC, step.differing)
        sns.assert_no_pending_responses()
    assert step.differing == {"told"}


def test_an_alarm_that_tells_somebody_else_is_put_again() -> None:
    (step,) = plan([Found(ALARM, {**ALARM.state(), "AlarmActions": [], "StateValue": "OK"})])
    assert step.differing == {"AlarmActions"}

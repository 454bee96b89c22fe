"""`up` makes everything as it must be, whatever it finds, and says what it did."""

import json
from pathlib import Path
from typing import Any

import boto3
import httpx

from deployer.resources.our_own import OWNER, US
from simulator.probe.eventually import eventually
from tests.integration.deployer.checkout import Checkout, kill
from tests.integration.deployer.inventory import deployed_by_us, inventory

BUS = "Serverlesspresso"
FUNCTION = "serverlesspresso-local-take_number"
API_FUNCTION = "serverlesspresso-local"


def test_a_second_up_finds_nothing_to_do(deployed: Checkout) -> None:
    modified = deployed.client("lambda").get_function(FunctionName=API_FUNCTION)["Configuration"]["LastModified"]
    done = deployed.deployer("up")
    assert "Nothing to do" in done.stdout
    again = deployed.client("lambda").get_function(FunctionName=API_FUNCTION)["Configuration"]["LastModified"]
    assert again == modified


def test_the_outputs_lead_to_what_is_deployed(deployed: Checkout) -> None:
    found = deployed.outputs()
    machine = deployed.client("stepfunctions").describe_state_machine(stateMachineArn=found["orderProcessorArn"])
    app = deployed.client("cognito-idp").describe_user_pool_client(
        UserPoolId=found["userPoolId"], ClientId=found["userPoolClientId"]
    )
    assert machine["name"] == "OrderProcessorWorkflow"
    assert app["UserPoolClient"]["ClientName"] == "serverlesspresso-app"
    assert (found["endpointUrl"], found["region"], found["eventBusName"]) == (deployed.endpoint, "us-east-1", BUS)
    assert (
        httpx.get(f"{found['apiUrl']}/config?eventId=nowhere", trust_env=False, timeout=35).json()["Code"] == "NotFound"
    )


def test_outputs_can_be_written_elsewhere_and_leave_the_usual_file_alone(deployed: Checkout) -> None:
    usual = deployed.root / ".local" / "outputs.json"
    usual.write_text("{}")
    deployed.deployer("up", "--outputs", str(deployed.root / "elsewhere.json"))
    assert usual.read_text() == "{}"
    assert json.loads((deployed.root / "elsewhere.json").read_text())["apiUrl"]


def test_errors_of_the_gateway_look_like_those_of_the_bar(deployed: Checkout) -> None:
    for path, status, code in (("admin-config", 401, "Unauthorized"), ("nope", 404, "NotFound")):
        answer = httpx.get(f"{deployed.outputs()['apiUrl']}/{path}", trust_env=False, timeout=35)
        assert answer.status_code == status
        assert answer.json().keys() == {"Code", "Message"}
        assert answer.json()["Code"] == code
        assert answer.headers["access-control-allow-origin"] == "*"


BUCKET = "serverlesspresso-journeys-000000000000-us-east-1"
MENDED = [
    "+ asynchronous calls of serverlesspresso-local-learn_insights",
    "+ log group /aws/events/serverlesspresso",
    "+ permission to invoke serverlesspresso-local-pre_sign_up",
    "+ triggers of user pool serverlesspresso",
    "+ user pool group admin",
    "- rule serverlesspresso-forgotten",
    "~ application serverlesspresso",
    f"~ bucket {BUCKET}",
    "~ delivery by rule serverlesspresso-local-sweep-event",
    "~ event source mapping of serverlesspresso-local-config_changed",
    "~ gateway responses of API serverlesspresso",
    "~ queue serverlesspresso-dead-letters",
    "~ role serverlesspresso-rules",
    "~ rule serverlesspresso-new-order",
    "~ state machine OrderProcessorWorkflow",
    "~ table serverlesspresso-shops",
    "~ table serverlesspresso-sign-ins",
    "~ user pool serverlesspresso",
    "~ user pool client serverlesspresso-app",
]


def damage(bar: Checkout) -> None:
    """Change by hand one thing of each kind that somebody else could change."""
    _damage_functions(bar.client("lambda"))
    _damage_rules(bar.client("events"))
    _damage_storage(bar.client("s3"), bar.client("sqs"), bar.client("dynamodb"))
    _damage_user_pool(bar.client("cognito-idp"), bar.outputs())
    bar.client("logs").delete_log_group(logGroupName="/aws/events/serverlesspresso")
    bar.client("iam").delete_role_policy(RoleName="serverlesspresso-rules", PolicyName="access")
    bar.client("apigateway").delete_gateway_response(restApiId=bar.api_id(), responseType="UNAUTHORIZED")
    bar.client("dynamodb").update_time_to_live(
        TableName="serverlesspresso-sign-ins",
        TimeToLiveSpecification={"Enabled": False, "AttributeName": "expiresAt"},
    )
    bar.client("stepfunctions").update_state_machine(
        stateMachineArn=bar.outputs()["orderProcessorArn"],
        definition='{"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}',
    )


def _damage_functions(lambda_: Any) -> None:
    pre_sign_up = "serverlesspresso-local-pre_sign_up"
    lambda_.delete_function(FunctionName=FUNCTION)
    lambda_.remove_permission(FunctionName=pre_sign_up, StatementId="cognito-PreSignUp")
    lambda_.delete_function_event_invoke_config(FunctionName="serverlesspresso-local-learn_insights")
    (mapping,) = lambda_.list_event_source_mappings()["EventSourceMappings"]
    lambda_.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False, BatchSize=1)


def _damage_rules(events: Any) -> None:
    events.remove_targets(Rule="serverlesspresso-new-order", EventBusName=BUS, Ids=["target"])
    put_forgotten_rule(events)
    (target,) = events.list_targets_by_rule(Rule="serverlesspresso-local-sweep-event")["Targets"]
    as_chalice_puts_it = {"Id": target["Id"], "Arn": target["Arn"]}
    events.put_targets(Rule="serverlesspresso-local-sweep-event", Targets=[as_chalice_puts_it])


def put_forgotten_rule(events: Any) -> None:
    """A rule as an older version of the bar had it."""
    ours = [{"Key": OWNER, "Value": US}]
    events.put_rule(Name="serverlesspresso-forgotten", EventBusName=BUS, EventPattern='{"source": ["x"]}', Tags=ours)


def _damage_storage(s3: Any, sqs: Any, dynamodb: Any) -> None:
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.delete_bucket_lifecycle(Bucket=BUCKET)
    url = sqs.get_queue_url(QueueName="serverlesspresso-dead-letters")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"MessageRetentionPeriod": "60", "Policy": ""})
    dynamodb.update_table(TableName="serverlesspresso-shops", StreamSpecification={"StreamEnabled": False})


def _damage_user_pool(cognito: Any, found: dict[str, str]) -> None:
    pool, app = {"UserPoolId": found["userPoolId"]}, {"ClientId": found["userPoolClientId"]}
    cognito.update_user_pool_client(**pool, **app, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    cognito.update_user_pool(**pool, LambdaConfig={}, DeletionProtection="ACTIVE")
    cognito.delete_group(**pool, GroupName="admin")


def test_whatever_was_changed_by_hand_is_noticed_and_mended(deployed: Checkout) -> None:
    damage(deployed)
    assert deployed.to_change() == sorted(MENDED)
    done = deployed.deployer("up")
    assert done.returncode == 0, done.stdout + done.stderr
    assert deployed.to_change() == []


def test_somebody_elses_rule_on_our_bus_is_left_alone_whatever_its_name(deployed: Checkout) -> None:
    events, theirs = deployed.client("events"), {"Name": "serverlesspresso-theirs", "EventBusName": BUS}
    events.put_rule(**theirs, EventPattern='{"source": ["theirs"]}')
    try:
        assert deployed.to_change() == []
        deployed.deployer("up")
        assert events.describe_rule(**theirs)["State"] == "ENABLED"
    finally:
        events.delete_rule(**theirs)


def test_changed_code_is_deployed_without_a_package_index(deployed: Checkout) -> None:
    before = deployed.client("lambda").get_function(FunctionName=FUNCTION)["Configuration"]["CodeSha256"]
    with (deployed.root / "app.py").open("a") as app:
        app.write("# changed\n")
    done = deployed.deployer("up", PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_FIND_LINKS="/nowhere")
    assert done.returncode == 0, done.stdout + done.stderr
    after = deployed.client("lambda").get_function(FunctionName=FUNCTION)["Configuration"]["CodeSha256"]
    assert after != before


def test_a_deploy_by_chalice_itself_from_another_checkout_is_noticed_and_made_whole(deployed: Checkout) -> None:
    before = deployed_by_us(deployed)
    by_hand = deployed.chalice("deploy", "--stage", "local")
    assert by_hand.returncode == 0, by_hand.stdout + by_hand.stderr
    to_change = deployed.to_change()
    assert "~ application serverlesspresso" in to_change
    assert "~ delivery by rule serverlesspresso-local-sweep-event" in to_change  # Chalice put its target anew
    record_something_else(deployed.root / ".chalice" / "deployed" / "local.json")
    deployed.client("lambda").delete_function(FunctionName=FUNCTION)
    done = deployed.deployer("up")
    assert done.returncode == 0, done.stdout + done.stderr
    assert deployed.to_change() == []
    assert deployed_by_us(deployed) == before  # no second API


def record_something_else(path: Path) -> None:
    """Leave Chalice a record as one of another place would be."""
    record = json.loads(path.read_text())
    gone = {"name": "gone", "resource_type": "lambda_function", "lambda_arn": "arn:aws:lambda:x:1:function:gone"}
    wrong = [{**one, "rest_api_id": "of-another-place"} for one in record["resources"]]
    path.write_text(json.dumps({**record, "resources": [*wrong, gone]}))


def test_two_at_the_same_time_both_end_well(deployed: Checkout) -> None:
    put_forgotten_rule(deployed.client("events"))
    processes = [deployed.begin("up") for _ in range(2)]
    printed = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], printed
    assert deployed.to_change() == []


def test_two_pools_of_our_name_are_told_and_neither_is_touched(deployed: Checkout) -> None:
    cognito = deployed.client("cognito-idp")
    second = cognito.create_user_pool(PoolName="serverlesspresso")["UserPool"]["Id"]
    try:
        done = deployed.deployer("up")
        assert done.returncode == 1
        assert "2 user pools named serverlesspresso" in done.stderr
        assert second in done.stderr
        assert deployed.outputs()["userPoolId"] in done.stderr
    finally:
        cognito.delete_user_pool(UserPoolId=second)


def test_a_table_that_was_made_anew_is_heard_again(deployed: Checkout) -> None:
    shops = "serverlesspresso-shops"
    deployed.client("dynamodb").delete_table(TableName=shops)
    done = deployed.deployer("up")
    assert done.returncode == 0, done.stdout + done.stderr
    listed = deployed.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    (mapping,) = (one for one in listed if one["State"] != "Deleting")  # Lambda lists what goes until it is gone
    table = deployed.client("dynamodb").describe_table(TableName=shops)["Table"]
    assert mapping["EventSourceArn"] == table["LatestStreamArn"]
    assert deployed.to_change() == []


def test_plan_tells_all_and_changes_nothing(empty: Checkout) -> None:
    before = inventory(empty)
    assert "+ application serverlesspresso" in empty.to_change()
    assert inventory(empty) == before


def test_a_table_with_other_keys_stops_everything_and_is_left_alone(empty: Checkout) -> None:
    dynamodb = empty.client("dynamodb")
    name = "serverlesspresso-orders"
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "theirs", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "theirs", "KeyType": "HASH"}],
    )
    try:
        before = inventory(empty)
        done = empty.deployer("up")
        assert done.returncode == 1
        assert "keys: theirs (S) -> orderId (S)" in done.stderr
        assert "cannot change a table's keys" in done.stderr
        assert inventory(empty) == before
    finally:
        dynamodb.delete_table(TableName=name)


def test_a_bucket_of_somebody_elses_stops_everything_and_is_left_alone(empty: Checkout) -> None:
    theirs = boto3.Session("111111111111", "test", region_name="us-east-1").client("s3", endpoint_url=empty.endpoint)
    theirs.create_bucket(Bucket=BUCKET)
    try:
        before = inventory(empty)
        up, down = empty.deployer("up"), empty.deployer("down", "--yes")
        assert up.returncode == 1
        assert "owner: somebody else -> this account" in up.stderr
        assert "choose another" in up.stderr
        assert down.returncode == 0, down.stdout + down.stderr
        assert inventory(empty) == before
    finally:
        theirs.delete_bucket(Bucket=BUCKET)


def test_an_up_that_was_killed_is_finished_by_the_next(empty: Checkout) -> None:
    process = empty.begin("up")
    try:
        eventually(lambda: _some_function(empty))
    finally:
        kill(process)
    done = empty.deployer("up")
    assert done.returncode == 0, done.stdout + done.stderr
    assert empty.to_change() == []


def _some_function(of: Checkout) -> None:
    assert of.client("lambda").list_functions()["Functions"]

"""`down` leaves nothing of ours, and nothing else is harmed."""

import io
import shutil
import zipfile
from typing import Any

import httpx

from tests.integration.deployer.checkout import Checkout
from tests.integration.deployer.inventory import deployed_by_us, inventory
from workshop.learners_folder import LearnersFolder
from workshop.solutions import solution

BUS = "Serverlesspresso"
BUCKET = "serverlesspresso-journeys-000000000000-us-east-1"
SENDER = "bar@serverlesspresso.example"
PATTERN = '{"source": ["theirs"]}'


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("app.py", "def handler(event, context): ...\n")
    return content.getvalue()


def plant_what_is_not_ours(at: Checkout) -> None:
    """Somebody else's resources, named so that a careless search would take them for ours."""
    role = at.client("iam").create_role(RoleName="serverlesspresso-local-ci", AssumeRolePolicyDocument="{}")
    arn = role["Role"]["Arn"]
    at.client("lambda").create_function(
        FunctionName="serverlesspresso-local-theirs",
        Runtime="python3.13",
        Role=arn,
        Handler="app.handler",
        Code={"ZipFile": zipped()},
    )
    at.client("dynamodb").create_table(
        TableName="serverlesspresso-orders-backup",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    events: Any = at.client("events")
    events.create_event_bus(Name="Serverlesspresso2")
    events.put_rule(Name="serverlesspresso-theirs", EventBusName="Serverlesspresso2", EventPattern=PATTERN)
    events.put_rule(Name="serverlesspresso-local-theirs-event", EventPattern=PATTERN)
    at.client("cognito-idp").create_user_pool(PoolName="serverlesspresso-theirs")
    for function in ("serverlesspresso-locality", "serverlesspresso-local-theirs"):
        at.client("logs").create_log_group(logGroupName=f"/aws/lambda/{function}")
    at.client("apigateway").create_rest_api(name="serverlesspresso")
    at.client("ses").verify_email_identity(EmailAddress="them@example.com")
    at.client("s3").create_bucket(Bucket=f"{BUCKET}-theirs")
    at.client("sqs").create_queue(QueueName="serverlesspresso-dead-letters-theirs")
    at.client("stepfunctions").create_state_machine(
        name="OrderProcessorWorkflow2",
        definition='{"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}',
        roleArn=arn,
    )


def test_down_asks_first(deployed: Checkout) -> None:
    before = deployed_by_us(deployed)
    done = deployed.deployer("down")  # nobody answers
    assert done.returncode == 1
    assert deployed_by_us(deployed) == before
    assert deployed.to_change() == []


def test_somebody_elses_rule_on_our_bus_keeps_the_bus_and_is_told(deployed: Checkout) -> None:
    events = deployed.client("events")
    theirs = "serverlesspresso-theirs"
    events.put_rule(Name=theirs, EventBusName=BUS, EventPattern=PATTERN)
    try:
        done = deployed.deployer("down", "--yes")
        assert done.returncode == 1
        assert f"rules that are not ours are on it: {theirs}" in done.stderr
        left = inventory(deployed)
        assert {f"bus {BUS}", f"rule {BUS}/{theirs} -> []"} <= left
        assert "table serverlesspresso-orders" not in left  # which is removed after the bus
    finally:
        events.delete_rule(Name=theirs, EventBusName=BUS)
    assert deployed.deployer("down", "--yes").returncode == 0
    assert f"bus {BUS}" not in inventory(deployed)


def test_down_leaves_nothing_touches_nothing_else_and_can_be_repeated(empty: Checkout) -> None:
    plant_what_is_not_ours(empty)
    before = inventory(empty)
    LearnersFolder(empty.root / "my-bar").put(dict(solution("3-4")))  # an extension, with a table of its own
    up = empty.deployer("up", "--seed", "--with", "my-bar")
    assert up.returncode == 0, up.stdout + up.stderr
    shutil.rmtree(empty.root / "my-bar")
    s3 = empty.client("s3")
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for _ in range(2):
        s3.put_object(Bucket=BUCKET, Key="journeys/1.html", Body=b"page")
    s3.delete_object(Bucket=BUCKET, Key="journeys/1.html")  # leaves two versions and a marker
    httpx.get(
        f"{empty.outputs()['apiUrl']}/config?eventId=ABC", trust_env=False, timeout=35
    )  # whose function makes a log group
    down = empty.deployer("down", "--yes")
    assert down.returncode == 0, down.stdout + down.stderr
    assert inventory(empty) == before
    assert not (empty.root / ".local" / "outputs.json").exists()
    again = empty.deployer("down", "--yes")
    assert (again.returncode, inventory(empty)) == (0, before)


def test_a_sender_that_ses_knew_before_us_is_known_to_it_afterwards(empty: Checkout) -> None:
    ses = empty.client("ses")
    ses.verify_email_identity(EmailAddress=SENDER)
    try:
        assert empty.deployer("up").returncode == 0
        assert empty.deployer("down", "--yes").returncode == 0
        assert SENDER in ses.list_identities()["Identities"]
    finally:
        ses.delete_identity(Identity=SENDER)


def test_what_was_half_removed_is_removed_by_the_next_down(deployed: Checkout) -> None:
    deployed.client("lambda").delete_function(FunctionName="serverlesspresso-local-take_number")
    deployed.client("apigateway").delete_rest_api(restApiId=deployed.api_id())
    (deployed.root / ".chalice" / "deployed" / "local.json").unlink()
    done = deployed.deployer("down", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [line for line in inventory(deployed) if "serverlesspresso-local-take_number" in line]
    assert "Nothing is left" in deployed.deployer("down", "--yes").stdout

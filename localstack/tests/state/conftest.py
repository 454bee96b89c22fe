"""A cloud that was ended, in one way or another, and started again to go on from what it held."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import psutil
import pytest
from local_cloud.home import Home
from local_cloud.installation import function_runtime
from local_cloud.owned_clouds import owned_port
from local_cloud.process_tree import lives
from local_cloud.testing import Cloud, Launcher
from tenacity import retry, stop_after_delay, wait_fixed

ROLE = "arn:aws:iam::000000000000:role/any"
NAME = "kept"
PASSWORD = "Corr3ct-horse"
HAND_ON = """
import json, os, boto3
def handler(event, context):
    for record in event.get("Records", []):
        body = record["dynamodb"]["NewImage"]["id"]["S"]
        boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE"], MessageBody=body)
    return {"statusCode": 200, "body": "it is served"}
"""
WAITS_FOR_ANSWER = {
    "Type": "Task",
    "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "Parameters": {"QueueUrl.$": "$.queue", "MessageBody.$": "$$.Task.Token"},
    "End": True,
}
DEFINITION = {
    "StartAt": "Asks",
    "States": {
        "Asks": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.queue", "IsPresent": True, "Next": "Wait"}],
            "Default": "Pass",
        },
        "Wait": WAITS_FOR_ANSWER,
        "Pass": {"Type": "Pass", "End": True},
    },
}


@dataclass
class Held:
    """What a cloud was given; `names` has what it called things, by what they are."""

    cloud: Cloud
    names: dict[str, str] = field(default_factory=dict)

    def queue(self, name: str) -> str:
        """Make a queue, or find it; return its URL."""
        url: str = self.cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"]
        return url

    @retry(wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True)
    def next_message(self, queue: str) -> str:
        """Wait for a queue's next message, and take it away."""
        sqs, url = self.cloud.client("sqs"), self.queue(queue)
        (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"]
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        body: str = message["Body"]
        return body


def _fill_stores(held: Held) -> None:
    cloud = held.cloud
    held.cloud.client("sqs").send_message(QueueUrl=held.queue("left"), MessageBody="still to be read")
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket=NAME)
    for content in (b"first", b"x" * 600_000):
        s3.put_object(Bucket=NAME, Key="folder/object", Body=content)
    s3.put_object(Bucket=NAME, Key="removed", Body=b"removed")
    s3.delete_object(Bucket=NAME, Key="removed")
    table = {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    }
    made = cloud.client("dynamodb").create_table(TableName=NAME, BillingMode="PAY_PER_REQUEST", **table)
    held.names["stream"] = made["TableDescription"]["LatestStreamArn"]
    cloud.client("ses").verify_email_identity(EmailAddress="shop@example.com")
    held.names["letter"] = cloud.client("ses").send_email(
        Source="shop@example.com",
        Destination={"ToAddresses": ["guest@example.com"]},
        Message={"Subject": {"Data": "A code"}, "Body": {"Text": {"Data": "123456"}}},
    )["MessageId"]


def _fill_functions(held: Held) -> None:
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("app.py", HAND_ON)
    functions = held.cloud.client("lambda")
    held.names["function"] = functions.create_function(
        FunctionName=NAME,
        Runtime=function_runtime(),
        Handler="app.handler",
        Role=ROLE,
        Code={"ZipFile": code.getvalue()},
        Environment={"Variables": {"QUEUE": held.queue("streamed")}},
    )["FunctionArn"]
    functions.create_event_source_mapping(
        FunctionName=NAME, EventSourceArn=held.names["stream"], StartingPosition="TRIM_HORIZON"
    )
    held.cloud.client("dynamodb").put_item(TableName=NAME, Item={"id": {"S": "before"}})
    assert held.next_message("streamed") == "before"


def _fill_api(held: Held) -> None:
    gateway, function = held.cloud.client("apigateway"), held.names["function"]
    api = gateway.create_rest_api(name=NAME)["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    place = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
    authorizer = gateway.create_authorizer(
        restApiId=api,
        name=NAME,
        type="COGNITO_USER_POOLS",
        identitySource="method.request.header.Authorization",
        providerARNs=[f"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{held.names['pool']}"],
    )["id"]
    gateway.put_method(authorizationType="COGNITO_USER_POOLS", authorizerId=authorizer, **place)
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"
    gateway.put_integration(type="AWS_PROXY", integrationHttpMethod="POST", uri=uri, **place)
    gateway.create_deployment(restApiId=api, stageName="live")
    held.names["api"] = api
    websockets = held.cloud.client("apigatewayv2")
    settings = {"ProtocolType": "WEBSOCKET", "RouteSelectionExpression": "$request.body.action"}
    held.names["websocket"] = websockets.create_api(Name=NAME, **settings)["ApiId"]


def _fill_events(held: Held) -> None:
    events = held.cloud.client("events")
    events.create_event_bus(Name=NAME)
    for bus, source, queue in ((NAME, "shop", "heard"), ("default", "aws.states", "ended")):
        held.queue(queue)
        events.put_rule(Name=NAME, EventBusName=bus, EventPattern=json.dumps({"source": [source]}))
        arn = f"arn:aws:sqs:us-east-1:000000000000:{queue}"
        events.put_targets(Rule=NAME, EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])


def _fill_executions(held: Held) -> None:
    states = held.cloud.client("stepfunctions")
    machine = states.create_state_machine(name=NAME, definition=json.dumps(DEFINITION), roleArn=ROLE)["stateMachineArn"]
    held.names["machine"] = machine
    held.names["ended"] = states.start_execution(stateMachineArn=machine, input='{"n": 1}')["executionArn"]
    waits = json.dumps({"queue": held.queue("asked")})
    held.names["waiting"] = states.start_execution(stateMachineArn=machine, input=waits)["executionArn"]
    held.names["token"] = held.next_message("asked")
    told = {json.loads(held.next_message("ended"))["detail"]["status"] for _ in range(3)}
    assert told == {"RUNNING", "SUCCEEDED"}


def _fill_people(held: Held) -> None:
    cognito = held.cloud.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName=NAME)["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = cognito.create_user_pool_client(UserPoolId=pool, ClientName=NAME, ExplicitAuthFlows=flows)
    held.names |= {"pool": pool, "client": client["UserPoolClient"]["ClientId"]}
    cognito.admin_create_user(UserPoolId=pool, Username="guest", MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username="guest", Password=PASSWORD, Permanent=True)
    tokens = signed_in(held)
    held.names |= {"access token": tokens["AccessToken"], "id token": tokens["IdToken"]}


def signed_in(held: Held) -> dict[str, str]:
    """Sign in; return the tokens by their names."""
    result: dict[str, str] = held.cloud.client("cognito-idp").initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=held.names["client"],
        AuthParameters={"USERNAME": "guest", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    return result


def key_set(held: Held) -> Any:
    """Return the keys by which a pool's tokens are verified."""
    return httpx.get(f"{held.cloud.endpoint_url}/{held.names['pool']}/.well-known/jwks.json").raise_for_status().json()


def fill(held: Held) -> None:
    """Put something of every kind into a cloud."""
    for fill_in in (_fill_stores, _fill_functions, _fill_people, _fill_api, _fill_events, _fill_executions):
        fill_in(held)
    held.names["keys"] = json.dumps(key_set(held))


@pytest.fixture(scope="module")
def kept_cloud_port(launcher: Launcher) -> Iterator[int]:
    """Give a port for clouds that go on from each other."""
    with owned_port(Home(launcher.home), keep_log=lambda: False) as port:
        yield port


@pytest.fixture(scope="module", params=["stopped", "killed"])
def held(launcher: Launcher, kept_cloud_port: int, request: pytest.FixtureRequest) -> Iterator[Held]:
    """Give a cloud that was filled, ended, and started again."""
    held = Held(launcher.start(kept_cloud_port, options=["--keep", "--fresh"]))
    fill(held)
    if request.param == "killed":
        wait_until_written(launcher, kept_cloud_port)
        killed = psutil.Process(held.cloud.pid)
        killed.kill()
        wait_until_ended(killed)
    else:
        assert launcher.run("stop", "--port", str(kept_cloud_port)).returncode == 0
    yield Held(launcher.start(kept_cloud_port, options=["--keep"]), held.names)
    assert launcher.run("stop", "--port", str(kept_cloud_port)).returncode == 0


@retry(wait=wait_fixed(0.05), stop=stop_after_delay(60), reraise=True)
def wait_until_ended(process: psutil.Process) -> None:
    """Wait for a process to have ended, whether its parent has noticed or not."""
    assert not lives(process)


@retry(wait=wait_fixed(0.5), stop=stop_after_delay(60), reraise=True)
def wait_until_written(launcher: Launcher, port: int) -> None:
    """Wait for the state to be at rest: what was done in the last moments before a kill is not kept."""
    status = json.loads(launcher.run("status", "--json", "--port", str(port)).stdout)
    assert status["state"]["age_s"] > 4

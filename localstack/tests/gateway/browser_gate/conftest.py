"""What browsers may and may not reach of a cloud: APIs, buckets and a user pool; and requests written byte by byte."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud

OBJECT = "drinks/salad.json"
ECHO = """
import json

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps({"asked": event.get("queryStringParameters")})}
"""


@dataclass(frozen=True)
class Answer:
    """What was answered: its status, headers with small names, and body."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def refusal(self) -> str:
        """What the gate says, if it was the gate that answered."""
        if self.status != 403 or not self.body.startswith("{"):
            return ""
        message: str = json.loads(self.body).get("message", "")
        return message if "LOCAL_CLOUD_ALLOWED_ORIGINS" in message else ""


@dataclass(frozen=True)
class Visitor:
    """Sends requests as they are written, whatever a client library would think of them."""

    cloud: Cloud

    def ask(
        self, target: str, *headers: str, method: str = "GET", body: str | bytes = "", host: str | None = ""
    ) -> Answer:
        """Send one request.

        Args:
            target: what the request line names.
            headers: whole lines.
            method: as it is sent.
            body: as it is sent.
            host: of the header `Host`; the cloud's where it is left out, and None for none.
        """
        content = body if isinstance(body, bytes) else body.encode()
        own = [] if host is None else [f"Host: {host or self.authority}"]
        close = [] if "Connection: Upgrade" in headers else [f"Content-Length: {len(content)}", "Connection: close"]
        lines = [f"{method} {target} HTTP/1.1", *own, *headers, *close]
        with socket.create_connection(("127.0.0.1", self.cloud.port), timeout=60) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode() + content)
            response = HTTPResponse(connection, method=method)
            response.begin()
            fields = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, fields, response.read().decode(errors="replace"))

    def shake_hands(self, target: str, *headers: str, host: str = "") -> Answer:
        """Ask for a WebSocket."""
        upgrade = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
        return self.ask(target, "Connection: Upgrade", *upgrade, *headers, host=host)

    @property
    def authority(self) -> str:
        """The cloud's host and port."""
        return f"127.0.0.1:{self.cloud.port}"


@dataclass(frozen=True)
class Deployed:
    """What was deployed.

    Attributes:
        api_id: of a REST API whose stage `live` answers with the query that it was asked with.
        websocket_id: of a WebSocket API with the stage `live`.
        public: a bucket of which anybody may read the objects.
        private: one with the same objects for its owner.
        uploads: a private one whose CORS rules let pages of `http://app.example` write into it.
        client_id: of a user pool's client.
        pool_id: of that pool.
    """

    api_id: str
    websocket_id: str
    public: str
    private: str
    uploads: str
    client_id: str
    pool_id: str


@pytest.fixture(scope="session")
def visitor(cloud: Cloud) -> Visitor:
    return Visitor(cloud)


@pytest.fixture(scope="session")
def deployed(cloud: Cloud) -> Deployed:
    function = cloud.create_function(ECHO)
    pool_id = cloud.client("cognito-idp").create_user_pool(PoolName="guests")["UserPool"]["Id"]
    return Deployed(
        api_id=_rest_api(cloud, function),
        websocket_id=_websocket_api(cloud, function),
        public=_bucket(cloud, policy=_anybody_reads),
        private=_bucket(cloud),
        uploads=_bucket(cloud, writers=["http://app.example"]),
        client_id=_user_pool_client(cloud, pool_id),
        pool_id=pool_id,
    )


@pytest.fixture
def user_name(cloud: Cloud) -> Iterator[str]:
    """Give the name of an IAM user that nobody must make."""
    name = f"user-{uuid4()}"
    yield name
    assert name not in [user["UserName"] for user in cloud.client("iam").list_users()["Users"]]


def _uri(function: str) -> str:
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function}"
    return f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations"


def _rest_api(cloud: Cloud, function: str) -> str:
    gateway = cloud.client("apigateway")
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": _uri(function)}
    answers = {"x-amazon-apigateway-any-method": {"responses": {}, "x-amazon-apigateway-integration": integration}}
    document = {"swagger": "2.0", "info": {"title": "menu"}, "paths": {"/": answers, "/{proxy+}": answers}}
    api_id: str = gateway.import_rest_api(body=json.dumps(document))["id"]
    gateway.create_deployment(restApiId=api_id, stageName="live")
    return api_id


def _websocket_api(cloud: Cloud, function: str) -> str:
    gateway = cloud.client("apigatewayv2")
    made = gateway.create_api(Name="orders", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
    api_id: str = made["ApiId"]
    integration = gateway.create_integration(ApiId=api_id, IntegrationType="AWS_PROXY", IntegrationUri=_uri(function))
    gateway.create_route(ApiId=api_id, RouteKey="$connect", Target=f"integrations/{integration['IntegrationId']}")
    deployment = gateway.create_deployment(ApiId=api_id)
    gateway.create_stage(ApiId=api_id, StageName="live", DeploymentId=deployment["DeploymentId"])
    return api_id


def _bucket(cloud: Cloud, policy: Any = None, writers: list[str] | None = None) -> str:
    s3, name = cloud.client("s3"), f"bucket-{uuid4()}"
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key=OBJECT, Body=b'{"price": 3}', ContentType="application/json")
    s3.put_bucket_website(Bucket=name, WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}})
    if policy:
        s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy(name)))
    if writers:
        rule = {"AllowedOrigins": writers, "AllowedMethods": ["PUT", "POST"], "AllowedHeaders": ["*"]}
        s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [rule]})
    return name


def _anybody_reads(bucket: str) -> dict[str, Any]:
    what = {"Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", **what}]}


def _user_pool_client(cloud: Cloud, pool_id: str) -> str:
    made = cloud.client("cognito-idp").create_user_pool_client(UserPoolId=pool_id, ClientName="page")
    client_id: str = made["UserPoolClient"]["ClientId"]
    return client_id

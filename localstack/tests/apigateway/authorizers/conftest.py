"""User pools with people in them, REST APIs with authorizers, and functions, on a running LocalStack."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

import boto3
import httpx
import pytest

_REGION = "eu-west-1"
_PASSWORD = "Correct-Horse-7"

# What an integration is told about the caller, as a MOCK integration's mapping template shows it.
_ECHO = """{
  "sub": "$context.authorizer.claims.sub",
  "use": "$context.authorizer.claims.token_use",
  "groups": "$context.authorizer.claims['cognito:groups']",
  "exp": "$context.authorizer.claims.exp"
}"""


class Cloud(Protocol):
    """What these tests need of the fixture `cloud`."""

    @property
    def endpoint_url(self) -> str: ...


@dataclass(frozen=True)
class UserPool:
    """A user pool with one client, whose people sign in with a password."""

    cognito: Any
    arn: str
    id: str
    client_id: str

    def add(self, name: str, groups: tuple[str, ...] = ()) -> None:
        self.cognito.admin_create_user(UserPoolId=self.id, Username=name, MessageAction="SUPPRESS")
        self.cognito.admin_set_user_password(UserPoolId=self.id, Username=name, Password=_PASSWORD, Permanent=True)
        for group in groups:
            self.cognito.create_group(UserPoolId=self.id, GroupName=group)
            self.cognito.admin_add_user_to_group(UserPoolId=self.id, Username=name, GroupName=group)

    def sign_in(self, name: str) -> Mapping[str, str]:
        """The tokens of someone who was added: IdToken, AccessToken."""
        answer = self.cognito.initiate_auth(
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": _PASSWORD},
        )
        tokens: Mapping[str, str] = answer["AuthenticationResult"]
        return tokens


class RestApi:
    """A REST API with methods below its root, deployed to the stage `local`."""

    def __init__(self, gateway: Any, endpoint_url: str) -> None:
        self.gateway = gateway
        self.id = gateway.create_rest_api(name="authorizers under test")["id"]
        self.url = f"{endpoint_url}/_aws/execute-api/{self.id}/local"
        self._root = gateway.get_resources(restApiId=self.id)["items"][0]["id"]

    def add_authorizer(self, **settings: Any) -> str:
        made = self.gateway.create_authorizer(restApiId=self.id, name="under test", **settings)
        return str(made["id"])

    def add_user_pool_authorizer(self, *pool_arns: str, header: str = "Authorization", **settings: Any) -> str:
        return self.add_authorizer(
            type="COGNITO_USER_POOLS",
            providerARNs=list(pool_arns),
            identitySource=f"method.request.header.{header}",
            **settings,
        )

    def add_route(
        self, path: str, integration: Mapping[str, Any] | None = None, method: str = "GET", **who: Any
    ) -> None:
        """Add a method that takes the caller whom `who` describes in the words of PutMethod.

        Without an `integration` it answers what it is told about the caller.
        """
        resource = self.gateway.create_resource(restApiId=self.id, parentId=self._root, pathPart=path)
        place = {"restApiId": self.id, "resourceId": resource["id"], "httpMethod": method}
        self.gateway.put_method(**place, **({"authorizationType": "NONE"} | who))
        if integration is None:
            self._echo(place)
        else:
            self.gateway.put_integration(**place, **integration)

    def _echo(self, place: Mapping[str, str]) -> None:
        answer_200 = {"application/json": '{"statusCode": 200}'}
        self.gateway.put_integration(**place, type="MOCK", requestTemplates=answer_200)
        self.gateway.put_method_response(**place, statusCode="200")
        templates = {"application/json": _ECHO}
        self.gateway.put_integration_response(**place, statusCode="200", responseTemplates=templates)

    def respond_with(self, response_type: str, **settings: Any) -> None:
        self.gateway.put_gateway_response(restApiId=self.id, responseType=response_type, **settings)

    def deploy(self, **stage_variables: str) -> None:
        self.gateway.create_deployment(restApiId=self.id, stageName="local", variables=stage_variables)

    def get(self, path: str, token: str | None = None, header: str = "Authorization") -> httpx.Response:
        headers = {} if token is None else {header: token}
        return httpx.get(f"{self.url}{path}", headers=headers, timeout=60)


@pytest.fixture(scope="session")
def client(cloud: Cloud) -> Callable[[str], Any]:
    """Give the boto3 client of a service."""
    session: Any = boto3.Session("test", "test", region_name=_REGION)
    return lambda service: session.client(service, endpoint_url=cloud.endpoint_url)


@pytest.fixture(scope="session")
def make_pool(client: Callable[[str], Any]) -> Iterator[Callable[..., UserPool]]:
    """Make a user pool whose client has the given settings."""
    cognito, made = client("cognito-idp"), []

    def make(**client_settings: Any) -> UserPool:
        pool = cognito.create_user_pool(PoolName="people")["UserPool"]
        made.append(pool["Id"])
        app = cognito.create_user_pool_client(
            UserPoolId=pool["Id"],
            ClientName="app",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
            **client_settings,
        )
        return UserPool(cognito, pool["Arn"], pool["Id"], app["UserPoolClient"]["ClientId"])

    yield make
    for pool_id in made:
        cognito.delete_user_pool(UserPoolId=pool_id)


@pytest.fixture(scope="session")
def make_api(cloud: Cloud, client: Callable[[str], Any]) -> Iterator[Callable[[], RestApi]]:
    """Make an empty API."""
    gateway, made = client("apigateway"), []

    def make() -> RestApi:
        made.append(RestApi(gateway, cloud.endpoint_url))
        return made[-1]

    yield make
    for api in made:
        gateway.delete_rest_api(restApiId=api.id)


@pytest.fixture(scope="session")
def make_function(client: Callable[[str], Any]) -> Iterator[Callable[[str], str]]:
    """Make a Lambda function of a source with a `handler` in it; gives its ARN."""
    functions, made = client("lambda"), []

    def make(source: str) -> str:
        function = functions.create_function(
            FunctionName=f"authorizers-{uuid4()}",
            Runtime="python3.13",
            Role="arn:aws:iam::000000000000:role/any",
            Handler="app.handler",
            Code={"ZipFile": _zipped(source)},
        )
        made.append(str(function["FunctionArn"]))
        active = functions.get_waiter("function_active_v2")
        active.wait(FunctionName=made[-1], WaiterConfig={"Delay": 1})
        return made[-1]

    yield make
    for arn in made:
        functions.delete_function(FunctionName=arn)


def _zipped(source: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("app.py", source)
    return archive.getvalue()

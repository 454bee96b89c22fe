"""REST APIs whose one function tells what it was given, or answers what the request asks it to."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import pytest
from local_cloud.testing import Cloud

ECHO = """
import json

def handler(event, context):
    if answer := event["headers"].get("X-Answer"):
        return json.loads(answer)
    told = {name: event[name] for name in ("body", "isBase64Encoded", "headers")}
    return {"statusCode": 200, "body": json.dumps(told)}
"""


@dataclass(frozen=True)
class Answer:
    """What came back, byte for byte; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


class ProxyApi:
    """A REST API with one route, `/`, in its stage `local`."""

    def __init__(self, cloud: Cloud, function: str, **settings: Any) -> None:
        self.cloud = cloud
        self.gateway = cloud.client("apigateway")
        self.id = self.gateway.create_rest_api(name="bodies", **settings)["id"]
        self.path = f"/_aws/execute-api/{self.id}/local/"
        self._function = function
        root = self.gateway.get_resources(restApiId=self.id)["items"][0]["id"]
        self._place = {"restApiId": self.id, "resourceId": root}
        self.add_method("ANY", type="AWS_PROXY", integrationHttpMethod="POST", uri=self.function_uri)
        self.deploy()

    @property
    def function_uri(self) -> str:
        function = f"arn:aws:lambda:us-east-1:000000000000:function:{self._function}"
        return f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"

    def add_method(self, method: str, response: Mapping[str, Any] | None = None, **integration: Any) -> None:
        """Add a method with this integration and, where it is no proxy, its one integration response."""
        place = {**self._place, "httpMethod": method}
        self.gateway.put_method(**place, authorizationType="NONE")
        self.gateway.put_integration(**place, **integration)
        if response is not None:
            self.gateway.put_method_response(**place, statusCode="200")
            self.gateway.put_integration_response(**place, statusCode="200", **response)

    def update(self, **operation: str) -> None:
        self.gateway.update_rest_api(restApiId=self.id, patchOperations=[operation])

    def respond_with(self, response_type: str, **headers: str) -> None:
        parameters = {f"gatewayresponse.header.{name.replace('_', '-')}": f"'{text}'" for name, text in headers.items()}
        self.gateway.put_gateway_response(restApiId=self.id, responseType=response_type, responseParameters=parameters)
        self.deploy()

    def deploy(self) -> None:
        self.gateway.create_deployment(restApiId=self.id, stageName="local")

    def call(
        self, body: bytes = b"", headers: Mapping[str, str] | None = None, method: str = "POST", query: str = ""
    ) -> Answer:
        """Send just that, with no header but these, Host and Content-Length."""
        connection = HTTPConnection("127.0.0.1", self.cloud.port, timeout=60)
        connection.putrequest(method, self.path + query, skip_accept_encoding=True)
        for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        answer = Answer(response.status, {n.lower(): v for n, v in response.getheaders()}, response.read())
        connection.close()
        return answer

    def answer(self, response: Mapping[str, Any], **headers: str) -> Answer:
        """Call with the function's response given; of a header's name, `_` stands for `-`."""
        asked = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call(headers={"X-Answer": json.dumps(response), **asked})


@pytest.fixture(scope="session")
def proxy_function(cloud: Cloud) -> Iterator[str]:
    """Give the name of the function behind the APIs."""
    name = cloud.create_function(ECHO)
    cloud.client("lambda").get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    yield name
    cloud.client("lambda").delete_function(FunctionName=name)


@pytest.fixture(scope="module")
def make_proxy_api(cloud: Cloud, proxy_function: str) -> Iterator[Callable[..., ProxyApi]]:
    """Make an API with the given settings of CreateRestApi."""
    made: list[ProxyApi] = []

    def make(**settings: Any) -> ProxyApi:
        made.append(ProxyApi(cloud, proxy_function, **settings))
        return made[-1]

    yield make
    for api in made:
        api.gateway.delete_rest_api(restApiId=api.id)

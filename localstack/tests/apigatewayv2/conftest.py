"""WebSocket APIs on a running LocalStack, with a function that does as it is told, and clients of another make."""

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import uuid4

import boto3
import pytest
from websockets.sync.client import ClientConnection, connect

_REGION = "eu-west-1"
_DEADLINE_SECONDS = 60

# Answers with the `answer` in the query or message, and fails, takes its time or waits for a file if that says so. It
# notes its events where the test finds them, and sends a message's event back unless it is told what to answer.
_OBEDIENT = """
import json, os, time

def handler(event, context):
    with open(os.environ["EVENTS"], "a") as events:
        events.write(json.dumps(event) + "\\n")
    orders = orders_in(event)
    time.sleep(orders.get("seconds", 0))
    while "until" in orders and not os.path.exists(orders["until"]):
        time.sleep(0.01)
    if "failure" in orders:
        raise RuntimeError(orders["failure"])
    return orders.get("answer", {"statusCode": 200, "body": json.dumps(event)})

def orders_in(event):
    query = event.get("queryStringParameters") or {}
    try:
        orders = json.loads(event.get("body") or query.get("orders") or "{}")
    except ValueError:
        orders = {}
    return orders if isinstance(orders, dict) else {}
"""


class Cloud(Protocol):
    """What these tests need of the fixture `cloud`."""

    @property
    def endpoint_url(self) -> str: ...


class CloudProcess(Cloud, Protocol):
    """What some need as well."""

    @property
    def pid(self) -> int: ...


class Clients:
    """boto3's clients of one LocalStack."""

    def __init__(self, endpoint_url: str) -> None:
        self.endpoint_url = endpoint_url
        self._session: Any = boto3.Session("test", "test", region_name=_REGION)

    def __call__(self, service: str, endpoint_url: str | None = None) -> Any:
        return self._session.client(service, endpoint_url=endpoint_url or self.endpoint_url)


class Function:
    """An obedient Lambda function, and the events that it has received."""

    def __init__(self, clients: Clients, events: Path) -> None:
        self._lambda = clients("lambda")
        self._events = events
        made = self._lambda.create_function(
            FunctionName=f"websockets-{uuid4()}",
            Runtime="python3.13",
            Role="arn:aws:iam::000000000000:role/any",
            Handler="app.handler",
            Timeout=60,
            Environment={"Variables": {"EVENTS": str(events)}},
            Code={"ZipFile": _zipped(_OBEDIENT)},
        )
        self.arn = str(made["FunctionArn"])
        self._lambda.get_waiter("function_active_v2").wait(FunctionName=self.arn, WaiterConfig={"Delay": 1})

    @property
    def uri(self) -> str:
        """As an integration or authorizer names it."""
        return f"arn:aws:apigateway:{_REGION}:lambda:path/2015-03-31/functions/{self.arn}/invocations"

    def events(self, event_type: str) -> list[dict[str, Any]]:
        """Its events of that type so far, in order."""
        text = self._events.read_text() if self._events.exists() else ""
        events = [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
        return [event for event in events if event["requestContext"]["eventType"] == event_type]

    def delete(self) -> None:
        self._lambda.delete_function(FunctionName=self.arn)


class WebSocketApi:
    """A WebSocket API whose routes all lead to one function, deployed to the stage `live`."""

    stage = "live"

    def __init__(self, clients: Clients, function: Function) -> None:
        self.clients = clients
        self.function = function
        self.gateway = clients("apigatewayv2")
        made = self.gateway.create_api(
            Name="under test", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
        )
        self.id, self.endpoint = made["ApiId"], made["ApiEndpoint"]
        self._integration = self.gateway.create_integration(
            ApiId=self.id, IntegrationType="AWS_PROXY", IntegrationUri=function.uri
        )["IntegrationId"]

    @property
    def url(self) -> str:
        return f"{self.endpoint}/{self.stage}"

    @property
    def management(self) -> Any:
        """The client of the @connections API, at the stage's own address as on AWS."""
        return self.clients("apigatewaymanagementapi", self.url.replace("ws://", "http://"))

    def add_route(self, key: str, *, two_way: bool = False, **settings: Any) -> str:
        route = self.gateway.create_route(
            ApiId=self.id, RouteKey=key, **({"Target": f"integrations/{self._integration}"} | settings)
        )
        if two_way:
            self.gateway.create_route_response(ApiId=self.id, RouteId=route["RouteId"], RouteResponseKey="$default")
        return str(route["RouteId"])

    def deploy(self) -> None:
        """Put the routes as they are now on the stage."""
        deployment = self.gateway.create_deployment(ApiId=self.id)["DeploymentId"]
        stage = {"ApiId": self.id, "StageName": self.stage, "DeploymentId": deployment}
        if self.gateway.get_stages(ApiId=self.id)["Items"]:
            self.gateway.update_stage(**stage)
        else:
            self.gateway.create_stage(**stage)

    def limit_integration(self, milliseconds: int) -> None:
        """Give the function no more than that; counts from the next deployment."""
        self.gateway.update_integration(ApiId=self.id, IntegrationId=self._integration, TimeoutInMillis=milliseconds)

    def connect(self, orders: Any = None, **options: Any) -> ClientConnection:
        """Open a connection; `orders` are what $connect's function is told."""
        query = f"?{urlencode({'orders': json.dumps(orders)})}" if orders else ""
        return self.connect_to(self.url + query, **options)

    def connect_to(self, url: str, **options: Any) -> ClientConnection:
        """Open a connection at that very address."""
        client: ClientConnection = connect(url, **{"open_timeout": 60, **options})
        return client

    def connect_known(self, **options: Any) -> tuple[ClientConnection, str]:
        """Open a connection; give its id as well."""
        client = self.connect(**options)
        return client, str(self.function.events("CONNECT")[-1]["requestContext"]["connectionId"])

    def disconnect_context(self, connection_id: str) -> dict[str, Any]:
        """What $disconnect's function was told of the end of a connection, once it is."""

        def told() -> dict[str, Any]:
            contexts = [event["requestContext"] for event in self.function.events("DISCONNECT")]
            return next((context for context in contexts if context["connectionId"] == connection_id), {})

        return eventually(told)


class Maker:
    """Makes functions and APIs on a LocalStack, and removes them."""

    def __init__(self, endpoint_url: str, folder: Path) -> None:
        self.clients = Clients(endpoint_url)
        self._folder = folder
        self._apis: list[WebSocketApi] = []

    def function(self) -> Function:
        return Function(self.clients, self._folder / str(uuid4()))

    def __call__(self, *one_way: str, two_way: Iterable[str] = (), deployed: bool = True) -> WebSocketApi:
        """Make an API with these routes."""
        api = WebSocketApi(self.clients, self.function())
        self._apis.append(api)
        for key in one_way:
            api.add_route(key)
        for key in two_way:
            api.add_route(key, two_way=True)
        if deployed:
            api.deploy()
        return api

    def remove(self) -> None:
        for api in self._apis:
            with suppress(api.gateway.exceptions.NotFoundException):  # the test deleted it
                api.gateway.delete_api(ApiId=api.id)
            api.function.delete()


@pytest.fixture(scope="session")
def make_api(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """Make APIs on the cloud that all tests share."""
    maker = Maker(cloud.endpoint_url, tmp_path_factory.mktemp("events"))
    yield maker
    maker.remove()


@pytest.fixture(scope="session")
def api(make_api: Maker) -> WebSocketApi:
    """Give an API that answers on `echo` and `$default`, and keeps quiet on `quiet`. Tests leave it as it is."""
    return make_api("$connect", "$disconnect", "quiet", two_way=["$default", "echo"])


def eventually[T](found: Callable[[], T]) -> T:
    """What `found` gives, as soon as that is true."""
    deadline = time.monotonic() + _DEADLINE_SECONDS
    while not (result := found()):
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.02)
    return result


def _zipped(source: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("app.py", source)
    return archive.getvalue()

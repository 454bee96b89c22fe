"""A Chalice app with WebSockets, deployed by Chalice itself."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from .conftest import Clients, Cloud

# It answers through the @connections API, whose address it takes from its environment: here AWS_ENDPOINT_URL, which
# LocalStack gives every function.
_APP = """
import boto3
from chalice import Chalice

app = Chalice(app_name="websockets")
app.experimental_feature_flags.update(["WEBSOCKETS"])

@app.on_ws_connect()
def connected(event):
    if (event.to_dict().get("queryStringParameters") or {}).get("token") != "good":
        return {"statusCode": 401}

@app.on_ws_message()
def received(event):
    client = boto3.client("apigatewaymanagementapi")
    client.post_to_connection(ConnectionId=event.connection_id, Data=f"VERSION {event.body}")

@app.on_ws_disconnect()
def disconnected(event):
    pass
"""
_CONFIGURATION = {
    "version": "2.0",
    "app_name": "websockets",
    "manage_iam_role": False,
    "iam_role_arn": "arn:aws:iam::000000000000:role/any",
    "stages": {"dev": {"api_gateway_stage": "live"}},
}

Chalice = Callable[[str], None]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".chalice").mkdir()
    (tmp_path / ".chalice/config.json").write_text(json.dumps(_CONFIGURATION))
    (tmp_path / "requirements.txt").touch()
    return tmp_path


@pytest.fixture
def chalice(project: Path, cloud: Cloud) -> Iterator[Chalice]:
    """Run a command of Chalice in the project, as somebody does who points it at the cloud."""
    names = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-1"}
    environment = os.environ | names | {"AWS_ENDPOINT_URL": cloud.endpoint_url}
    program = Path(sys.executable).with_name("chalice")

    def run(command: str) -> None:
        done = subprocess.run(
            [program, command], cwd=project, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    yield run
    run("delete")


def write_app(project: Path, version: str) -> None:
    (project / "app.py").write_text(_APP.replace("VERSION", version))


def websocket_apis(cloud: Cloud) -> list[Any]:
    items = Clients(cloud.endpoint_url)("apigatewayv2").get_apis()["Items"]
    return [item for item in items if item["Name"] == "websockets-dev-websocket-api"]


def test_chalice_deploys_redeploys_and_deletes_an_app(project: Path, chalice: Chalice, cloud: Cloud) -> None:
    write_app(project, "first")
    chalice("deploy")
    (api,) = websocket_apis(cloud)
    url = f"{api['ApiEndpoint']}/live"
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{url}?token=bad")
    assert refused.value.response.status_code == 401
    with connect(f"{url}?token=good") as client:
        client.send("hello")
        assert client.recv(timeout=60) == "first hello"
        write_app(project, "second")
        chalice("deploy")
        client.send("hello")
        assert client.recv(timeout=60) == "second hello"
        chalice("delete")
        assert list(client) == []
    assert websocket_apis(cloud) == []

"""The runtime client in Python alone does what awslambdaric's native part does."""

import json
import os
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from local_cloud.function_startup import pure_runtime_client
from local_cloud.home import Home
from local_cloud.installation import install
from local_cloud.steps import Steps
from local_cloud.table_engines import chosen_engine, this_platform
from local_cloud.testing import Cloud, Launcher
from rich.console import Console

CALL = """
import json, sys
from runtime_client import initialize_client, next, post_error, post_invocation_result
initialize_client("aws-lambda-python/3")
try:
    print(json.dumps(eval(sys.argv[1]), default=bytes.decode))
except RuntimeError as error:
    print(json.dumps(str(error)))
"""
JSON = {"Content-Type": "application/json"}  # without it, the native part crashes
ALL_HEADERS = {
    **JSON,
    "Lambda-Runtime-Aws-Request-Id": "4607",
    "Lambda-Runtime-Trace-Id": "Root=1-2-3;Sampled=1",
    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:000000000000:function:f",
    "Lambda-Runtime-Deadline-Ms": "1800000000123",
    "Lambda-Runtime-Client-Context": '{"custom": {"drink": "grüner Tee"}}',
    "Lambda-Runtime-Cognito-Identity": '{"cognitoIdentityId": "a", "cognitoIdentityPoolId": "b"}',
    "Lambda-Runtime-Aws-Tenant-Id": "tenant",
    "Lambda-Runtime-Invocation-Id": "invocation",
}


class RuntimeApi(ThreadingHTTPServer):
    """Gives the same answer to each request, and keeps what was asked."""

    def __init__(self, status: int, headers: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.headers = status, headers
        self.asked: list[Any] = []


class _Handler(BaseHTTPRequestHandler):
    server: RuntimeApi

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        sent = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append([self.command, self.path, sent, body])
        self.send_response(self.server.status)
        for name, value in {**self.server.headers, "Content-Length": "18"}.items():
            self.send_header(name, value.encode().decode("latin-1"))
        self.end_headers()
        self.wfile.write('{"drink": "Grüß"}'.encode())

    do_POST = do_GET  # noqa: N815 - the base class's name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def function_python(cloud: Cloud, launcher: Launcher) -> Path:
    """The interpreter of functions, once a cloud has been started, and so installed."""
    del cloud
    return install(Home(launcher.home), chosen_engine({}, this_platform()), Steps(Console(quiet=True))).function_python


def outcome(python: Path, call: str, status: int, headers: dict[str, str], *, pure: bool) -> tuple[Any, Any]:
    """Return what came of the call, and what was asked of the Runtime API."""
    with RuntimeApi(status, headers) as api:
        Thread(target=api.serve_forever, daemon=True).start()
        environment = {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}", "LANG": "C.UTF-8"}
        if pure:
            environment["PYTHONPATH"] = os.path.dirname(str(pure_runtime_client.__file__))
        ran = subprocess.run([python, "-c", CALL, call], env=environment, capture_output=True, text=True, check=True)
        api.shutdown()
    return told(ran.stdout), api.asked


def told(output: str) -> Any:
    """Return the last line, for the native part logs before it."""
    return json.loads(output.splitlines()[-1])


@pytest.mark.parametrize(
    ("call", "status", "headers"),
    [
        ("next()", 200, ALL_HEADERS),
        ("next()", 200, {"Lambda-Runtime-Aws-Request-Id": "4607", **JSON}),
        ("next()", 200, JSON),
        ("next()", 500, ALL_HEADERS),
        ("post_invocation_result('4607', '\"ü\"'.encode(), 'application/json', None)", 202, {}),
        ("post_invocation_result('4607', b'\\xff\\0', 'application/unknown', 'invocation')", 202, {}),
        ("post_invocation_result('4607', b'', '', None)", 202, {}),
        ("post_invocation_result('4607', b'x' * 1_000_000, 'application/json', None)", 413, {}),
        ('post_error(\'4607\', \'{"errorMessage": "ü"}\', \'{"cause": "ü"}\', None)', 202, {}),
        ("post_error('4607', '{}', '', 'invocation')", 202, {}),
        ("post_error('4607', '{}', '{}', None)", 400, {}),
    ],
)
def test_the_same_is_asked_and_comes_of_it(
    function_python: Path, call: str, status: int, headers: dict[str, str]
) -> None:
    native, pure = (outcome(function_python, call, status, headers, pure=pure) for pure in (False, True))
    assert pure[0] == native[0]
    assert [without_hop(request) for request in pure[1]] == [without_hop(request) for request in native[1]]


def without_hop(request: list[Any]) -> list[Any]:
    """Leave out the headers that are about the connection, and in whose wording the two HTTP libraries differ."""
    method, path, headers, body = request
    about_connection = {"accept", "accept-encoding", "connection", "host"}
    return [method, path, {name: value for name, value in headers.items() if name not in about_connection}, body]


def test_no_answer_is_told_in_the_same_words(function_python: Path) -> None:
    for folder in ("", os.path.dirname(str(pure_runtime_client.__file__))):
        environment = {"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1", "PYTHONPATH": folder}
        command = [str(function_python), "-c", CALL, "next()"]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert told(ran.stdout) == "Failed to get next"

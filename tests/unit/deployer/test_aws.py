"""Clients are for many threads at once and cost no more than is asked of them; AWS is where it is unless somebody says
otherwise.
"""

import ast
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import boto3
import pytest

from deployer.aws import Aws, configured_endpoint

DEPLOYER = Path(__file__).parents[3] / "deployer"


def test_a_client_is_made_without_its_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.client.BaseClient._load_exceptions", Mock(side_effect=AssertionError("made")))
    assert Aws(boto3.Session("test", "test", region_name="us-east-1")).dynamodb


def of_a_clients_exceptions(path: Path) -> list[str]:
    """Where a class is taken from a client's `exceptions`."""
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
    taken = [node for node in nodes if isinstance(node.value, ast.Attribute) and node.value.attr == "exceptions"]
    return [f"{path.name}:{node.lineno} {node.attr}" for node in taken]


def test_refusals_are_told_apart_by_their_codes() -> None:
    """Two threads that are refused at once each make such classes, and then one does not catch what it was refused."""
    assert [found for path in DEPLOYER.rglob("*.py") for found in of_a_clients_exceptions(path)] == []


def test_no_second_client_of_http_is_imported() -> None:
    program = "import sys, deployer.cli; print('httpx' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=DEPLOYER.parent, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "False\n"


PROFILE = "[profile here]\nregion = eu-west-1\naws_access_key_id = a\naws_secret_access_key = b\n"
HERE = "http://127.0.0.1:4566"


@pytest.mark.parametrize(
    ("named", "variables", "found"),
    [
        ("", {}, None),
        (f"endpoint_url = {HERE}/", {}, HERE),
        (f"services = here\n[services here]\nsts =\n  endpoint_url = {HERE}\n", {}, HERE),
        ("", {"AWS_ENDPOINT_URL": HERE}, HERE),
    ],
)
def test_an_endpoint_is_seen_wherever_it_is_named(
    named: str, variables: dict[str, str], found: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text(PROFILE + named)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in {"AWS_CONFIG_FILE": str(tmp_path / "config"), "AWS_PROFILE": "here", **variables}.items():
        monkeypatch.setenv(name, value)
    assert configured_endpoint(boto3.Session()) == found

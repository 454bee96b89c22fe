"""What the robots' and the player's tests are handed beside what all integration tests are."""

import json
import time
from dataclasses import asdict
from pathlib import Path

import boto3
import pytest

from simulator.outputs import Outputs
from tests.integration.simulator.function_logs import FunctionLogs


@pytest.fixture
def function_logs(aws: boto3.Session, bar: Outputs) -> FunctionLogs:
    """From the test's beginning on."""
    return FunctionLogs(aws.client("logs", endpoint_url=bar.endpoint_url), time.time_ns() // 1_000_000)


@pytest.fixture
def outputs_file(bar: Outputs, tmp_path: Path) -> Path:
    """The bar's outputs as the deployer writes them, for a command line."""

    def camel_case(name: str) -> str:
        first, *rest = name.split("_")
        return first + "".join(word.capitalize() for word in rest)

    path = tmp_path / "outputs.json"
    path.write_text(json.dumps({camel_case(name): value for name, value in asdict(bar).items()}))
    return path

"""Functions of a Python whose awslambdaric lacks its native part, as on a Mac, against those of one that has it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from local_cloud.home import Home
from local_cloud.installation import install
from local_cloud.steps import Steps
from local_cloud.table_engines import chosen_engine, this_platform
from local_cloud.testing import Launcher
from rich.console import Console

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Functions, Result

OBEY = """
import os, runtime_client, sys

def dig(depth):
    dig(depth + 1)

def handler(event, context):
    return eval(event)
"""
WITHOUT = "python3.12"  # a name that is free; it is the same Python

pytestmark = pytest.mark.cloud  # which begins once it has another runtime


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path) -> Functions:
    """Functions of a cloud whose runtime WITHOUT is like the other, but for every module `runtime_client`."""
    launcher: Launcher = request.getfixturevalue("launcher")
    python = install(
        Home(launcher.home), chosen_engine({}, this_platform()), Steps(Console(quiet=True))
    ).function_python
    subprocess.run([python, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    [packages] = (tmp_path / "venv").glob("lib/python3*/site-packages")
    for entry in next(python.parents[1].glob("lib/python3*/site-packages")).iterdir():
        if not entry.name.startswith("runtime_client") and entry.name != "__pycache__":
            (packages / entry.name).symlink_to(entry)
    runtimes = {WITHOUT: str(tmp_path / "venv" / "bin" / "python")}
    monkeypatch.setenv("LOCAL_CLOUD_FUNCTION_RUNTIMES", json.dumps(runtimes))
    made: Functions = request.getfixturevalue("functions_of_fresh_cloud")
    return made


def test_functions_do_the_same_without_the_native_client(functions: Functions) -> None:
    native, pure = functions.deploy(OBEY), functions.deploy(OBEY, Runtime=WITHOUT)
    assert functions.invoke(native, "runtime_client.__file__").payload.endswith(".so")
    assert functions.invoke(pure, "runtime_client.__file__").payload.endswith("pure_runtime_client/runtime_client.py")
    for event in (
        "'grüner Tee'",
        "'x' * 6_000_000",
        "b'[1]'",
        "[context.invoked_function_arn.partition(':function:')[0], context.memory_limit_in_mb]",
        "0 < context.get_remaining_time_in_millis() <= 10_000",
        "[context.client_context, repr(context.identity), context.tenant_id]",
        "os.environ['_X_AMZN_TRACE_ID'].startswith('Root=')",
        "1 / 0",
        "{}['ü']",
        "dig(0)",
        "'x' * 7_000_000",
        "os._exit(3)",
        "sys.exit()",
        "[1, 2]",
    ):
        expected, found = (_told(functions.invoke(name, event)) for name in (native, pure))
        assert found == expected, event


def test_a_function_that_cannot_be_loaded_is_told_without_the_native_client(functions: Functions) -> None:
    expected, found = (_told(functions.invoke(functions.deploy("1 / 0", Runtime=r))) for r in ("python3.13", WITHOUT))
    assert found == expected
    assert "ZeroDivisionError" in json.dumps(found)


def _told(result: Result) -> tuple[object, str | None]:
    """Return what the caller learns, without what differs from invocation to invocation."""
    changing = r"[0-9a-f]{8}-[0-9a-f-]{27}|/[^ \"]*/(?=app\.py)|repeated \d+ more"  # ids, folders, depths
    return json.loads(re.sub(changing, "...", json.dumps(result.payload))), result.function_error

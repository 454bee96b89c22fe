"""Functions that raise, exit, hang or cannot be loaded: a clear error at once, and the next invocation works."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Functions

OBEY = """
import ctypes, json, os, signal, subprocess, sys, time

def dig(depth):
    dig(depth + 1)

def handler(event, context):
    if event is not None:
        exec(event)
    return os.getpid()
"""

HANG = "c = subprocess.Popen(['sleep', '300']); print(json.dumps([os.getpid(), c.pid])); time.sleep(300)"


@pytest.fixture
def obedient(functions: Functions) -> str:
    """A function that does what its event says."""
    return functions.deploy(OBEY)


def test_an_exception_reaches_the_caller_and_the_process_goes_on(functions: Functions, obedient: str) -> None:
    before = functions.invoke(obedient).payload
    result = functions.invoke(obedient, "raise ValueError('no milk')")
    assert result.function_error == "Unhandled"
    assert result.payload["errorType"] == "ValueError"
    assert result.payload["errorMessage"] == "no milk"
    assert any("in handler" in frame for frame in result.payload["stackTrace"])
    assert functions.invoke(obedient).payload == before


def test_an_exception_with_a_very_long_traceback_reaches_the_caller(functions: Functions, obedient: str) -> None:
    assert functions.invoke(obedient, "dig(0)").payload["errorType"] == "RecursionError"


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("os._exit(1)", "Runtime exited with error: exit status 1"),
        ("sys.exit(3)", "Runtime exited with error: exit status 3"),
        ("sys.exit()", "Runtime exited without providing a reason"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "Runtime exited with error: signal: killed"),
        ("ctypes.string_at(0)", "Runtime exited with error: signal: segmentation fault"),
    ],
)
def test_an_exit_in_the_handler_is_told_and_the_next_invocation_works(
    functions: Functions, obedient: str, deed: str, reason: str
) -> None:
    before = functions.invoke(obedient).payload
    result = functions.invoke(obedient, deed)
    assert result.function_error == "Unhandled"
    assert result.payload["errorType"] == "Runtime.ExitError"
    assert re.fullmatch(rf"RequestId: [0-9a-f-]{{36}} Error: {reason}", result.payload["errorMessage"])
    assert functions.invoke(obedient).payload != before


def test_a_timeout_ends_the_process_and_its_children_and_the_next_invocation_works(
    functions: Functions, wait_until_gone: Callable[[Iterable[int]], None]
) -> None:
    name = functions.deploy(OBEY, Timeout=1)
    result = functions.invoke(name, HANG)
    assert result.function_error == "Unhandled"
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    text = rf"{moment} [0-9a-f-]{{36}} Task timed out after 1\.00 seconds"
    assert re.fullmatch(text, result.payload["errorMessage"])
    assert re.search(rf"^{text}$", result.log, re.MULTILINE)
    started = re.search(r"^\[.*\]$", result.log, re.MULTILINE)
    assert started
    wait_until_gone(json.loads(started[0]))
    assert functions.invoke(name).function_error is None


def test_a_function_that_takes_far_more_than_its_memory_is_killed_and_the_next_invocation_works(
    functions: Functions,
) -> None:
    name = functions.deploy(OBEY, MemorySize=128)
    before = functions.invoke(name).payload
    result = functions.invoke(name, "held = b'x' * 400 * 2**20; time.sleep(5)")
    assert result.function_error == "Unhandled"
    assert result.payload["errorType"] == "Runtime.ExitError"
    reason = "Runtime exited with error: signal: killed"
    assert re.fullmatch(rf"RequestId: [0-9a-f-]{{36}} Error: {reason}", result.payload["errorMessage"])
    assert re.search(r"^REPORT .*\tMemory Size: 128 MB\tMax Memory Used: \d{3,} MB", result.log, re.MULTILINE)
    assert functions.invoke(name).payload != before


def test_a_function_that_takes_its_whole_memory_is_left_alone(functions: Functions) -> None:
    name = functions.deploy(OBEY, MemorySize=128)
    before = functions.invoke(name).payload
    assert functions.invoke(name, "held = b'x' * 128 * 2**20; time.sleep(1)").payload == before


@pytest.mark.parametrize(
    ("source", "error_type", "message"),
    [
        ("import no_such_module", "Runtime.ImportModuleError", "No module named 'no_such_module'"),
        ("def handler(: pass", "Runtime.UserCodeSyntaxError", "Syntax error in module 'app'"),
        ("handle = 1", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'app'"),
        ("1 / 0", "ZeroDivisionError", "division by zero"),
        ("import os; os._exit(4)", "Runtime.ExitError", "Runtime exited with error: exit status 4"),
    ],
)
def test_code_that_cannot_be_loaded_is_told_each_time_until_it_can(
    functions: Functions, source: str, error_type: str, message: str
) -> None:
    name = functions.deploy(source)
    for _ in range(2):
        result = functions.invoke(name)
        assert result.function_error == "Unhandled"
        assert result.payload["errorType"] == error_type
        assert message in result.payload["errorMessage"]
    functions.update(name, "def handler(event, context): return 'mended'")
    assert functions.invoke(name).payload == "mended"

"""How many processes a function has, and how many all functions may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Functions, Result

# Tells that it began by a file of its process's number, and goes on when there is a file "go".
MEET = """
import os, pathlib, time
def handler(event, context):
    if event:
        place = pathlib.Path(event)
        (place / str(os.getpid())).touch()
        while not (place / "go").exists():
            time.sleep(0.01)
    return os.getpid()
"""


@contextmanager
def in_progress(functions: Functions, name: str, count: int, place: Path) -> Iterator[list[Future[Result]]]:
    """While in here, so many invocations are at the same place in their handler; after it they are done."""
    with ThreadPoolExecutor(count) as pool:
        results = [pool.submit(functions.invoke, name, str(place)) for _ in range(count)]
        try:
            wait_for_files(place, count)
            yield results
        finally:
            (place / "go").touch()


@retry(retry=retry_if_exception_type(AssertionError), stop=stop_after_delay(20), wait=wait_fixed(0.02), reraise=True)
def wait_for_files(place: Path, count: int) -> None:
    assert len(list(place.iterdir())) == count


def test_invocations_one_after_another_share_a_process(functions: Functions) -> None:
    name = functions.deploy(MEET)
    assert len({functions.invoke(name).payload for _ in range(5)}) == 1


def test_simultaneous_invocations_have_a_process_each(functions: Functions, tmp_path: Path) -> None:
    name = functions.deploy(MEET)
    with in_progress(functions, name, 4, tmp_path) as results:
        pass
    assert len({result.result().payload for result in results}) == 4


def test_beyond_reserved_concurrency_callers_are_throttled(functions: Functions, tmp_path: Path) -> None:
    name = functions.deploy(MEET)
    functions.client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=2)
    with in_progress(functions, name, 2, tmp_path), pytest.raises(functions.client.exceptions.TooManyRequestsException):
        functions.invoke(name)
    assert functions.invoke(name).function_error is None


def test_beyond_the_limit_of_processes_callers_are_throttled_until_one_rests(
    functions_of_small_cloud: Functions, tmp_path: Path
) -> None:
    functions = functions_of_small_cloud
    first, second = functions.deploy(MEET), functions.deploy(MEET)
    with in_progress(functions, first, 2, tmp_path):
        with pytest.raises(functions.client.exceptions.TooManyRequestsException) as caught:
            functions.invoke(second)
        assert caught.value.response["Reason"] == "ConcurrentInvocationLimitExceeded"  # type: ignore[typeddict-item]
    assert functions.invoke(second).function_error is None


def test_at_the_limit_the_process_that_has_rested_longest_makes_room_and_comes_back_when_needed(
    functions_of_small_cloud: Functions, wait_until_gone: Callable[[Iterable[int]], None]
) -> None:
    functions = functions_of_small_cloud
    names = [functions.deploy(MEET) for _ in range(3)]
    pids = [functions.invoke(name).payload for name in names]
    wait_until_gone(pids[:1])
    assert functions.invoke(names[1]).payload == pids[1]
    assert functions.invoke(names[0]).function_error is None
    wait_until_gone(pids[2:])

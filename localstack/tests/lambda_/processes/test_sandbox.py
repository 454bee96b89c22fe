"""One execution environment through several invocations, with a runtime client of a few lines in AWS's place."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from local_cloud.plugins.lambda_.processes import memory_limit, sandbox
from local_cloud.plugins.lambda_.processes.process_pool import ProcessPool
from local_cloud.plugins.lambda_.processes.runtime_api import InitError, Invocation
from local_cloud.plugins.lambda_.processes.sandbox import FunctionSettings, Outcome, Sandbox
from local_cloud.plugins.lambda_.processes.supervised_process import Program

CLIENT = """
import http.client, os, sys, time

api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

def call(method, path, body=None):
    api.request(method, "/2018-06-01/runtime/" + path, body)
    answer = api.getresponse()
    return answer.headers["Lambda-Runtime-Aws-Request-Id"], answer.read()

def answer(result):
    request_id, event = call("GET", "invocation/next")
    call("POST", f"invocation/{request_id}/response", result)
"""
ANSWER_WITH_PID = f"{CLIENT}\nwhile True: answer(str(os.getpid()))"
ANSWER_AND_EXIT = f"{CLIENT}\nanswer(str(os.getpid()))"
FAIL_TO_INITIALIZE = f"{CLIENT}\ncall('POST', 'init/error', '{{}}')\nsys.exit(1)"
HOLD_AND_ANSWER_TWICE = f"{CLIENT}\nheld = b'x' * 64 * 2**20\nanswer('1')\nanswer('2')\ntime.sleep(300)"
HOLD_AND_HANG = f"{CLIENT}\ncall('GET', 'invocation/next')\nheld = b'x' * 64 * 2**20\ntime.sleep(300)"
NEVER_ASK = "import time; time.sleep(300)"
WAIT_FOR_FILE = f"""{CLIENT}
request_id, event = call("GET", "invocation/next")
open("began", "w").close()
while not os.path.exists("go on"): time.sleep(0.01)
call("POST", f"invocation/{{request_id}}/response", str(os.getpid()))
call("GET", "invocation/next")
"""

INVOCATION = Invocation("4607", "arn:aws:lambda:eu-west-1:000000000000:function:f", "Root=1-2-3", b"{}")


def settings(source: str, directory: Path, timeout: float = 10, memory_mb: int = 128) -> FunctionSettings:
    program = Program((sys.executable, "-I", "-c", source), directory, {})
    return FunctionSettings(program, directory / "scratch", version="$LATEST", timeout=timeout, memory_mb=memory_mb)


def play(made: FunctionSettings, story: Callable[[Sandbox, ProcessPool], Awaitable[None]]) -> None:
    async def play_and_end() -> None:
        pool = ProcessPool(limit=1)
        under_test = Sandbox(made, pool)
        try:
            await story(under_test, pool)
        finally:
            await under_test.end()

    asyncio.run(play_and_end())


def error_type(outcome: Outcome) -> str:
    assert outcome.answer.is_error
    return str(json.loads(outcome.answer.payload)["errorType"])


def test_a_process_answers_again_and_only_its_first_answer_reports_an_init_phase(tmp_path: Path) -> None:
    async def story(under_test: Sandbox, _: ProcessPool) -> None:
        cold, warm = await under_test.invoke(INVOCATION), await under_test.invoke(INVOCATION)
        assert cold.answer.payload == warm.answer.payload
        assert ["Init Duration" in outcome.log for outcome in (cold, warm)] == [True, False]

    play(settings(ANSWER_WITH_PID, tmp_path), story)


def test_a_process_that_ended_between_invocations_is_replaced_without_an_error(tmp_path: Path) -> None:
    async def story(under_test: Sandbox, _: ProcessPool) -> None:
        outcomes = [await under_test.invoke(INVOCATION) for _ in range(3)]
        assert not any(outcome.answer.is_error for outcome in outcomes)
        assert len({outcome.answer.payload for outcome in outcomes}) == 3

    play(settings(ANSWER_AND_EXIT, tmp_path), story)


def test_a_process_that_had_to_make_room_is_replaced_without_an_error(tmp_path: Path) -> None:
    async def story(under_test: Sandbox, pool: ProcessPool) -> None:
        before = await under_test.invoke(INVOCATION)
        intruder = await pool.start(settings(NEVER_ASK, tmp_path).program)
        pool.rest(intruder)
        after = await under_test.invoke(INVOCATION)
        assert not after.answer.is_error
        assert before.answer.payload != after.answer.payload
        assert not intruder.usable

    play(settings(ANSWER_WITH_PID, tmp_path), story)


def test_a_function_that_never_finishes_to_load_times_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "INIT_SECONDS", 0.1)

    async def story(under_test: Sandbox, _: ProcessPool) -> None:
        outcome = await under_test.invoke(INVOCATION)
        assert error_type(outcome) == "Sandbox.Timedout"
        assert "Task timed out after 0.20 seconds" in outcome.log

    play(settings(NEVER_ASK, tmp_path, timeout=0.2), story)


@pytest.mark.parametrize("source", [HOLD_AND_ANSWER_TWICE, HOLD_AND_HANG])
def test_a_process_that_holds_more_than_its_limit_is_killed_whether_it_answers_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setattr(memory_limit, "SLACK_MB", 0)

    async def story(under_test: Sandbox, _: ProcessPool) -> None:
        outcome = await under_test.invoke(INVOCATION)
        assert error_type(outcome) == "Runtime.ExitError"
        assert "RequestId: 4607 Error: Runtime exited with error: signal: killed" in outcome.log
        assert "Memory Size: 48 MB" in outcome.log

    play(settings(source, tmp_path, memory_mb=48), story)


def test_a_process_that_keeps_within_its_limit_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_limit, "SLACK_MB", 0)

    async def story(under_test: Sandbox, _: ProcessPool) -> None:
        assert [(await under_test.invoke(INVOCATION)).answer.payload for _ in range(2)] == [b"1", b"2"]

    play(settings(HOLD_AND_ANSWER_TWICE, tmp_path, memory_mb=128), story)


def test_warming_up_tells_of_a_function_that_cannot_be_loaded(tmp_path: Path) -> None:
    async def story(under_test: Sandbox, _: ProcessPool) -> None:
        with pytest.raises(InitError):
            await under_test.warm_up()

    play(settings(FAIL_TO_INITIALIZE, tmp_path), story)


def test_an_invocation_in_progress_is_finished_before_the_end(tmp_path: Path) -> None:
    async def story(under_test: Sandbox, pool: ProcessPool) -> None:
        invoked = asyncio.create_task(under_test.invoke(INVOCATION))
        while not (tmp_path / "began").exists():
            await asyncio.sleep(0.01)
        await under_test.end()
        (tmp_path / "go on").touch()
        assert not (await invoked).answer.is_error
        await (await pool.start(settings(NEVER_ASK, tmp_path).program)).stop()  # there is room: the process has ended

    play(settings(WAIT_FOR_FILE, tmp_path), story)

"""How many processes there may be, with real ones that never ask for work."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from local_cloud.plugins.lambda_.processes.process_pool import (
    PoolExhaustedError,
    ProcessPool,
    configured_keeping,
    configured_limit,
)
from local_cloud.plugins.lambda_.processes.runtime_process import RuntimeProcess
from local_cloud.plugins.lambda_.processes.supervised_process import Program

VARIABLE = "LOCAL_CLOUD_LAMBDA_MAX_PROCESSES"
PROGRAM = Program((sys.executable, "-I", "-S", "-c", "import time; time.sleep(300)"), Path.cwd(), {})

Start = Callable[[], Awaitable[RuntimeProcess]]


def play(story: Callable[[ProcessPool, Start], Awaitable[None]], limit: int, kept: int | None = None) -> None:
    async def play_with_pool() -> None:
        pool, started = ProcessPool(limit, kept=kept), list[RuntimeProcess]()

        async def start() -> RuntimeProcess:
            started.append(await pool.start(PROGRAM))
            return started[-1]

        try:
            await story(pool, start)
        finally:
            for process in started:
                await process.stop()

    asyncio.run(play_with_pool())


def test_no_more_are_started_while_all_are_busy() -> None:
    async def story(_: ProcessPool, start: Start) -> None:
        await start()
        await start()
        with pytest.raises(PoolExhaustedError):
            await start()

    play(story, limit=2)


def test_those_that_are_about_to_start_count() -> None:
    async def story(_: ProcessPool, start: Start) -> None:
        outcomes = await asyncio.gather(*(start() for _ in range(5)), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [RuntimeProcess, RuntimeProcess, *[PoolExhaustedError] * 3]

    play(story, limit=2)


def test_the_one_that_has_rested_longest_makes_room() -> None:
    async def story(pool: ProcessPool, start: Start) -> None:
        first, second, third = await start(), await start(), await start()
        pool.rest(third)
        pool.rest(first)
        await start()
        assert [process.usable for process in (first, second, third)] == [True, True, False]

    play(story, limit=3)


def test_one_that_was_used_again_has_not_rested_longest() -> None:
    async def story(pool: ProcessPool, start: Start) -> None:
        first, second = await start(), await start()
        pool.rest(first)
        pool.rest(second)
        first.busy = True
        pool.rest(first)
        await start()
        assert [process.usable for process in (first, second)] == [True, False]

    play(story, limit=2)


def test_beyond_those_that_are_kept_all_that_rest_leave_and_busy_ones_go_on() -> None:
    async def story(pool: ProcessPool, start: Start) -> None:
        first, second, third, fourth = await start(), await start(), await start(), await start()
        pool.rest(third)
        pool.rest(first)
        fifth = await start()
        assert [process.usable for process in (first, second, third, fourth, fifth)] == [False, True, False, True, True]

    play(story, limit=5, kept=2)


def test_one_that_ended_by_itself_leaves_its_place() -> None:
    async def story(_: ProcessPool, start: Start) -> None:
        process = await start()
        await process.stop()
        await start()

    play(story, limit=1)


def test_a_closed_pool_has_ended_all_even_the_busy_and_starts_none() -> None:
    async def story(pool: ProcessPool, start: Start) -> None:
        busy, resting = await start(), await start()
        pool.rest(resting)
        await pool.close()
        assert [process.usable for process in (busy, resting)] == [False, False]
        with pytest.raises(PoolExhaustedError):
            await start()

    play(story, limit=3)


def test_one_that_could_not_be_started_takes_no_place(tmp_path: Path) -> None:
    async def story(pool: ProcessPool, start: Start) -> None:
        with pytest.raises(FileNotFoundError):
            await pool.start(Program(PROGRAM.command, tmp_path / "gone", {}))
        await start()

    play(story, limit=1)


def test_the_limit_is_a_number_above_0() -> None:
    assert configured_limit({VARIABLE: "3"}) == 3
    assert 16 <= configured_limit({}) == configured_limit({VARIABLE: ""}) <= 64
    assert configured_keeping({VARIABLE: "100"}) == 100
    assert configured_keeping({}) <= configured_limit({})
    for text in ("0", "-1", "many", "1.5"):
        with pytest.raises(ValueError, match=f"{VARIABLE} must be a whole number above 0, not '{text}'"):
            configured_limit({VARIABLE: text})

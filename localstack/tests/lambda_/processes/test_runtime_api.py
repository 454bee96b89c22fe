"""The Runtime API as a function's process meets it, over real connections."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import psutil
import pytest
from local_cloud.plugins.lambda_.processes.answers import Answer
from local_cloud.plugins.lambda_.processes.runtime_api import MAX_RESPONSE, InitError, Invocation, RuntimeApi

INVOCATION = Invocation("4607", "arn:aws:lambda:eu-west-1:000000000000:function:f", "Root=1-2-3", b'{"drink": "tea"}')

Story = Callable[[RuntimeApi, httpx.AsyncClient], Awaitable[None]]


def play(story: Story) -> None:
    async def play_with_server() -> None:
        api = RuntimeApi()
        address = await api.listen()
        try:
            async with httpx.AsyncClient(base_url=f"http://{address}/2018-06-01/runtime", trust_env=False) as process:
                await story(api, process)
        finally:
            api.close()

    asyncio.run(play_with_server())


async def handed_over(api: RuntimeApi, process: httpx.AsyncClient) -> asyncio.Task[Answer]:
    """Return the answer to come of an invocation that the process has taken."""
    asked = asyncio.create_task(process.get("/invocation/next"))
    await api.asked_for_work()
    answer = asyncio.create_task(api.answer(INVOCATION, deadline_ms=1_800_000_000_000))
    await asked
    return answer


def test_the_process_is_handed_the_event_and_all_that_its_context_tells() -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        asked = asyncio.create_task(process.get("/invocation/next"))
        await api.asked_for_work()
        answer = asyncio.create_task(api.answer(INVOCATION, deadline_ms=1_800_000_000_000))
        work = await asked
        answer.cancel()
        assert work.content == b'{"drink": "tea"}'
        assert work.headers["Lambda-Runtime-Aws-Request-Id"] == "4607"
        assert work.headers["Lambda-Runtime-Deadline-Ms"] == "1800000000000"
        assert work.headers["Lambda-Runtime-Invoked-Function-Arn"] == INVOCATION.function_arn
        assert work.headers["Lambda-Runtime-Trace-Id"] == "Root=1-2-3"

    play(story)


@pytest.mark.parametrize(("path", "is_error"), [("response", False), ("error", True)])
def test_the_answer_is_what_the_process_posts(path: str, is_error: bool) -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        answer = await handed_over(api, process)
        posted = await process.post(f"/invocation/4607/{path}", content=b'{"a": 1}')
        assert posted.status_code == 202
        assert await answer == Answer(b'{"a": 1}', is_error)

    play(story)


def test_an_error_may_carry_a_traceback_of_a_megabyte_in_a_header() -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        answer = await handed_over(api, process)
        cause = {"Lambda-Runtime-Function-XRay-Error-Cause": "x" * 1_000_000}
        await process.post("/invocation/4607/error", content=b"{}", headers=cause)
        assert (await answer).is_error

    play(story)


def test_an_answer_to_another_invocation_is_refused() -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        answer = await handed_over(api, process)
        wrong = await process.post("/invocation/4606/response", content=b"1")
        right = await process.post("/invocation/4607/response", content=b"2")
        again = await process.post("/invocation/4607/response", content=b"3")
        assert [wrong.status_code, right.status_code, again.status_code] == [400, 202, 400]
        assert (await answer).payload == b"2"

    play(story)


def test_an_answer_after_the_timeout_is_refused() -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        answer = await handed_over(api, process)
        answer.cancel()
        late = await process.post("/invocation/4607/response", content=b"1")
        assert late.json()["errorType"] == "InvalidRequestID"

    play(story)


@pytest.mark.parametrize(("size", "status", "is_error"), [(MAX_RESPONSE, 202, False), (MAX_RESPONSE + 1, 413, True)])
def test_a_response_above_the_limit_is_refused_and_one_at_it_is_not(size: int, status: int, is_error: bool) -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        answer = await handed_over(api, process)
        posted = await process.post("/invocation/4607/response", content=b"1" * size)
        assert posted.status_code == status
        assert (await answer).is_error == is_error

    play(story)


def test_a_process_that_cannot_initialize_tells_instead_of_asking() -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        await process.post("/init/error", content=b'{"errorType": "Runtime.ImportModuleError"}')
        with pytest.raises(InitError) as caught:
            await api.asked_for_work()
        assert caught.value.payload == b'{"errorType": "Runtime.ImportModuleError"}'

    play(story)


def test_what_is_not_part_of_the_api_is_not_found() -> None:
    async def story(_: RuntimeApi, process: httpx.AsyncClient) -> None:
        answers = [await process.post("/invocation/next"), await process.get("/restore/next")]
        assert [answer.status_code for answer in answers] == [404, 404]

    play(story)


def test_who_does_not_speak_http_is_hung_up_on_and_others_are_served() -> None:
    async def story(api: RuntimeApi, process: httpx.AsyncClient) -> None:
        reader, writer = await asyncio.open_connection(process.base_url.host, process.base_url.port)
        writer.write(b"\0\1\2\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.0 400")
        writer.close()
        answer = await handed_over(api, process)
        await process.post("/invocation/4607/response", content=b"1")
        assert (await answer).payload == b"1"

    play(story)


def test_only_this_machine_is_listened_to() -> None:
    async def story(_: RuntimeApi, process: httpx.AsyncClient) -> None:
        connections = psutil.Process().net_connections(kind="tcp")
        listening = [c.laddr for c in connections if c.status == psutil.CONN_LISTEN]
        assert ("127.0.0.1", process.base_url.port) in listening
        assert {address.ip for address in listening} == {"127.0.0.1"}

    play(story)

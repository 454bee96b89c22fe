"""What a room gets of a shelf: the front page, files whole or in part, and nothing that is not on it."""

import asyncio
import hashlib
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from deployer.problem import Problem
from gate.files.__main__ import main, opening
from gate.files.handing_out import HandingOut
from gate.files.shelf import Shelf, shelf_of
from gate.network.rates import Rates
from gate.network.server import listening
from gate.room import Room
from tests.unit.bundle.small_bundle import small_bundle

type Answers = list[httpx.Response]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bundle = small_bundle(tmp_path)
    bundle.with_suffix(".txt").write_text("what is in it")
    return tmp_path


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    text = folder / "text"
    (text / "en").mkdir(parents=True)
    (text / "en/README.html").write_text("<h1>Read</h1>")
    (text / ".doctrees").mkdir()
    (text / ".doctrees/secret").write_text("nobody's")
    return shelf_of(folder, text)


@pytest.fixture
def room() -> Room:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return Room("127.0.0.1", free.getsockname()[1], is_plain=True)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def ask(shelf: Shelf, room: Room, told: list[str]) -> Callable[..., Answers]:
    """What is answered to each of these requests, one after the other."""

    async def answers(requests: tuple[httpx.Request, ...]) -> Answers:
        rates = Rates()
        async with (
            listening(room, HandingOut(shelf, room, rates, told.append).serve, rates, None),
            httpx.AsyncClient(trust_env=False) as client,
        ):
            return [await client.send(request) for request in requests]

    return lambda *requests: asyncio.run(answers(requests))


@pytest.fixture
def get(room: Room) -> Callable[..., httpx.Request]:
    return lambda path, method="GET", **headers: httpx.Request(method, f"{room.origin}{path}", headers=headers)


def test_the_front_page_says_what_to_type_and_what_to_compare(
    ask: Callable[..., Answers], get: Callable[..., httpx.Request], room: Room, folder: Path
) -> None:
    (english, spanish) = ask(get("/"), get("/", **{"Accept-Language": "es-ES,es"}))
    sha256 = hashlib.sha256((folder / "small.pyz").read_bytes()).hexdigest()
    for page in (english.text, spanish.text):
        assert f"curl -C - -O {room.origin}/small.pyz" in page
        assert f"{sha256[:4]} {sha256[4:8]} {sha256[8:12]}" in page
        assert 'href="/text/en/README.html"' in page
    assert "Compare with the big screen" in english.text
    assert "Compara con la pantalla grande" in spanish.text


def test_who_was_cut_off_gets_the_rest(
    ask: Callable[..., Answers], get: Callable[..., httpx.Request], folder: Path, told: list[str]
) -> None:
    whole = (folder / "small.pyz").read_bytes()
    first, rest = ask(get("/small.pyz", Range="bytes=0-99"), get("/small.pyz", Range="bytes=100-"))
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.content + rest.content == whole
    assert told == ["127.0.0.1 has small.pyz"]


def test_who_has_all_of_it_is_told_so(
    ask: Callable[..., Answers], get: Callable[..., httpx.Request], folder: Path
) -> None:
    (answer,) = ask(get("/small.pyz", Range=f"bytes={(folder / 'small.pyz').stat().st_size}-"))
    assert answer.status_code == 416


def test_the_list_and_the_text_are_handed_out(
    ask: Callable[..., Answers], get: Callable[..., httpx.Request], told: list[str]
) -> None:
    contents, page, head = ask(get("/small.txt"), get("/text/en/README.html"), get("/small.pyz", "HEAD"))
    assert (contents.text, page.text, head.status_code, head.content) == ("what is in it", "<h1>Read</h1>", 200, b"")
    assert page.headers["Content-Type"].startswith("text/html")
    assert told == []


@pytest.mark.parametrize(
    "path",
    [
        "/sources/README.md",
        "/text/.doctrees/secret",
        "/text/../small.pyz/../sources/README.md",
        "/text/%2e%2e/sources/README.md",
        "//etc/passwd",
        "/text/",
        "/.pyz",
    ],
)
def test_what_is_not_on_the_shelf_is_not_here(
    ask: Callable[..., Answers], get: Callable[..., httpx.Request], path: str
) -> None:
    (answer,) = ask(get(path))
    assert (answer.status_code, answer.json()["Code"]) == (404, "NotHere")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_done_but_read(
    ask: Callable[..., Answers], get: Callable[..., httpx.Request], method: str
) -> None:
    (answer,) = ask(get("/small.pyz", method))
    assert answer.status_code == 405


def test_the_teacher_reads_what_the_room_types(shelf: Shelf, room: Room) -> None:
    said = opening(shelf, room)
    assert f"curl -C - -O {room.origin}/small.pyz" in said
    assert shelf.bundles[0].short_sha256 in said


def test_a_folder_without_a_bundle_or_with_a_damaged_one_is_told(folder: Path) -> None:
    with pytest.raises(Problem, match="Run make bundle first"):
        shelf_of(folder / "nowhere", folder / "text")
    (folder / "small.pyz").write_bytes(b"half")
    with pytest.raises(Problem, match="is no bundle, or a damaged one"):
        shelf_of(folder, folder / "text")


def test_the_address_is_one_that_the_teacher_names() -> None:
    ran = CliRunner().invoke(main, ["--address", "0.0.0.0"])  # noqa: S104  # which is what must not be
    assert ran.exit_code == 1
    assert "stands for every network of this machine" in ran.output
    assert "make share" not in ran.output


def test_who_was_cut_off_is_not_told_of(shelf: Shelf, room: Room, folder: Path, told: list[str]) -> None:
    with (folder / "small.pyz").open("ab") as more:
        more.truncate(32 * 2**20)  # more than any buffer on the way holds

    async def cut_off() -> None:
        rates = Rates()
        async with listening(room, HandingOut(shelf, room, rates, told.append).serve, rates, None):
            reading, writing = await asyncio.open_connection(room.address, room.port)
            writing.write(f"GET /small.pyz HTTP/1.1\r\nHost: {room.authority}\r\n\r\n".encode())
            await reading.readexactly(100)
            writing.transport.abort()

    asyncio.run(cut_off())
    assert told == []

"""The workshop's text in a browser: from files alone, and with the learner's progress where it is served."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from simulator.screens.chromium import PATIENCE_MS
from tests.integration.pages.windows import Window
from tests.support.built_text import LANGUAGES, ROOT, built_text
from workshop.learners_folder import LearnersFolder
from workshop.modules import FOLDER
from workshop.way import Way

NOW = "2026-11-29T10:00:00+00:00"
BEGUN = Way("1a", {"0": NOW}, None, {})
FINDING = {
    "step": "1a-2",
    "title": "an order in a full bar is turned away",
    "seen": "the order is FAILED",
    "expected": "it is CANCELLED, “Bar full”",
    "where": ["my-bar/workflow.asl.json:41, state “Take a place at the bar”"],
    "try": "catch the refusal",
}
SIZES = ((360, 740), (1366, 850))


@pytest.fixture
def folder(tmp_path: Path) -> LearnersFolder:
    folder = LearnersFolder(tmp_path / FOLDER)
    BEGUN.note(folder)
    return folder


def reading(folder: LearnersFolder, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "workshop", "--folder", str(folder.root), "read", "--port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "OPEN": "0"}, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def served(folder: LearnersFolder) -> Iterator[str]:
    """Where it is served; Ctrl-C ends it, though a page still listens."""
    built_text()
    with reading(folder, 0) as process:
        assert process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found
        yield found[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A reader's window; it may neither complain nor ask for anything but the text."""
    asked: list[str] = []
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1366, "height": 850})
    context.set_default_timeout(PATIENCE_MS)
    context.on("request", lambda one: asked.append(one.url))
    context.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    context.on("weberror", lambda one: faults.append(str(one.error)))
    yield context.new_page()
    context.close()
    assert faults == []
    assert {urlsplit(url).scheme for url in asked} <= {"file", "http", "data"}
    assert {urlsplit(url).hostname for url in asked} <= {None, "127.0.0.1"}


def search(page: Page, word: str, language: str) -> None:
    page.get_by_role("search").first.get_by_role("textbox").fill(word)
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li a").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_and_searched_from_files_alone(page: Page, language: str) -> None:
    page.goto((built_text() / language / "README.html").as_uri())
    page.locator(".sidebar-tree a[href='1a.html']").click()
    expect(page.locator("h1")).to_contain_text("1a.")
    expect(page.locator("button.copybtn").first).to_be_attached()
    search(page, "ResultPath", language)


def test_what_is_copied_is_what_is_typed(page: Page) -> None:
    page.goto((built_text() / "en" / "README.html").as_uri())
    answered = page.locator("div.highlight-console")
    expect(answered).to_contain_text("does not hold yet")
    page.evaluate("document.addEventListener('copy', () => (window.copied = document.querySelector('textarea').value))")
    answered.hover()
    answered.locator("button.copybtn").click()
    assert page.evaluate("window.copied") == "make check STEP=1"


def test_the_progress_is_beside_the_paragraph_that_it_is_about(page: Page, served: str, folder: LearnersFolder) -> None:
    page.goto(f"{served}/en/1a.html")
    expect(page.locator(".sidebar-tree a[href='0.html'] .holds")).to_be_visible()
    expect(page.locator(".step-1a-1 h2 .holds")).to_have_count(0)
    BEGUN.noticed(["1a-1"], FINDING, NOW).note(folder)
    expect(page.locator(".step-1a-1 h2 .holds")).to_be_visible()
    note = page.locator(".step-1a-2 .highlight-json + .progress-finding")
    expect(note).to_contain_text("catch the refusal")
    replace(BEGUN, held={"0": NOW, "1a": NOW}).noticed(["1a-1", "1a-2"], None, NOW).note(folder)
    expect(page.locator("h1 .holds")).to_be_visible()
    expect(page.locator(".progress-finding")).to_have_count(0)


def test_it_is_searched_where_it_is_served(page: Page, served: str) -> None:
    page.goto(f"{served}/")
    search(page, "ResultPath", "en")


def test_it_is_served_to_this_machine_alone_and_in_its_language(served: str) -> None:
    with httpx.Client(base_url=served, trust_env=False, timeout=60) as http:
        assert http.get("/progress", headers={"Host": "elsewhere.example"}).status_code == 403
        assert http.get("/", headers={"Accept-Language": "es-ES,es;q=0.9"}).headers["Location"] == "/es/README.html"
        assert http.get("/", headers={"Accept-Language": "de"}).headers["Location"] == "/en/README.html"


def test_a_second_reader_is_led_to_the_first(served: str, folder: LearnersFolder, tmp_path: Path) -> None:
    port = urlsplit(served).port
    assert port
    with reading(folder, port) as second:
        said, _ = second.communicate(timeout=120)
    assert (second.returncode, served in said) == (0, True)
    with reading(LearnersFolder(tmp_path / "another"), port) as stranger:
        stranger.communicate(timeout=120)
    assert stranger.returncode == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_everybody_can_read_it(
    browser: Browser, served: str, folder: LearnersFolder, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    BEGUN.noticed(["1a-1"], FINDING, NOW).note(folder)
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    window = Window(context.new_page(), context)
    window.page.goto(f"{served}/en/1a.html")
    expect(window.page.locator(".progress-finding")).to_be_visible()
    assert window.judge(within="article") == []
    assert not window.is_wider_than_its_screen()
    context.close()

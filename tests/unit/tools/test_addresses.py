"""How `make local` ends: with the one address to begin at, which is opened where a person sits and nowhere else."""

import io
import webbrowser
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "addresses"
HOME = "http://127.0.0.1:4566/"
OUTPUTS = {
    "apiUrl": f"{HOME}api",
    "local": {"lettersUrl": f"{HOME}_aws/ses", "textMessagesUrl": f"{HOME}_aws/sns/sms-messages"},
}


@pytest.fixture(scope="module")
def addresses() -> ModuleType:
    loader = SourceFileLoader("addresses", str(TOOL))
    module = module_from_spec(ModuleSpec("addresses", loader, origin=str(TOOL)))
    module.__dict__["__file__"] = str(TOOL)
    loader.exec_module(module)
    return module


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Browser:
    """A browser in a window of its own, or one that fails."""

    def __init__(self, fault: object) -> None:
        self.fault = fault

    def open(self, _: str) -> bool:
        if isinstance(self.fault, Exception):
            raise self.fault
        return True


def test_the_last_line_is_where_to_begin(addresses: ModuleType) -> None:
    assert addresses.lines({**OUTPUTS, "homeUrl": HOME})[-1].strip() == HOME
    assert addresses.lines(OUTPUTS)[-1].strip().endswith("/config?eventId=ABC")  # a bar without pages


@pytest.mark.parametrize(
    ("environment", "output", "does_sit"),
    [
        ({}, Terminal(), True),
        ({}, io.StringIO(), False),
        ({"CI": "true"}, Terminal(), False),
        ({"OPEN": "0"}, Terminal(), False),
        ({"OPEN": "1"}, Terminal(), True),
    ],
)
def test_a_person_sits_at_a_terminal_and_may_say_no(
    addresses: ModuleType, environment: dict[str, str], output: io.StringIO, *, does_sit: bool
) -> None:
    assert addresses.somebody_sits_here(environment, output) is does_sit


@pytest.mark.parametrize("fault", [OSError("no display"), webbrowser.Error("no browser")])
def test_what_cannot_be_opened_is_no_error(
    addresses: ModuleType, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: Browser(fault))
    addresses.open_in_browser(HOME, {})


@pytest.mark.parametrize(
    ("environment", "kind", "is_opened"),
    [
        ({}, Browser, True),
        ({}, webbrowser.GenericBrowser, False),
        ({"BROWSER": "x %s"}, webbrowser.GenericBrowser, True),
    ],
)
def test_no_browser_takes_the_terminal_away_but_the_one_that_was_asked_for(
    addresses: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    kind: Any,
    *,
    is_opened: bool,
) -> None:
    browser = kind("browser")
    opened: list[str] = []
    monkeypatch.setattr(browser, "open", opened.append)
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    addresses.open_in_browser(HOME, environment)
    assert opened == ([HOME] if is_opened else [])

"""A page that is overseen while it is open: what goes wrong in it, whom it asks, what it is told. Judges nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, StorageState, WebSocket
from playwright.sync_api import TimeoutError as TooLate

from simulator.screens.policy import hold_to

_OF_NO_MACHINE = {"data", "blob"}
_LOADED_WITHIN_MS, _ANSWERS_WITHIN_MS = 15_000, 2_000
_NEVER_LOADED = f"it was not loaded after {_LOADED_WITHIN_MS // 1000} seconds: is there a loop without an end?"


@dataclass(frozen=True)
class Complaint:
    """An error that nobody caught, or one in the console.

    Attributes:
        url: of the file that it is about, or of what could not be loaded; empty where the browser names none.
        line: in that file, from 1.
    """

    text: str
    url: str
    line: int


@dataclass
class Overseen:
    """Such a page, from before its first request on."""

    page: Page
    address: str
    _complaints: list[Complaint] = field(default_factory=list)
    _elsewhere: list[str] = field(default_factory=list)
    _sockets: list[str] = field(default_factory=list)
    _answered: list[str] = field(default_factory=list)
    _heard: list[str] = field(default_factory=list)
    _loads: int = 0

    @classmethod
    def open(cls, browser: Browser, address: str, state: StorageState, policy: str) -> Self:
        """Open a page in a browser that never was there, and wait until it is loaded, or has that for a complaint.

        Args:
            browser: in which.
            address: the page's.
            state: what the browser keeps for the page.
            policy: the Content-Security-Policy that the page comes with.
        """
        context = browser.new_context(storage_state=state, locale="en")
        hold_to(context, re.compile(re.escape(address)), policy)
        overseen = cls(context.new_page(), address)
        overseen._oversee()
        try:
            overseen.page.goto(address, timeout=_LOADED_WITHIN_MS)
        except Error as error:  # TooLate, or the page has sent its browser elsewhere
            why = _NEVER_LOADED if isinstance(error, TooLate) else error.message
            overseen._complaints.insert(0, Complaint(why, address, 1))
        return overseen

    @property
    def complaints(self) -> list[Complaint]:
        """What went wrong in it so far."""
        return self._up_to_now()._complaints

    @property
    def elsewhere(self) -> list[str]:
        """The addresses that it asked beside those of its own origin."""
        return self._up_to_now()._elsewhere

    @property
    def answered(self) -> list[str]:
        """The addresses of the requests that were answered in full."""
        return self._up_to_now()._answered

    @property
    def sockets(self) -> list[str]:
        """The addresses of the WebSockets that it opened."""
        return self._up_to_now()._sockets

    @property
    def heard(self) -> list[str]:
        """What was said to it on those."""
        return self._up_to_now()._heard

    @property
    def loads(self) -> int:
        """How often it was loaded."""
        return self._up_to_now()._loads

    def text(self, element: str) -> str | None:
        """What the element of an id says now, without blanks around it; None where there is none, or no answer."""
        try:
            return (self.page.locator(f"#{element}").text_content(timeout=_ANSWERS_WITHIN_MS) or "").strip()
        except Error:
            return None

    def count(self, selector: str) -> int:
        """How many elements a selector of Playwright's finds; none where the page is too busy to answer."""
        try:
            self.page.locator("body").text_content(timeout=_ANSWERS_WITHIN_MS)
        except Error:
            return 0
        return self.page.locator(selector).count()

    def close(self) -> None:
        """Close its window, and forget what its browser kept."""
        self.page.context.close()

    def _up_to_now(self) -> Self:
        """Playwright tells what happened while it is waited for; of the page nothing is asked, which may be busy."""
        self.page.wait_for_timeout(1)
        return self

    def _oversee(self) -> None:
        context = self.page.context
        developer = context.new_cdp_session(self.page)
        developer.on("Runtime.exceptionThrown", self._uncaught)
        developer.send("Runtime.enable")
        context.on("console", self._said)
        context.on("request", self._asked)
        context.on("requestfinished", lambda request: self._answered.append(request.url))
        self.page.on("websocket", self._connected)

    def _uncaught(self, event: Mapping[str, Any]) -> None:
        """https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-ExceptionDetails: lines begin with 0."""
        told = event["exceptionDetails"]
        text = told.get("exception", {}).get("description") or told["text"]
        frames = told.get("stackTrace", {}).get("callFrames") or [told]
        self._complaints.append(Complaint(text, frames[0].get("url", ""), frames[0]["lineNumber"] + 1))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(
                Complaint(message.text, message.location["url"], message.location["lineNumber"] + 1)
            )

    def _asked(self, request: Request) -> None:
        self._loads += request.is_navigation_request() and request.frame == self.page.main_frame
        there, here = urlsplit(request.url), urlsplit(self.address)
        if there.scheme not in _OF_NO_MACHINE and there.netloc != here.netloc:
            self._elsewhere.append(request.url)

    def _connected(self, socket: WebSocket) -> None:
        self._sockets.append(socket.url)
        socket.on("framereceived", lambda payload: self._heard.append(str(payload)))

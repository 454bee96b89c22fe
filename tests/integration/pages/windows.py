"""A window for each person who looks at a page, and a record of what must not happen in any of them."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    WebSocket,
    expect,
)

from simulator.probe.people import Person
from simulator.screens.chromium import PATIENCE_MS
from simulator.screens.policy import hold_to
from simulator.screens.signed_in import signed_in

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
HOME = "home"
SERIOUS = {"serious", "critical"}

# What the browser itself says about the network: a 4xx, a connection that was cut. What a page makes of it is tested.
ABOUT_THE_NETWORK = ("Failed to load resource", "WebSocket connection to")


@dataclass(frozen=True)
class Device:
    """What somebody looks at a page with.

    Attributes:
        size: width and height in CSS pixels.
        language: what the browser asks for.
    """

    size: tuple[int, int]
    language: str = "en"


PHONE = Device((360, 740))
TABLET = Device((1024, 768))
BIG_SCREEN = Device((1920, 1080))
DESKTOP = Device((1366, 850))


@dataclass(frozen=True)
class Window:
    """A page of the bar as one person has it open."""

    page: Page
    context: BrowserContext

    def title(self, text: str) -> Locator:
        """The screen's heading."""
        return self.page.get_by_role("heading", level=1, name=text, exact=True)

    def shows(self, title: str) -> None:
        """Wait until this is the screen's heading."""
        expect(self.title(title)).to_be_visible()

    def says(self, text: str) -> None:
        """Wait until this can be read."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def press(self, button: str) -> None:
        """Press the button as soon as it is there."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def judge(self, within: str = "html") -> list[str]:
        """What axe finds that is serious: for keyboards, screen readers and weak eyes.

        Args:
            within: what of the page is judged, as a CSS selector.
        """
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe())
        look = "within => axe.run(within, {resultTypes: ['violations']})"
        found = cast("dict[str, Any]", self.page.evaluate(look, within))
        return [
            f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}"
            for one in found["violations"]
            if one["impact"] in SERIOUS
        ]

    def is_wider_than_its_screen(self) -> bool:
        """Whether it scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@cache
def axe() -> str:
    """The script that judges pages."""
    return AXE.read_text()


@dataclass
class Windows:
    """Opens pages, each with cookies and storage of its own.

    Attributes:
        pages_url: where the folders of the pages are.
        security: the Content-Security-Policy that the pages come with, as at a domain of one's own; mostly none.
        trusting: whether its people trust a certificate that no authority signed.
        faults: errors in any window's console, and requests that left the machine; must be empty at the end.
    """

    browser: Browser
    pages_url: str
    security: str = ""
    trusting: bool = False
    faults: list[str] = field(default_factory=list)
    opened: list[Window] = field(default_factory=list)

    def open(
        self, name: str, device: Device, person: Person | None = None, *, shop: str | None = None, screen: str = ""
    ) -> Window:
        """Open a page, for somebody who is signed in there already, or for nobody.

        Args:
            name: the page's folder; HOME for the page beside the folders.
            device: what it is looked at with.
            person: whose window it is.
            shop: whose page it is; the page's own choice if none.
            screen: its address, from the `#` on.
        """
        width, height = device.size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=device.language,
            reduced_motion="reduce",
            permissions=["camera"],
            ignore_https_errors=self.trusting,
            storage_state=signed_in(name, person.address, person.tokens, self.pages_url) if person else None,
        )
        context.set_default_timeout(PATIENCE_MS)
        self._watch(context)
        if self.security:
            page = rf"{re.escape(self.pages_url)}/([^?#]+/)?([^?#/]+\.html)?([?#].*)?$"
            hold_to(context, re.compile(page), self.security)
        window = Window(context.new_page(), context)
        self.opened.append(window)
        query = f"?eventId={shop}" if shop else ""
        folder = "" if name == HOME else f"/{name}"
        window.page.goto(f"{self.pages_url}{folder}/index.html{query}{screen}")
        return window

    def close(self) -> None:
        """Close every window."""
        for window in self.opened:
            window.context.close()

    def _watch(self, context: BrowserContext) -> None:
        def hear(message: ConsoleMessage) -> None:
            if message.type == "error" and not message.text.startswith(ABOUT_THE_NETWORK):
                self.faults.append(f"console: {message.text}")

        def see(asked: Request | WebSocket) -> None:
            parts = urlsplit(asked.url)
            if parts.scheme not in {"data", "blob"} and parts.netloc != urlsplit(self.pages_url).netloc:
                self.faults.append(f"leaves the bar: {asked.url}")

        context.on("console", hear)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("request", see)
        context.on("page", lambda page: page.on("websocket", see))

"""The Chromium of this machine: finding it, starting it, and what its camera sees. Knows no page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, Error, Page, expect, sync_playwright

# The first is the browser without windows and menus: a page opens there for a third of the processor time.
NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "microsoft-edge-stable"),
    *(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium", "Microsoft Edge")),
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",  # where there are no windows nobody could allow a page the camera
)
PATIENCE_MS = 60_000
type Chromium = Browser  # one that runs


class NoChromium(Exception):
    """This machine has no browser that pages can be opened in."""


class Camera:
    """The camera of every phone here: it sees what it was pointed at last.

    Args:
        film: a file for Chromium to read the picture from.
    """

    def __init__(self, film: Path) -> None:
        self.film = film

    def point_at(self, page: Page) -> None:
        """Hold the camera before a screen that shows the page, as it looks now."""
        self.film.write_bytes(page.screenshot(type="jpeg", quality=90))  # a film of one picture


def chromium_here() -> str:
    """The browser of this machine.

    Raises:
        NoChromium: there is none.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise NoChromium(
            f"Chromium is not here (Debian: apt install {NAMES[0]}); elsewhere, put its path into CHROMIUM"
        )
    return found


@contextmanager
def chromium(camera: Camera | None = None, *, reaching: str = "127.0.0.1") -> Iterator[Browser]:
    """A browser with a new profile and, if one is given, this camera; it is gone afterwards.

    Args:
        reaching: the one address that it can reach: even a request that should never be made does not get out.

    Raises:
        NoChromium: there is none, or it does not start.
    """
    expect.set_options(timeout=PATIENCE_MS)
    flags = [*FLAGS, f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {reaching}"]
    if camera:
        flags.append(f"--use-file-for-fake-video-capture={camera.film}")
    with sync_playwright() as playwright:
        browser = _launched(playwright.chromium, chromium_here(), flags)
        yield browser
        browser.close()


def _launched(kind: BrowserType, program: str, flags: list[str]) -> Browser:
    try:
        return kind.launch(executable_path=program, args=flags)
    except Error as error:
        raise NoChromium(f"{program} does not start: {error.message.partition('\n')[0]}") from error

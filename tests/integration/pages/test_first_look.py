"""What a page shows before its script runs: a header, at once, where it then stays."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.integration.pages.windows import BIG_SCREEN, DESKTOP, HOME, PHONE, TABLET, Device, Windows

SCRIPTS = "**/assets/*.js"  # not theme.js: paint waits for those few bytes, so that the other theme never flashes


def places(page: Page) -> list[dict[str, int]]:
    """Where the header's parts begin and how high they are, in whole pixels; they may grow to the right."""
    boxes = [page.locator(f".app-header {part}").bounding_box() for part in (".mark", ".brand")]
    return [{side: round(box[side]) for side in ("x", "y", "height")} for box in boxes if box]


@pytest.mark.parametrize(
    ("name", "device"),
    [(HOME, PHONE), ("order", PHONE), ("barista", TABLET), ("display", BIG_SCREEN), ("backstage", DESKTOP)],
)
def test_a_pages_header_is_there_before_its_script_and_does_not_move(
    windows: Windows, name: str, device: Device
) -> None:
    page = windows.open(name, device).page
    expect(page.get_by_role("main")).to_be_visible()
    in_the_end = places(page)
    held: list[Route] = []

    def hold(script: Route) -> None:
        held.append(script)

    page.route(SCRIPTS, hold)
    page.reload(wait_until="commit")
    expect(page.get_by_text("Serverlesspresso", exact=True)).to_be_visible()
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")  # with its style, that is
    assert page.get_by_role("main").count() == 0
    assert places(page) == in_the_end
    assert len(in_the_end) == 2
    for script in held:
        script.abort()

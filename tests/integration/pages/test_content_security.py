"""Pages that are held to what the deployer lets them do at a domain of one's own can still do all that they must."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from deployer.content_security import policy
from deployer.desired import pages_bucket
from deployer.place import Place
from simulator.entrance import Entrance
from simulator.outputs import Outputs
from simulator.screens.chromium import Camera
from tests.integration.pages.conftest import ACCOUNT
from tests.integration.pages.counter import Counter, choose, move, scan_by_camera
from tests.integration.pages.windows import DESKTOP, HOME, Windows


@pytest.fixture
def windows(browser: Browser, bar: Outputs) -> Iterator[Windows]:
    """Windows of pages with the policy of a real deployment, but for the addresses of this bar."""
    place = Place(ACCOUNT, bar.region, endpoint=bar.endpoint_url)
    talks_to = {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, (bar.api_url, bar.realtime_url))}
    windows = Windows(browser, place.bucket_url(pages_bucket(place)), security=policy(talks_to))
    yield windows
    windows.close()
    assert windows.faults == []


def test_an_order_goes_from_the_code_to_the_cup_and_tells_its_story(
    counter: Counter, way_in: Entrance, camera: Camera
) -> None:
    display, tablet = counter.display(), counter.tablet()
    phone = scan_by_camera(display, camera, counter.windows, way_in.mailbox)
    choose(phone, "Flat White", "Oat")
    phone.shows("You are in the queue")
    move(tablet, 1, "Make")
    move(tablet, 1, "Complete")
    phone.shows("It is ready!")
    with phone.context.expect_page() as opened:
        phone.press("See how it was made")
    expect(opened.value.locator("body")).to_contain_text("Flat White")


@pytest.mark.parametrize("name", [HOME, "backstage"])
def test_other_pages_open(windows: Windows, name: str) -> None:
    expect(windows.open(name, DESKTOP).page.get_by_role("main")).to_be_visible()


def test_what_nobody_named_is_kept_out(windows: Windows) -> None:
    page = windows.open(HOME, DESKTOP).page
    expect(page.get_by_role("main")).to_be_visible()
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.let = true'}))")
    assert page.evaluate("window.let") is None
    (fault,) = windows.faults
    assert "Content Security Policy" in fault
    windows.faults.clear()

"""What tests of the pages are handed beside the bar, its people and the browser: windows of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from deployer.desired import pages_bucket
from deployer.place import Place
from simulator.outputs import Outputs
from simulator.probe.lost_orders import LostOrders
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person
from simulator.probe.workflows import Workflows
from tests.integration.pages.album import Album
from tests.integration.pages.backstage import Backstage
from tests.integration.pages.counter import Counter
from tests.integration.pages.scene import Scene
from tests.integration.pages.windows import DESKTOP, Windows

ACCOUNT = "000000000000"  # the local cloud's


@pytest.fixture
def windows(browser: Browser, bar: Outputs) -> Iterator[Windows]:
    """Opens pages; at the end none of them may have complained, or have asked another machine for anything."""
    place = Place(ACCOUNT, bar.region, endpoint=bar.endpoint_url)
    windows = Windows(browser, place.bucket_url(pages_bucket(place)))
    yield windows
    windows.close()
    assert windows.faults == []


@pytest.fixture
def backstage(windows: Windows) -> Backstage:
    """Opens the page at a section, which is an address from the `#` on."""
    return lambda screen: windows.open("backstage", DESKTOP, screen=screen)


@pytest.fixture
def counter(windows: Windows, shop: OwnShop, customer: Person) -> Counter:
    """An ordinary shop with one customer and one barista."""
    return Counter(windows, shop, customer)


@pytest.fixture
def scene(
    windows: Windows, open_shop: OpenShop, people: People, workflows: Workflows, lost_orders: LostOrders
) -> Scene:
    return Scene(windows, open_shop, people, workflows, lost_orders)


@pytest.fixture(scope="session")
def album() -> Album:
    """Where `SCREENSHOTS` says."""
    folder = os.environ.get("SCREENSHOTS")
    return Album(Path(folder) if folder else None)

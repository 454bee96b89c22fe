"""Every section of the backstage page; and what a page says that finds no bar."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.integration.pages.scene import Scene, queued
from tests.integration.pages.windows import DESKTOP, PHONE, Window


def through_the_sections(scene: Scene) -> Iterator[tuple[str, Window]]:
    """All sections, after one order."""
    counter = scene.counter()
    order_id, _ = queued(counter.shop, counter.customer, 2)
    counter.shop.barista.complete(order_id)
    window = scene.windows.open("backstage", DESKTOP)
    main = window.page.get_by_role("main")
    window.shows("Executions")
    window.page.get_by_role("list", name="Newest executions").get_by_role("link").filter(has_text=order_id).click()
    expect(main.get_by_text("SUCCEEDED").last).to_be_visible()
    expect(main.get_by_role("button", name="Finish").first).to_be_attached()
    yield "backstage-executions", window
    _go(window, "Events")
    expect(main.get_by_text("OrderProcessor.orderFinished").first).to_be_visible()
    main.get_by_role("row").nth(1).get_by_role("button").click()
    yield "backstage-events", window
    _go(window, "Orders")
    main.get_by_role("link").filter(has_text=order_id).click()
    expect(main.get_by_role("row").filter(has_text="OrderProcessor.orderFinished")).to_be_visible()
    yield "backstage-orders", window
    _go(window, "Tables")
    main.get_by_role("link", name="orders", exact=True).click()
    expect(main.get_by_role("cell", name="COMPLETED", exact=True).first).to_be_attached()
    yield "backstage-tables", window
    _go(window, "Functions")
    expect(main.get_by_role("group").first).to_be_visible()
    yield "backstage-functions", window
    _go(window, "Dead letters")
    yield "backstage-dead-letters", window
    _go(window, "Messages")
    expect(main.get_by_role("button", name="Copy the code").first).to_be_visible()
    yield "backstage-messages", window


def _go(window: Window, section: str) -> None:
    window.page.get_by_role("navigation").get_by_role("link", name=section, exact=True).click()
    window.shows(section)


def without_a_bar(scene: Scene) -> Iterator[tuple[str, Window]]:
    """A page that was put somewhere without its configuration."""
    phone = scene.windows.open("order", PHONE)
    phone.shows("Sign in")
    phone.page.route("**/config.json", lambda route: route.fulfill(status=404))
    phone.page.reload()
    phone.shows("This page found no bar")
    yield "order-no-bar", phone

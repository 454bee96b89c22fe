"""Every section of the backstage page; and what a page says that finds no bar."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.integration.pages.backstage import edges_taken, entry, go, look_for, part, state
from tests.integration.pages.counter import Counter
from tests.integration.pages.scene import Scene, View, queued, view
from tests.integration.pages.windows import DESKTOP, PHONE, Window

WORKFLOW = "State machine: OrderProcessorWorkflow"


def through_the_sections(scene: Scene) -> Iterator[View]:
    """All sections, after one order."""
    counter = scene.counter()
    order_id, _ = queued(counter.shop, counter.customer, 2)
    counter.shop.barista.complete(order_id)
    window = scene.windows.open("backstage", DESKTOP)
    window.shows("Executions")
    yield from through_the_executions(window, counter, order_id)
    yield from through_the_events(window)
    yield from through_the_rest(window, order_id)


def through_the_executions(window: Window, counter: Counter, order_id: str) -> Iterator[View]:
    """The order's execution, one of its states, and a search that finds it and one that was cancelled."""
    main = window.page.get_by_role("main")
    entry(window, order_id).click()
    expect(entry(window, order_id)).to_contain_text("SUCCEEDED")
    expect(edges_taken(window)).not_to_have_count(0)
    lit = [state(window, name, "done") for name in ("Claim the order", "Wait for the barista", "Finish the order")]
    yield view("backstage-executions", window, "Executions", *lit)
    state(window, "Wait for the barista", "done").click()
    yield view("backstage-state", window, "Executions", main.get_by_role("complementary", name="Wait for the barista"))
    counter.customer.cancel(counter.shop.scan(counter.customer))
    look_for(window, counter.customer.address)
    found = window.page.get_by_role("list", name="Matching executions").get_by_role("link")
    yield view("backstage-search", window, "Executions", found.filter(has_text="Cancelled by customer").first)


def through_the_events(window: Window) -> Iterator[View]:
    """An event with who heard it, and a command."""
    main = window.page.get_by_role("main")
    go(window, "Events")
    finished = main.get_by_text("OrderProcessor.orderFinished").first
    expect(finished).to_be_visible()
    main.get_by_role("row").filter(has_text="OrderProcessor.orderFinished").first.get_by_role("button").click()
    heard = main.get_by_role("region", name="Rules of the bus").get_by_role("article").filter(has_text="taken")
    yield view("backstage-events", window, "Events", finished, heard.first)
    main.get_by_role("button", name="Show me the command").first.click()
    yield view("backstage-command", window, "Events", main.get_by_text("awslocal logs filter-log-events").first)


def through_the_rest(window: Window, order_id: str) -> Iterator[View]:
    """The other sections."""
    main = window.page.get_by_role("main")
    go(window, "Orders")
    search = main.get_by_role("search").get_by_role("textbox")
    search.fill(order_id)  # other tests' orders may have pushed it off the list of the newest
    search.press("Enter")
    told = main.get_by_role("row").filter(has_text="OrderProcessor.orderFinished")
    yield view("backstage-orders", window, "Orders", told)
    main.get_by_role("link", name="Step through", exact=True).click()
    window.shows("Step through")
    main.get_by_role("slider", name="Time line").press("End")
    yield view("backstage-steps", window, "Step through", part(window, WORKFLOW))
    go(window, "Map")
    yield view("backstage-map", window, "Map", part(window, WORKFLOW))
    go(window, "Tables")
    main.get_by_role("link", name="orders", exact=True).click()
    expect(main.get_by_role("cell", name="COMPLETED", exact=True).first).to_be_attached()
    yield view("backstage-tables", window, "Tables", main.get_by_role("table").first)
    go(window, "Functions")
    yield view("backstage-functions", window, "Functions", main.get_by_role("group").first)
    go(window, "Dead letters")
    letters = main.get_by_text("No dead letters", exact=True).or_(main.get_by_role("article").first)
    yield view("backstage-dead-letters", window, "Dead letters", letters.first)
    go(window, "Messages")
    yield view("backstage-messages", window, "Messages", main.get_by_role("button", name="Copy the code").first)


def without_a_bar(scene: Scene) -> Iterator[View]:
    """A page that was put somewhere without its configuration."""
    phone = scene.windows.open("order", PHONE)
    phone.shows("Sign in")
    phone.page.route("**/config.json", lambda route: route.fulfill(status=404))
    phone.page.reload()
    yield view("order-no-bar", phone, "This page found no bar")

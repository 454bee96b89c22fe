"""Finding one's way about the backstage page."""

from collections.abc import Callable

from playwright.sync_api import Locator

from tests.integration.pages.windows import Window

type Backstage = Callable[[str], Window]


def go(window: Window, section: str) -> None:
    """Go to a section by the navigation."""
    window.page.get_by_role("navigation").get_by_role("link", name=section, exact=True).click()
    window.shows(section)


def entry(window: Window, order_id: str) -> Locator:
    """The order's execution in the list of the newest."""
    return window.page.get_by_role("list", name="Newest executions").get_by_role("link").filter(has_text=order_id)


def state(window: Window, name: str, outcome: str) -> Locator:
    """A state of the workflow that the execution left so: `running`, `done`, `caught` or `failed`."""
    title = window.page.get_by_text(name, exact=True)
    return window.page.get_by_role("main").locator(f"button.state.{outcome}").filter(has=title)


def part(window: Window, title: str) -> Locator:
    """A part of the system on the map, such as `Rule: serverlesspresso-new-order`."""
    return window.page.get_by_role("main").get_by_title(title, exact=True)


def lit(window: Window, title: str) -> Locator:
    """A part of the map that an order passes just now."""
    return part(window, title).and_(window.page.locator(".part.lit"))


def edges_taken(window: Window) -> Locator:
    """The ways between states that the execution took."""
    return window.page.get_by_role("main").locator(".edge.taken")


def entry_among_found(window: Window, order_id: str) -> Locator:
    """The order's execution in the list of those that somebody looked for."""
    return window.page.get_by_role("list", name="Matching executions").get_by_role("link").filter(has_text=order_id)


def look_for(window: Window, text: str) -> None:
    """Search the executions."""
    window.page.get_by_role("searchbox", name="Order, number, person or drink").fill(text)

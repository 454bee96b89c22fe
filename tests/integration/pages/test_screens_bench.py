"""What `make bench` measures in a browser: a click and what comes of it, and a page's first content."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from simulator.entrance import Entrance
from simulator.screens.bench import Sample, measure_the_screens
from simulator.screens.watching import Watched, at_work_ms, first_paint_ms
from tests.integration.pages.counter import Counter, move
from tests.integration.running_bar import CREDENTIALS

PAGES = ("order", "barista", "display", "backstage")


def test_a_heading_is_seen_after_the_click_that_it_comes_of(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    tablet, phone = counter.tablet(), counter.phone_with(order_id)
    clicks, headings = Watched(tablet.page), Watched(phone.page)
    headings.shows("You are in the queue")
    clicks.start()
    headings.start()
    move(tablet, 1, "Make")
    assert headings.seen_at("Your drink is being made") > clicks.pressed_at()


def test_a_page_is_painted_some_time_after_it_was_asked_for(counter: Counter) -> None:
    assert first_paint_ms(counter.display().page) > 0


def test_a_page_is_at_work_after_its_first_paint(counter: Counter) -> None:
    page = counter.display().page
    page.reload(wait_until="commit")
    assert at_work_ms(page) > first_paint_ms(page)


def test_the_bench_measures_the_way_of_a_click_and_the_opening_of_every_page(
    way_in: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    # In a thread of its own: there can be but one Playwright in a thread, and this one's has the other tests' windows.
    with ThreadPoolExecutor(1) as thread:
        figures = thread.submit(measure_the_screens, way_in, Sample(orders=1, visits=1)).result()
    counts = {figure.name: len(figure.values) for figure in figures}
    openings = {figure: 1 for page in PAGES for figure in (f"first paint of {page}", f"{page} at work")}
    assert counts == {"click to customer's page": 2, **openings}
    assert all(value > 0 for figure in figures for value in figure.values)
    assert all(figure.targets for figure in figures if not figure.name.endswith("at work"))

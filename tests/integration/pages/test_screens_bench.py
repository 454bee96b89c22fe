"""What `make bench` measures in a browser: a click and what comes of it, and a page's first content."""

from simulator.screens.watching import Watched, first_paint_ms
from tests.integration.pages.counter import Counter, move


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

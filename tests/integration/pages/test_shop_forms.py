"""What a barista changes about the shop on the tablet is in force at once, where customers see it."""

from playwright.sync_api import expect

from simulator.probe.people import People
from tests.integration.pages.counter import Counter
from tests.integration.pages.windows import Window

SAVED = "All is saved."


def save(tablet: Window) -> None:
    """Save the form, and see it saved."""
    tablet.press("Save")
    tablet.says(SAVED)


def test_a_drink_that_a_barista_marks_sold_out_leaves_an_order_page_that_is_open(counter: Counter) -> None:
    phone, tablet = counter.scanned(), counter.tablet("#/menu")
    espresso = phone.page.get_by_role("radio", name="Espresso", exact=True)
    espresso.check()
    available = tablet.page.get_by_role("switch", name="Espresso is available", exact=True)
    available.uncheck()
    save(tablet)
    phone.says("Espresso has just run out. Choose another drink.")
    expect(espresso).to_have_count(0)
    tablet.page.reload()
    expect(available).not_to_be_checked()

    available.check()
    save(tablet)
    expect(espresso).to_be_visible()


def test_a_limit_that_a_barista_sets_holds_at_the_next_scan(counter: Counter, people: People) -> None:
    tablet = counter.tablet("#/limits")
    limit = tablet.page.get_by_label("Orders at the bar", exact=True)
    limit.fill("1")
    save(tablet)
    counter.shop.scan(people.customer())
    phone = counter.scanned()
    phone.shows("The bar is full")
    limit.fill("2")
    save(tablet)
    phone.press("Try again")
    phone.shows("What would you like?")


def test_a_limit_that_the_bar_refuses_is_told_at_its_field_and_can_be_mended(counter: Counter) -> None:
    before = counter.shop.barista.admin_config(counter.shop.event_id)
    tablet = counter.tablet("#/limits")
    limit = tablet.page.get_by_label("Drinks per code", exact=True)
    limit.fill("1001")
    tablet.press("Save")
    expect(limit).to_have_accessible_description("The number is too large.")
    expect(limit).to_have_attribute("aria-invalid", "true")
    expect(limit).to_be_focused()
    assert counter.shop.barista.admin_config(counter.shop.event_id) == before

    limit.fill("7")
    save(tablet)
    expect(limit).to_have_accessible_description("")
    assert counter.shop.barista.admin_config(counter.shop.event_id) == {**before, "drinksPerBarcode": 7}


def test_a_menu_that_the_bar_refuses_is_told_at_the_field_that_is_wrong(counter: Counter) -> None:
    before = counter.customer.config(counter.shop.event_id)
    tablet = counter.tablet("#/menu")
    tablet.press("Change Espresso")
    name = tablet.page.get_by_label("Name", exact=True)
    name.fill("Flat White")
    tablet.press("Save")
    expect(name).to_have_accessible_description("The same name is there twice.")
    expect(name).to_be_focused()
    assert counter.customer.config(counter.shop.event_id) == before


def test_a_barista_closes_the_shop_and_display_and_order_page_close_with_it(counter: Counter) -> None:
    display, phone, tablet = counter.display(), counter.phone("#/scan"), counter.tablet()
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()
    phone.shows("Scan the code")
    tablet.press("Close the shop")
    tablet.page.get_by_role("alertdialog").get_by_role("button", name="Close the shop", exact=True).click()
    display.shows("We are closed")
    expect(display.page.get_by_role("img", name="QR code")).to_have_count(0)
    phone.shows("The bar is closed")
    expect(tablet.page.get_by_role("button", name="Open the shop", exact=True)).to_be_visible()

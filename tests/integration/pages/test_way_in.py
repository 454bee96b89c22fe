"""How people come into a bar on their own machine: one address, a code to touch or to type, a letter to be shown."""

import re

import pytest
from playwright.sync_api import Page, expect

from simulator.entrance import new_address
from simulator.outputs import Outputs
from simulator.probe.own_shops import OwnShop
from tests.integration.pages.counter import Counter
from tests.integration.pages.scene import Scene, queued
from tests.integration.pages.windows import DESKTOP, HOME, PHONE, TABLET, Device, Window, Windows

PAGES = ("order", "barista", "display", "backstage")
SMALL = Device((320, 640))


def come_in(page: Page, address: str) -> None:
    """Sign in as who has no mailbox: by the letter that the page itself shows."""
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("button", name="Show me the letter").click()
    page.get_by_role("button", name=re.compile(r"Use code \d{6}")).click()


def test_the_one_address_leads_to_the_first_page_and_that_to_all_others(windows: Windows, bar: Outputs) -> None:
    window = windows.open("order", DESKTOP)
    for page in PAGES:
        window.page.goto(f"{bar.endpoint_url}/")
        window.shows("Come in, the coffee is hot")
        window.page.get_by_role("navigation").get_by_role("link", name=page.title()).first.click()
        expect(window.page).to_have_title(f"{page.title()} · Serverlesspresso")


def step(home: Window, name: str, count: int) -> None:
    """Wait until so many orders are at that step."""
    expect(home.page.locator("dl > div").filter(has_text=name)).to_have_text(f"{name}{count}")


def test_the_first_page_says_what_the_bar_is_doing(scene: Scene) -> None:
    counter = scene.counter()
    barista = counter.shop.barista
    home = scene.windows.open(HOME, SMALL, shop=counter.shop.event_id)
    home.says("Open")
    first, second = queued(counter.shop, counter.customer, 2)
    step(home, "waiting", 2)
    barista.make(first)
    step(home, "being made", 1)
    barista.complete(first)
    barista.complete(second)
    step(home, "ready", 2)
    step(home, "waiting", 0)
    barista.set_store(counter.shop.event_id, is_open=False)
    home.says("Closed")
    assert not home.is_wider_than_its_screen()


def test_it_tells_where_letters_and_text_messages_arrive(windows: Windows) -> None:
    home = windows.open(HOME, DESKTOP)
    for name in ("Letters as JSON", "Text messages as JSON"):
        address = home.page.get_by_role("link", name=name).get_attribute("href")
        assert address
        assert home.page.request.get(address).status == 200
    home.page.get_by_role("link", name="All of it, backstage").click()
    expect(home.page.get_by_role("heading", name="Messages", exact=True)).to_be_visible()


@pytest.mark.parametrize("name", ["QR code that opens the order page", "Play a customer"])
def test_the_code_on_the_display_is_ordered_with_by_a_touch_on_it(counter: Counter, name: str) -> None:
    display = counter.display()
    with display.page.expect_popup() as opened:
        display.page.get_by_role("link", name=name).click()
    page = opened.value
    come_in(page, new_address())
    expect(page.get_by_role("heading", level=1, name="What would you like?")).to_be_visible()
    expect(display.page.get_by_role("heading", level=1, name="Scan to order")).to_be_visible()  # it stays there


def test_the_code_is_typed_as_the_display_shows_it(counter: Counter) -> None:
    display = counter.display()
    code = display.page.locator("code").inner_text()
    where = display.page.get_by_text(re.compile(r"^127\.0\.0\.1:\d+/")).inner_text()
    phone = counter.phone("#/scan")
    phone.page.goto(f"http://{where}#/scan")
    phone.page.get_by_text("Enter the code by hand").click()
    phone.page.get_by_label("Code, or the whole link").fill(code)
    phone.press("Use this code")
    phone.shows("What would you like?")


@pytest.mark.parametrize("page", ["barista", "display"])
def test_staff_sign_in_by_the_letter_that_the_page_shows(windows: Windows, shop: OwnShop, page: str) -> None:
    window = windows.open(page, TABLET, shop=shop.event_id)
    come_in(window.page, shop.barista.address)
    expect(window.page.get_by_label("Six-digit code")).to_have_count(0)
    expect(window.page.get_by_text("This page is for baristas")).to_have_count(0)


def test_a_text_message_is_shown_like_a_letter(windows: Windows) -> None:
    phone = windows.open("order", PHONE)
    phone.press("Phone")
    phone.page.get_by_label("Phone number").fill("+34611222333")
    phone.press("Send me a code")
    phone.press("Show me the letter")
    phone.page.get_by_role("button", name=re.compile(r"Use code \d{6}")).click()
    phone.shows("Scan the code")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_folders_address_is_its_page(windows: Windows, page: str, slash: str) -> None:
    window = windows.open(HOME, DESKTOP)
    window.page.goto(f"{windows.pages_url}/{page}{slash}?eventId=ABC#/x")
    expect(window.page).to_have_title(f"{page.title()} · Serverlesspresso")
    assert window.page.url.startswith(f"{windows.pages_url}/{page}/?eventId=ABC#/")
    assert not window.page.get_by_text("This page found no bar").count()


def test_an_address_of_no_page_is_a_page_in_both_languages(windows: Windows) -> None:
    window = windows.open(HOME, PHONE)
    answer = window.page.goto(f"{windows.pages_url}/no/such/page")
    assert answer
    assert answer.status == 404
    window.shows("This cup is empty")
    window.says("No hay ninguna página en esta dirección.")
    assert (window.judge(), window.is_wider_than_its_screen()) == ([], False)
    window.page.get_by_role("link", name="Serverlesspresso").click()
    window.shows("Come in, the coffee is hot")


@pytest.mark.parametrize("page", [HOME, *PAGES])
def test_every_page_says_what_it_is_to_whoever_lists_or_installs_it(windows: Windows, page: str) -> None:
    window = windows.open(page, Device((360, 740), "es"))
    expect(window.page).to_have_title(re.compile(" · Serverlesspresso$"))
    expect(window.page.locator("meta[name=description]")).to_have_attribute("content", re.compile(r" (que|tu|las|el) "))
    expect(window.page.locator("meta[name=theme-color]")).to_have_attribute("content", re.compile("^#"))
    links = {rel: window.page.locator(f"link[rel={rel}]") for rel in ("icon", "apple-touch-icon", "manifest")}
    addresses = {rel: str(link.evaluate("link => link.href")) for rel, link in links.items()}
    answers = {rel: window.page.request.get(address) for rel, address in addresses.items()}
    assert {rel: answer.status for rel, answer in answers.items()} == dict.fromkeys(links, 200)
    manifest = answers["manifest"].json()
    assert answers["manifest"].headers["content-type"] == "application/manifest+json"
    start = window.page.evaluate("parts => new URL(...parts).href", [manifest["start_url"], addresses["manifest"]])
    assert window.page.request.get(start).status == 200

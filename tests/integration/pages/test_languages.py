"""The pages speak the browser's language, and the one that is picked."""

import pytest
from playwright.sync_api import expect

from tests.integration.pages.counter import Counter
from tests.integration.pages.windows import DESKTOP, Device, Windows

TITLES = {
    "order": "Pedir · Serverlesspresso",
    "barista": "Barista · Serverlesspresso",
    "display": "Pantalla · Serverlesspresso",
    "backstage": "Entre bastidores · Serverlesspresso",
}


@pytest.mark.parametrize("name", TITLES)
def test_each_page_speaks_spanish_to_a_spanish_browser(windows: Windows, name: str) -> None:
    window = windows.open(name, Device(DESKTOP.size, language="es-ES"))
    expect(window.page).to_have_title(TITLES[name])
    expect(window.page.locator("html")).to_have_attribute("lang", "es")


def test_a_customer_who_picks_spanish_reads_spanish_also_after_a_reload(counter: Counter) -> None:
    phone = counter.scanned()
    phone.shows("What would you like?")
    phone.press("Settings")
    phone.page.get_by_text("Español", exact=True).click()
    phone.shows("¿Qué te apetece?")
    phone.page.reload()
    phone.shows("¿Qué te apetece?")

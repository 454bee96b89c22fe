"""The pages in Spanish, whose words are longer: even on a small phone nothing scrolls sideways, and axe is content."""

from playwright.sync_api import expect

from tests.integration.pages.counter import Counter, column, order_shown
from tests.integration.pages.looks import looks, wrong_with
from tests.integration.pages.scene import Scene, View, queued, view
from tests.integration.pages.windows import PHONE, Device, Window

SMALL = Device(PHONE.size, language="es-ES")


def look_at(*views: View) -> None:
    """See the screens in light and in dark, and find nothing wrong with them."""
    for one in views:
        expect(one.window.page.locator("html")).to_have_attribute("lang", "es")
        for look in looks(one.window):
            one.is_seen()
            assert wrong_with(one.window) == [], (one.name, look)


def turn(phone: Window, screen: str) -> None:
    """Go to another screen by its address."""
    phone.page.evaluate("screen => (location.hash = screen)", screen)


def test_a_customer_reads_spanish_from_the_code_to_the_cup_on_a_small_phone(counter: Counter) -> None:
    stranger = counter.windows.open("order", SMALL, shop=counter.shop.event_id)
    look_at(view("sign-in", stranger, "Iniciar sesión"))

    phone = counter.phone(counter.scan_screen(), device=SMALL)
    phone.shows("¿Qué te apetece?")
    for name in ("Flat White", "Oat"):
        phone.page.get_by_role("radio", name=name, exact=True).check()
    look_at(view("choose", phone, "¿Qué te apetece?", phone.page.get_by_role("button", name="Pedir Flat White")))
    phone.press("Pedir Flat White")
    look_at(view("queue", phone, "Estás en la cola", phone.page.get_by_text("Pedido número")))

    order_id = order_shown(phone)
    counter.shop.barista.make(order_id)
    look_at(view("making", phone, "Estamos preparando tu bebida"))
    counter.shop.barista.complete(order_id)
    look_at(view("ready", phone, "¡Ya está!"))
    turn(phone, "#/history")
    look_at(view("history", phone, "Mis pedidos", phone.page.get_by_role("link", name="Flat White")))
    turn(phone, "#/scan")
    look_at(view("scan", phone, "Escanea el código"))


def test_a_barista_reads_spanish_at_the_board_and_in_the_forms_on_a_small_phone(scene: Scene) -> None:
    counter = scene.counter()
    barista = counter.shop.barista
    ready, mine, *_ = queued(counter.shop, counter.customer, 3)
    barista.complete(ready)
    barista.make(mine)
    phone = counter.windows.open("barista", SMALL, barista, shop=counter.shop.event_id)
    for title, number in (("Para recoger", 1), ("En preparación", 2), ("En espera", 3)):
        phone.press(f"{title} (1)")  # a phone shows one column at a time
        order = column(phone, title).get_by_role("article", name=f"Pedido {number}", exact=True)
        look_at(view(title, phone, order))
    phone.press("Cancelar")
    look_at(view("cancel", phone, phone.page.get_by_role("alertdialog", name="¿Cancelar el pedido 3?")))
    phone.press("Dejarlo")
    for screen, title in (("#/menu", "Carta"), ("#/limits", "Límites"), ("#/insights", "Hoy en cifras")):
        turn(phone, screen)
        look_at(view(screen, phone, title))

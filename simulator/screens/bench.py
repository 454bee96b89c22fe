"""How soon a barista's click is seen on the customer's page, and how soon each page shows anything at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import boto3
from playwright.sync_api import Browser, Page, StorageState

from chalicelib.shop.model import Shop
from simulator.bar_client import BarClient, Order
from simulator.entrance import BARISTA, Entrance, new_address
from simulator.measuring import Figure, Target
from simulator.own_shop import MENU, open_shop
from simulator.screens.chromium import chromium
from simulator.screens.signed_in import signed_in
from simulator.screens.watching import Watched, at_work_ms, first_paint_ms
from simulator.sign_in import Tokens, sign_in
from simulator.waiting import submit_when_ready, wait_until_numbered

SHOP = Shop("SCREENS", store_open=True, menu=MENU, drinks_per_barcode=10_000, max_orders_in_queue=100)
DRINK = "Espresso"


@dataclass(frozen=True)
class Sample:
    """How often each thing is measured."""

    orders: int = 15
    visits: int = 10


SAMPLE = Sample()

QUEUED = "You are in the queue"
MOVES = {"Make": "Your drink is being made", "Complete": "It is ready!"}  # a button, and what the customer reads then


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in, over the API and on the pages."""

    address: str
    tokens: Tokens
    client: BarClient

    def state(self, page: str, url: str) -> StorageState:
        """What the visitor's browser keeps for the page."""
        return signed_in(page, self.address, self.tokens, url)


@dataclass(frozen=True)
class Pages:
    """The pages in a browser.

    Attributes:
        browser: which one.
        frontends: their addresses by name.
    """

    browser: Browser
    frontends: Mapping[str, str]

    def open(self, name: str, visitor: Visitor | None) -> Page:
        """Begin to open a page in a browser that never was there, for somebody who is signed in, or for nobody."""
        state = visitor.state(name, self.frontends[name]) if visitor else None
        page = self.browser.new_context(storage_state=state).new_page()
        page.goto(self.address(name), wait_until="commit")
        return page

    def address(self, name: str, screen: str = "") -> str:
        """Where a page's screen is in the shop; `screen` begins with `#`."""
        return f"{self.frontends[name]}?{urlencode({'eventId': SHOP.event_id})}{screen}"


def measure_the_screens(way_in: Entrance, sample: Sample = SAMPLE) -> list[Figure]:
    """Everything that is measured in a browser; nothing where the pages were not built.

    Args:
        way_in: the bar.
        sample: how often it is measured.

    Raises:
        NoChromium: there is no browser.
    """
    if not way_in.outputs.frontends:
        return []
    open_shop(boto3.Session(), way_in.outputs, SHOP)
    address = new_address()
    way_in.pool.sign_up(address)
    customer, barista = _visitor(way_in, address), _visitor(way_in, BARISTA)
    with chromium() as browser:
        pages = Pages(browser, way_in.outputs.frontends)
        visitors = {"order": customer, "barista": barista, "display": barista, "backstage": None}
        openings = [figure for name in visitors for figure in _opening(pages, name, visitors[name], sample.visits)]
        return [_click_to_page(pages, customer, barista, sample.orders), *openings]


def _visitor(way_in: Entrance, address: str) -> Visitor:
    tokens = sign_in(way_in.pool, way_in.mailbox, address)
    return Visitor(address, tokens, BarClient(way_in.http, way_in.outputs.api_url, tokens.access))


def _opening(pages: Pages, name: str, visitor: Visitor | None, visits: int) -> list[Figure]:
    paints, at_work = [], []
    for _ in range(visits):
        page = pages.open(name, visitor)
        at_work.append(at_work_ms(page))
        paints.append(first_paint_ms(page))
        page.context.close()
    return [
        Figure(f"first paint of {name}", "ms", paints, (Target("p95", 1000),)),
        Figure(f"{name} at work", "ms", at_work),
    ]


def _click_to_page(pages: Pages, customer: Visitor, barista: Visitor, orders: int) -> Figure:
    tablet, phone = Watched(pages.open("barista", barista)), Watched(pages.open("order", customer))
    values: list[float] = []
    for _ in range(orders):
        order = _queued_order(customer.client, barista.client)
        phone.go(pages.address("order", f"#/orders/{order['orderId']}"))
        phone.shows(QUEUED)
        values += [_see(tablet, phone, order, button, title) for button, title in MOVES.items()]
    return Figure("click to customer's page", "ms", values, (Target("p50", 400), Target("p95", 1000)))


def _queued_order(customer: BarClient, barista: BarClient) -> Order:
    order_id = customer.redeem(SHOP.event_id, barista.qr_code(SHOP.event_id)["code"])
    submit_when_ready(customer, order_id, DRINK)
    return wait_until_numbered(barista, SHOP.event_id, order_id)


def _see(tablet: Watched, phone: Watched, order: Order, button: str, title: str) -> float:
    """Milliseconds from the barista's click until the customer's page says what it means."""
    tablet.start()
    phone.start()
    card = tablet.page.get_by_role("article", name=f"Order {order['orderNumber']}", exact=True)
    card.get_by_role("button", name=button, exact=True).click()
    return phone.seen_at(title) - tablet.pressed_at()

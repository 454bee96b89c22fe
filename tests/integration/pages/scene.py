"""What the walks through the screens are handed: the bar's windows, and its people's doings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from chalicelib.shop.store import to_shop
from deployer.seed import shop_row
from simulator.probe.lost_orders import LostOrders
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person
from simulator.probe.workflows import Workflows
from tests.integration.pages.counter import Counter
from tests.integration.pages.windows import Window, Windows


@dataclass(frozen=True)
class Scene:
    """A bar that pictures can be taken of."""

    windows: Windows
    open_shop: OpenShop
    people: People
    workflows: Workflows
    lost_orders: LostOrders

    def counter(self, **settings: object) -> Counter:
        """A shop with the seeded menu and any other settings; its customer is new and may have many orders."""
        menu = to_shop(shop_row()).menu
        shop = self.open_shop(**{"menu": menu, "max_orders_per_user": 20, "drinks_per_barcode": 20, **settings})
        return Counter(self.windows, shop, self.people.customer())


@dataclass(frozen=True)
class View:
    """A screen, to be looked at until the next one is asked for.

    Attributes:
        name: what its pictures are called.
        window: where it is.
        sights: what has to be on it in every picture.
    """

    name: str
    window: Window
    sights: tuple[Locator, ...]

    def is_seen(self) -> None:
        """Wait until all of its sights are there."""
        for sight in self.sights:
            expect(sight).to_be_visible()


def view(name: str, window: Window, *sights: str | Locator) -> View:
    """A screen, by its sights; a text is the screen's heading."""
    return View(name, window, tuple(window.title(one) if isinstance(one, str) else one for one in sights))


type Walk = Callable[[Scene], Iterator[View]]


def queued(shop: OwnShop, customer: Person, count: int) -> list[str]:
    """So many orders in the queue; gives their ids."""
    drinks = [("Flat White", "Oat"), ("Single Espresso",), ("Cappuccino", "Regular"), ("Americano",)]
    return [shop.ordered(customer, *drinks[place % len(drinks)])["orderId"] for place in range(count)]

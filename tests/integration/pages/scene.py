"""What the walks through the screens are handed: the bar's windows, and its people's doings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chalicelib.shop.store import to_shop
from deployer.seed import shop_row
from tests.integration.lost_orders import LostOrders
from tests.integration.own_shops import OpenShop, OwnShop
from tests.integration.pages.counter import Counter
from tests.integration.pages.windows import Window, Windows
from tests.integration.people import People, Person
from tests.integration.workflows import Workflows


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


# Each screen's name, and the window that shows it until the next one is asked for.
type Walk = Callable[[Scene], Iterator[tuple[str, Window]]]


def queued(shop: OwnShop, customer: Person, count: int) -> list[str]:
    """So many orders in the queue; gives their ids."""
    drinks = [("Flat White", "Oat"), ("Single Espresso",), ("Cappuccino", "Regular"), ("Americano",)]
    return [shop.ordered(customer, *drinks[place % len(drinks)])["orderId"] for place in range(count)]

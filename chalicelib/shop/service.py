"""Reading and running a shop."""

from chalicelib.identity.model import Caller, require_admin
from chalicelib.shop.model import Shop
from chalicelib.shop.store import ShopStore


def read(shops: ShopStore, event_id: str) -> Shop:
    """The shop, for anybody.

    Raises:
        NotFound: there is no such shop.
    """
    return shops.get(event_id)


def read_as_admin(shops: ShopStore, caller: Caller, event_id: str) -> Shop:
    """The shop with its limits, for baristas.

    Raises:
        Forbidden, NotFound: not an admin; no such shop.
    """
    require_admin(caller)
    return shops.get(event_id)


def set_open(shops: ShopStore, caller: Caller, event_id: str, *, is_open: bool) -> None:
    """Open or close the shop.

    Raises:
        Forbidden, NotFound: not an admin; no such shop (Q28).
    """
    require_admin(caller)
    shops.set_open(event_id, is_open)

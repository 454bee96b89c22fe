"""A shop's menu, limits and what they allow. Pure: no clock, no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.errors import Conflict, Invalid


@dataclass(frozen=True)
class ModifierGroup:
    """One question about a drink, such as Milk: Regular or Oat; at most one option of it can be chosen."""

    name: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class MenuItem:
    """A drink on the menu; `icon` is a picture's file stem."""

    drink: str
    icon: str
    available: bool
    modifiers: tuple[ModifierGroup, ...] = ()


@dataclass(frozen=True)
class DrinkOrder:
    """What a customer chose."""

    drink: str
    modifiers: tuple[str, ...]
    icon: str

    @property
    def wire(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {**asdict(self), "modifiers": list(self.modifiers)}


@dataclass(frozen=True)
class Shop:
    """A shop as it is now.

    Attributes:
        drinks_per_barcode: how many each five-minute QR code is good for.
        max_orders_in_queue: how many orders hold a place at the bar at once.
        max_orders_per_user: how many live orders one customer may hold.
        customer_wait_seconds: how long the workflow waits for the drink to be chosen.
        barista_wait_seconds: how long it waits for the drink to be made.
        time_zone: IANA name; order numbers start at 1 at midnight there.
    """

    event_id: str
    store_open: bool
    menu: tuple[MenuItem, ...]
    drinks_per_barcode: int = 10
    max_orders_in_queue: int = 20
    max_orders_per_user: int = 1
    customer_wait_seconds: int = 300
    barista_wait_seconds: int = 900
    time_zone: str = "UTC"


def config(shop: Shop) -> dict[str, Any]:
    """What anybody may know of a shop, as the contract spells it."""
    return {
        "eventId": shop.event_id,
        "storeOpen": shop.store_open,
        "menu": menu_entries(shop.menu),
        "waitSeconds": shop.customer_wait_seconds,
    }


def admin_config(shop: Shop) -> dict[str, Any]:
    """The same and the limits."""
    return {
        **config(shop),
        "drinksPerBarcode": shop.drinks_per_barcode,
        "maxOrdersInQueue": shop.max_orders_in_queue,
        "maxOrdersPerUser": shop.max_orders_per_user,
        "customerWaitSeconds": shop.customer_wait_seconds,
        "baristaWaitSeconds": shop.barista_wait_seconds,
        "timeZone": shop.time_zone,
    }


def _menu_entry(item: MenuItem) -> dict[str, Any]:
    groups = [{"Name": group.name, "Options": list(group.options)} for group in item.modifiers]
    return {"drink": item.drink, "icon": item.icon, "available": item.available, "modifiers": groups}


def menu_from(entries: Sequence[dict[str, Any]]) -> tuple[MenuItem, ...]:
    """The menu from its wire form, which must be well formed (see `parse_menu`)."""
    return tuple(
        MenuItem(
            drink=entry["drink"],
            icon=entry["icon"],
            available=entry["available"],
            modifiers=tuple(
                ModifierGroup(group["Name"], tuple(group["Options"])) for group in entry.get("modifiers", [])
            ),
        )
        for entry in entries
    )


def parse_menu(entries: Sequence[dict[str, Any]]) -> tuple[MenuItem, ...]:
    """A menu that somebody wrote, whose shape was checked already.

    Raises:
        Invalid: `InvalidMenu`; the first thing in it that would confuse a customer.
    """
    menu = menu_from(entries)
    for position, item in enumerate(menu):
        if any(other.drink == item.drink for other in menu[:position]):
            raise Invalid(f"body.menu[{position}].drink {item.drink!r} is on the menu twice", "InvalidMenu")
        options = [option for group in item.modifiers for option in group.options]
        if repeated := next((option for option in options if options.count(option) > 1), None):
            raise Invalid(f"body.menu[{position}].modifiers has the option {repeated!r} twice", "InvalidMenu")
    return menu


def parse_time_zone(name: str) -> str:
    """A time zone that somebody wrote.

    Raises:
        Invalid: it is not an IANA name.
    """
    try:
        return ZoneInfo(name).key
    except (LookupError, ValueError, OSError) as error:
        raise Invalid(f"body.timeZone {name!r} is not a time zone such as Europe/Madrid") from error


def menu_entries(menu: Sequence[MenuItem]) -> list[dict[str, Any]]:
    """The menu in its wire form."""
    return [_menu_entry(item) for item in menu]


def choose(menu: Sequence[MenuItem], drink: str, modifiers: Sequence[str]) -> DrinkOrder:
    """A drink as the menu has it.

    Args:
        menu: the shop's menu.
        drink: a drink's exact name.
        modifiers: options, at most one from each of the drink's groups.

    Raises:
        Invalid: `InvalidOrder`; the message says which drink or modifier and why.
    """
    item = next((item for item in menu if item.drink == drink), None)
    if item is None:
        offered = ", ".join(item.drink for item in menu if item.available)
        raise Invalid(f"{drink!r} is not on the menu; choose one of: {offered}", "InvalidOrder")
    if not item.available:
        raise Invalid(f"{drink} is not available just now", "InvalidOrder")
    for modifier in modifiers:
        _check_modifier(item, modifier, modifiers)
    return DrinkOrder(item.drink, tuple(modifiers), item.icon)


def _check_modifier(item: MenuItem, modifier: str, chosen: Sequence[str]) -> None:
    group = next((group for group in item.modifiers if modifier in group.options), None)
    if group is None:
        options = ", ".join(option for group in item.modifiers for option in group.options) or "nothing"
        raise Invalid(f"{item.drink} does not come with {modifier!r}; it comes with: {options}", "InvalidOrder")
    rivals = [option for option in chosen if option in group.options]
    if len(rivals) > 1:
        raise Invalid(f"choose one {group.name} for {item.drink}, not {' and '.join(rivals)}", "InvalidOrder")


def why_no_place(store_open: bool, event_id: str) -> Conflict:
    """Why a shop turns an order away: closed comes first, since a closed bar's places do not matter."""
    if not store_open:
        return Conflict(f"shop {event_id} is closed", "ShopClosed")
    return Conflict(f"the bar of shop {event_id} is full; try again when a drink is out", "BarFull")


def changed_settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which of a shop's settings differ between two images of its row."""
    names = (before.keys() | after.keys()) - {"eventId", "places"}
    return sorted(name for name in names if before.get(name) != after.get(name))


def business_day(now_ms: int, time_zone: str) -> str:
    """The day (YYYY-MM-DD) whose order numbers an order of this moment takes."""
    return datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(ZoneInfo(time_zone)).date().isoformat()

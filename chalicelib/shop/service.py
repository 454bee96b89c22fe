"""Reading and running a shop, and telling everybody when it changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.bus import Bus
from chalicelib.events import ConfigChanged
from chalicelib.identity.model import Caller, require_admin
from chalicelib.shop.model import Shop, changed_settings, menu_entries, parse_menu, parse_time_zone
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


def set_open(shops: ShopStore, caller: Caller, event_id: str, *, is_open: bool) -> Shop:
    """Open or close the shop.

    Raises:
        Forbidden, NotFound: not an admin; no such shop (Q28).
    """
    require_admin(caller)
    return shops.configure(event_id, {"storeOpen": is_open})


def set_menu(shops: ShopStore, caller: Caller, event_id: str, entries: Sequence[dict[str, Any]]) -> Shop:
    """Replace the menu.

    Raises:
        Forbidden, NotFound: not an admin; no such shop.
        Invalid: `InvalidMenu`.
    """
    require_admin(caller)
    return shops.configure(event_id, {"menu": menu_entries(parse_menu(entries))})


def set_limits(shops: ShopStore, caller: Caller, event_id: str, limits: Mapping[str, Any]) -> Shop:
    """Change limits and waits; they count from the next write on.

    Args:
        shops: the store.
        caller: who asks.
        event_id: which shop.
        limits: the changed ones, spelled as in `/admin-config`.

    Raises:
        Forbidden, NotFound: not an admin; no such shop.
        Invalid: an unknown time zone.
    """
    require_admin(caller)
    if "timeZone" in limits:
        parse_time_zone(limits["timeZone"])
    # JSON knows no integers: 5.0 is as good as 5, but DynamoDB takes no float.
    return shops.configure(event_id, {name: _whole(value) for name, value in limits.items()})


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) else value


def tell_of_change(bus: Bus, before: Mapping[str, Any], after: Mapping[str, Any], at: int | None = None) -> None:
    """Tell the bus what changed between two images of a shop's row; places coming and going are no configuration.

    Args:
        bus: whom to tell.
        before: the row as it was; empty for a new shop.
        after: the row as it is; empty for a shop that was removed (which is closed from then on).
        at: when it changed, ms since 1970; None for as it is told.
    """
    changed = changed_settings(before, after)
    if changed:
        event_id = str((after or before)["eventId"])
        is_open = bool(after.get("storeOpen", False))
        bus.tell(ConfigChanged(event_id, storeOpen=is_open, changed=changed, at=at))

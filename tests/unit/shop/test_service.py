"""Running a shop: baristas only, nothing appears by accident, and everybody hears of a change."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.errors import Forbidden, Invalid, NotFound
from chalicelib.events import ConfigChanged
from chalicelib.identity.model import Caller
from chalicelib.shop import service
from chalicelib.shop.model import menu_entries
from tests.support.memory_stores import MemoryShops
from tests.support.orders import EVENT, MENU, SHOP
from tests.support.people import BARISTA, OWNER
from tests.support.recorders import RecordingBus

CHANGES: dict[str, Callable[[MemoryShops, Caller, str], object]] = {
    "open": lambda shops, who, event: service.set_open(shops, who, event, is_open=True),
    "menu": lambda shops, who, event: service.set_menu(shops, who, event, menu_entries(MENU)),
    "limits": lambda shops, who, event: service.set_limits(shops, who, event, {"maxOrdersInQueue": 5}),
}


@pytest.fixture
def shops() -> MemoryShops:
    shops = MemoryShops()
    shops.create(SHOP)
    return shops


def test_anybody_reads_a_shop(shops: MemoryShops) -> None:
    assert service.read(shops, EVENT) == SHOP


def test_only_baristas_read_its_limits(shops: MemoryShops) -> None:
    assert service.read_as_admin(shops, BARISTA, EVENT) == SHOP
    with pytest.raises(Forbidden):
        service.read_as_admin(shops, OWNER, EVENT)


@pytest.mark.parametrize("change", CHANGES)
def test_q28_a_customer_changes_nothing(shops: MemoryShops, change: str) -> None:
    with pytest.raises(Forbidden):
        CHANGES[change](shops, OWNER, EVENT)
    assert shops.rows == {EVENT: SHOP}


@pytest.mark.parametrize("change", CHANGES)
def test_q28_no_shop_is_made_by_changing_one_that_is_not_there(shops: MemoryShops, change: str) -> None:
    with pytest.raises(NotFound):
        CHANGES[change](shops, BARISTA, "XYZ")
    assert list(shops.rows) == [EVENT]


def test_a_shop_is_closed_and_opened(shops: MemoryShops) -> None:
    assert not service.set_open(shops, BARISTA, EVENT, is_open=False).store_open
    assert service.set_open(shops, BARISTA, EVENT, is_open=True) == SHOP


def test_limits_change_one_by_one(shops: MemoryShops) -> None:
    changed = service.set_limits(shops, BARISTA, EVENT, {"maxOrdersInQueue": 5, "timeZone": "Europe/Madrid"})
    assert (changed.max_orders_in_queue, changed.time_zone) == (5, "Europe/Madrid")
    assert (changed.menu, changed.drinks_per_barcode) == (SHOP.menu, SHOP.drinks_per_barcode)


def test_a_limit_that_makes_no_sense_changes_nothing(shops: MemoryShops) -> None:
    with pytest.raises(Invalid):
        service.set_limits(shops, BARISTA, EVENT, {"maxOrdersInQueue": 5, "timeZone": "Mars/Olympus"})
    assert shops.get(EVENT) == SHOP


def test_q41_a_change_is_told_with_its_shop(bus: RecordingBus) -> None:
    service.tell_of_change(bus, {"eventId": EVENT, "storeOpen": True}, {"eventId": EVENT, "storeOpen": False})
    assert bus.told == [ConfigChanged(EVENT, storeOpen=False, changed=["storeOpen"])]


@pytest.fixture
def bus() -> RecordingBus:
    return RecordingBus()


def test_places_that_come_and_go_are_told_nobody(bus: RecordingBus) -> None:
    row: dict[str, Any] = {"eventId": EVENT, "storeOpen": True}
    service.tell_of_change(bus, row, {**row, "places": {"order-1"}})
    assert bus.told == []


def test_q43_a_shop_that_was_removed_is_told_as_closed(bus: RecordingBus) -> None:
    service.tell_of_change(bus, {"eventId": EVENT, "storeOpen": True}, {})
    assert bus.told == [ConfigChanged(EVENT, storeOpen=False, changed=["storeOpen"])]

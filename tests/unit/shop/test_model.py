"""The menu and what may be chosen from it; a shop's views; its business day."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Invalid
from chalicelib.shop import model
from chalicelib.shop.model import DrinkOrder, MenuItem, ModifierGroup
from tests.support.orders import MENU, SHOP


@pytest.mark.parametrize(
    ("drink", "modifiers"),
    [("Latte", []), ("Latte", ["Oat"]), ("Latte", ["Large", "Regular"]), ("Espresso", [])],
)
def test_a_drink_on_the_menu_with_one_option_of_each_kind_at_most(drink: str, modifiers: list[str]) -> None:
    chosen = model.choose(MENU, drink, modifiers)
    assert chosen == DrinkOrder(drink, tuple(modifiers), drink.lower())


# Q11: each refusal says which drink or modifier it is about and why.
INVALID = [
    ("Tea", [], "'Tea' is not on the menu; choose one of: Latte, Espresso"),
    ("latte", [], "'latte' is not on the menu; choose one of: Latte, Espresso"),
    ("", [], "'' is not on the menu; choose one of: Latte, Espresso"),
    ("Mocha", [], "Mocha is not available just now"),
    ("Latte", ["Soy"], "Latte does not come with 'Soy'; it comes with: Regular, Oat, Small, Large"),
    ("Latte", ["oat"], "Latte does not come with 'oat'; it comes with: Regular, Oat, Small, Large"),
    ("Latte", ["Oat", "Soy"], "Latte does not come with 'Soy'; it comes with: Regular, Oat, Small, Large"),
    ("Espresso", ["Oat"], "Espresso does not come with 'Oat'; it comes with: nothing"),
    ("Latte", ["Oat", "Regular"], "choose one Milk for Latte, not Oat and Regular"),
    ("Latte", ["Oat", "Oat"], "choose one Milk for Latte, not Oat and Oat"),
]


@pytest.mark.parametrize(("drink", "modifiers", "message"), INVALID)
def test_q11_a_choice_that_cannot_be_made_says_what_and_why(drink: str, modifiers: list[str], message: str) -> None:
    with pytest.raises(Invalid) as refused:
        model.choose(MENU, drink, modifiers)
    assert (refused.value.code, str(refused.value)) == ("InvalidOrder", message)


def test_what_is_not_available_is_not_offered_instead() -> None:
    with pytest.raises(Invalid) as refused:
        model.choose(MENU, "Tea", [])
    assert "Mocha" not in str(refused.value)


def test_nothing_can_be_chosen_from_an_empty_menu() -> None:
    with pytest.raises(Invalid):
        model.choose((), "Latte", [])


def test_what_anybody_may_know_of_a_shop() -> None:
    shown = model.config(replace(SHOP, menu=MENU[:1]))
    milk = {"Name": "Milk", "Options": ["Regular", "Oat"]}
    size = {"Name": "Size", "Options": ["Small", "Large"]}
    assert shown == {
        "eventId": "ABC",
        "storeOpen": True,
        "menu": [{"drink": "Latte", "icon": "latte", "available": True, "modifiers": [milk, size]}],
        "waitSeconds": 300,
    }


def test_baristas_see_the_limits_too() -> None:
    limits = {"drinksPerBarcode": 10, "maxOrdersInQueue": 20, "maxOrdersPerUser": 1}
    assert limits.items() <= model.admin_config(SHOP).items()
    assert model.config(SHOP).items() <= model.admin_config(SHOP).items()


def test_a_menu_is_the_same_after_a_trip_over_the_wire() -> None:
    assert model.menu_from(model.menu_entries(MENU)) == MENU


def test_a_drink_without_modifiers_may_leave_them_out() -> None:
    assert model.menu_from([{"drink": "Tea", "icon": "tea", "available": True}]) == (MenuItem("Tea", "tea", True),)


def test_a_sensible_menu_is_taken_as_it_is() -> None:
    assert model.parse_menu(model.menu_entries(MENU)) == MENU
    assert model.parse_menu([]) == ()


def test_a_drink_that_is_on_the_menu_twice_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        model.parse_menu(model.menu_entries([*MENU, MENU[0]]))
    assert refused.value.code == "InvalidMenu"
    assert str(refused.value) == "body.menu[3].drink 'Latte' is on the menu twice"


@pytest.mark.parametrize("groups", [[("Milk", ("Oat", "Oat"))], [("Milk", ("Oat",)), ("Cereal", ("Oat",))]])
def test_an_option_that_a_drink_offers_twice_is_named(groups: list[tuple[str, tuple[str, ...]]]) -> None:
    item = MenuItem("Porridge", "bowl", available=True, modifiers=tuple(ModifierGroup(*group) for group in groups))
    with pytest.raises(Invalid, match=r"body.menu\[0\].modifiers has the option 'Oat' twice") as refused:
        model.parse_menu(model.menu_entries([item]))
    assert refused.value.code == "InvalidMenu"


@pytest.mark.parametrize(("store_open", "code"), [(True, "BarFull"), (False, "ShopClosed")])
def test_q18_closed_and_full_are_told_apart(*, store_open: bool, code: str) -> None:
    refusal = model.why_no_place(store_open, "ABC")
    assert (refusal.code, "ABC" in str(refusal)) == (code, True)


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (ms(2026, 11, 22, 23, 59, 59), "UTC", "2026-11-22"),
        (ms(2026, 11, 22, 23, 59, 59) + 1000, "UTC", "2026-11-23"),
        (ms(2026, 11, 22, 23, 0), "Europe/Madrid", "2026-11-23"),
        (ms(2026, 11, 22, 22, 59), "Europe/Madrid", "2026-11-22"),
        # In summer Madrid is two hours ahead, in winter one; New York's change lies between.
        (ms(2026, 7, 1, 22, 0), "Europe/Madrid", "2026-07-02"),
        (ms(2026, 1, 1, 22, 0), "Europe/Madrid", "2026-01-01"),
        (ms(2026, 11, 1, 4, 0), "America/New_York", "2026-11-01"),  # 00:00, still summer time
        (ms(2026, 11, 2, 4, 59), "America/New_York", "2026-11-01"),  # 23:59 after the clocks went back
        (ms(2026, 11, 2, 5, 0), "America/New_York", "2026-11-02"),
        (ms(2026, 3, 8, 5, 0), "America/New_York", "2026-03-08"),  # the day of 23 hours
        (ms(2026, 3, 9, 3, 59), "America/New_York", "2026-03-08"),
        (ms(2026, 11, 22, 9, 59), "Pacific/Kiritimati", "2026-11-22"),
        (ms(2026, 11, 22, 10, 0), "Pacific/Kiritimati", "2026-11-23"),
        (ms(2026, 11, 22, 18, 14), "Asia/Kathmandu", "2026-11-22"),
        (ms(2026, 11, 22, 18, 15), "Asia/Kathmandu", "2026-11-23"),
    ],
)
def test_q13_a_day_begins_at_midnight_where_the_shop_is(moment: int, zone: str, day: str) -> None:
    assert model.business_day(moment, zone) == day


@given(st.integers(0, 4 * 10**12), st.sampled_from(["UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe"]))
def test_a_later_order_never_counts_to_an_earlier_day(moment: int, zone: str) -> None:
    days = [model.business_day(moment + hours * 3_600_000, zone) for hours in range(0, 49, 7)]
    assert days == sorted(days)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires"])
def test_a_time_zone_by_its_iana_name(zone: str) -> None:
    assert model.parse_time_zone(zone) == zone


@pytest.mark.parametrize("zone", ["", "Madrid", "CEST", "../../etc/passwd", "/etc/passwd", "Europe", "a\0b", "UTC+1"])
def test_any_other_time_zone_is_refused_by_name(zone: str) -> None:
    with pytest.raises(Invalid, match="is not a time zone such as Europe/Madrid"):
        model.parse_time_zone(zone)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ({}, {"eventId": "ABC", "storeOpen": True}, ["storeOpen"]),
        ({"eventId": "ABC", "storeOpen": True}, {"eventId": "ABC", "storeOpen": False}, ["storeOpen"]),
        ({"eventId": "ABC", "places": {"a"}}, {"eventId": "ABC", "places": {"a", "b"}}, []),
        ({"eventId": "ABC", "menu": [], "limit": 1}, {"eventId": "ABC", "menu": [1]}, ["limit", "menu"]),
        ({"eventId": "ABC", "storeOpen": True}, {"eventId": "ABC", "storeOpen": True}, []),
    ],
)
def test_what_changed_of_a_shop_is_its_settings_and_not_its_places(
    before: dict[str, object], after: dict[str, object], changed: list[str]
) -> None:
    assert model.changed_settings(before, after) == changed

"""What everybody may know of a shop, what only baristas may, and opening and closing it."""

from chalicelib.shop.model import menu_from
from simulator.bar_client import BarClient
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person

MENU = [
    {
        "drink": "Flat White",
        "icon": "flat-white",
        "available": True,
        "modifiers": [{"Name": "Milk", "Options": ["Regular", "Oat"]}],
    },
    {"drink": "Espresso", "icon": "espresso", "available": True, "modifiers": []},
    {"drink": "Mocha", "icon": "mocha", "available": False, "modifiers": []},
]


def test_q28_anybody_may_read_the_menu_and_nothing_else(shop: OwnShop, customer: Person, people: People) -> None:
    shop.scan(customer)  # so that the shop has a code, and an order at the bar
    answer = people.passer_by().send("GET", "/config", eventId=shop.event_id)
    shown = {"eventId": shop.event_id, "storeOpen": True, "menu": MENU, "waitSeconds": 300}
    assert (answer.status_code, answer.json()) == (200, shown)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_barista_also_reads_the_limits(open_shop: OpenShop) -> None:
    shop = open_shop(drinks_per_barcode=7, max_orders_in_queue=8, max_orders_per_user=9)
    limits = {"drinksPerBarcode": 7, "maxOrdersInQueue": 8, "maxOrdersPerUser": 9}
    config = shop.barista.admin_config(shop.event_id)
    assert config.items() >= {**shop.barista.config(shop.event_id), **limits}.items()


def test_a_shop_that_is_not_there_is_a_404(people: People) -> None:
    answer = people.passer_by().send("GET", "/config", eventId="no-such-shop")
    assert (answer.status_code, answer.json()["Code"]) == (404, "NotFound")


def test_a_request_that_names_no_shop_is_about_the_seeds(people: People) -> None:
    assert people.passer_by().send("GET", "/config").json()["eventId"] == "ABC"


def test_q40_a_barista_closes_and_opens_the_shop(shop: OwnShop, barista: Person, people: People) -> None:
    passer_by: BarClient = people.passer_by()
    for is_open in (False, False, True):
        assert barista.set_store(shop.event_id, is_open=is_open) == {"eventId": shop.event_id, "storeOpen": is_open}
        assert passer_by.config(shop.event_id)["storeOpen"] is is_open


def test_a_state_that_is_neither_open_nor_closed_is_a_400(shop: OwnShop, barista: Person) -> None:
    for state in ("ajar", "OPEN", "true", ""):
        answer = barista.send("PUT", "/store", eventId=shop.event_id, state=state)
        assert (answer.status_code, answer.json()["Code"]) == (400, "BadRequest")
    assert barista.config(shop.event_id)["storeOpen"] is True


def test_the_code_on_the_display_lasts_five_minutes_and_makes_as_many_drinks_as_the_shop_says(
    open_shop: OpenShop,
) -> None:
    bucket = open_shop(drinks_per_barcode=4).bucket()
    assert bucket["availableTokens"] == 4
    assert bucket["endTs"] - bucket["startTs"] == 5 * 60 * 1000 - 1


def test_a_long_menu_comes_compressed_to_who_can_read_that(open_shop: OpenShop, people: People) -> None:
    menu = [MENU[0] | {"drink": f"Flat White {number}"} for number in range(20)]
    passer_by, shop = people.passer_by(), open_shop(menu=menu_from(menu))
    for asked, coding in (("gzip", "gzip"), ("identity", None)):
        url = f"{passer_by.api_url}/config"
        answer = passer_by.http.get(url, params={"eventId": shop.event_id}, headers={"Accept-Encoding": asked})
        assert (answer.headers.get("content-encoding"), answer.json()["menu"]) == (coding, menu)

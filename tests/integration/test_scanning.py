"""Scanning a code: how many orders it makes, under any number of scans at the same time, and what a refusal costs."""

import re
from functools import partial

import pytest

from simulator.bar_client import Refused
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person
from tests.integration.at_once import accepted, at_once, refusals

SOON_OVER = {"customer_wait_seconds": 90}  # crowds leave soon and shall not keep the bar busy


@pytest.fixture(scope="session")
def crowd(people: People) -> list[Person]:
    """Some customers who scan wherever there is something to scan."""
    return [people.customer() for _ in range(5)]


def test_q20_fifty_scans_of_a_ten_drink_code_make_ten_orders(open_shop: OpenShop, crowd: list[Person]) -> None:
    shop = open_shop(drinks_per_barcode=10, max_orders_in_queue=100, max_orders_per_user=100, **SOON_OVER)
    code = shop.lasting_bucket()["code"]
    outcomes = at_once(partial(one.redeem, shop.event_id, code) for one in crowd * 10)
    assert len(set(accepted(outcomes))) == 10
    assert refusals(outcomes) == {(409, "NoTokensRemaining"): 40}
    assert shop.bucket()["availableTokens"] == 0
    assert len(shop.barista.orders(shop.event_id, "CREATED")["orders"]) == 10


def test_q1_q2_a_bar_for_three_takes_three_of_twenty_at_once(open_shop: OpenShop, crowd: list[Person]) -> None:
    shop = open_shop(drinks_per_barcode=100, max_orders_in_queue=3, max_orders_per_user=100, **SOON_OVER)
    code = shop.lasting_bucket()["code"]
    outcomes = at_once(partial(one.redeem, shop.event_id, code) for one in crowd * 4)
    assert len(set(accepted(outcomes))) == 3
    assert refusals(outcomes) == {(409, "BarFull"): 17}
    assert shop.bucket()["availableTokens"] == 97, "a refused scan costs a token"


def test_a_code_is_of_letters_that_nobody_takes_for_one_another(open_shop: OpenShop) -> None:
    assert re.fullmatch("[a-hjkmnp-z2-9]{10}", open_shop().bucket()["code"])


def limit(shop: OwnShop, **limits: int) -> None:
    """The barista changes limits, spelled as in `/admin-config`."""
    shop.barista.call("PUT", "/limits", limits, eventId=shop.event_id)


def scans(customer: Person, shop: OwnShop, code: str, times: int) -> list[str]:
    """What the customer gets for so many scans, one after the other: "an order", or the code of the refusal."""
    outcomes = [at_once([partial(customer.redeem, shop.event_id, code)])[0] for _ in range(times)]
    return [outcome.code if isinstance(outcome, Refused) else "an order" for outcome in outcomes]


def test_another_number_of_drinks_holds_for_the_code_on_the_display(open_shop: OpenShop, customer: Person) -> None:
    shop = open_shop(drinks_per_barcode=3, max_orders_in_queue=100, max_orders_per_user=100, **SOON_OVER)
    code = shop.lasting_bucket()["code"]
    assert scans(customer, shop, code, 1) == ["an order"]

    limit(shop, drinksPerBarcode=2)
    assert shop.bucket()["availableTokens"] == 1
    assert scans(customer, shop, code, 2) == ["an order", "NoTokensRemaining"]

    limit(shop, drinksPerBarcode=1)
    assert shop.bucket()["availableTokens"] == 0, "fewer than none are left"
    assert scans(customer, shop, code, 1) == ["NoTokensRemaining"]

    limit(shop, drinksPerBarcode=3)
    assert (shop.bucket()["code"], shop.bucket()["availableTokens"]) == (code, 1)
    assert scans(customer, shop, code, 2) == ["an order", "NoTokensRemaining"]


def test_another_number_of_places_at_the_bar_holds_for_the_next_scan(open_shop: OpenShop, customer: Person) -> None:
    shop = open_shop(drinks_per_barcode=100, max_orders_in_queue=2, max_orders_per_user=100, **SOON_OVER)
    code = shop.lasting_bucket()["code"]
    assert scans(customer, shop, code, 1) == ["an order"]
    limit(shop, maxOrdersInQueue=1)
    assert scans(customer, shop, code, 1) == ["BarFull"]
    limit(shop, maxOrdersInQueue=3)
    assert scans(customer, shop, code, 3) == ["an order", "an order", "BarFull"]


def test_another_number_of_live_orders_holds_for_the_next_scan(open_shop: OpenShop, customer: Person) -> None:
    shop = open_shop(drinks_per_barcode=100, max_orders_in_queue=100, max_orders_per_user=2, **SOON_OVER)
    code = shop.lasting_bucket()["code"]
    assert scans(customer, shop, code, 1) == ["an order"]
    limit(shop, maxOrdersPerUser=1)
    assert scans(customer, shop, code, 1) == ["OrderLimitReached"]
    limit(shop, maxOrdersPerUser=3)
    assert scans(customer, shop, code, 3) == ["an order", "an order", "OrderLimitReached"]


def test_q2_a_full_bar_of_one_shop_does_not_fill_another(
    open_shop: OpenShop, customer: Person, crowd: list[Person]
) -> None:
    full, other = open_shop(max_orders_in_queue=1, **SOON_OVER), open_shop(max_orders_in_queue=1, **SOON_OVER)
    full.scan(crowd[0])
    with pytest.raises(Refused, match="BarFull"):
        full.scan(customer)
    assert customer.order(other.scan(customer))["eventId"] == other.event_id


def test_q23_a_customer_gets_one_order_by_ten_scans_at_once(open_shop: OpenShop, customer: Person) -> None:
    shop = open_shop(max_orders_per_user=1, **SOON_OVER)
    code = shop.lasting_bucket()["code"]
    outcomes = at_once([partial(customer.redeem, shop.event_id, code)] * 10)
    assert len(accepted(outcomes)) == 1
    assert refusals(outcomes) == {(409, "OrderLimitReached"): 9}
    assert shop.bucket()["availableTokens"] == 9, "a refused scan costs a token"


def test_q19_ten_displays_at_once_show_the_same_code(shop: OwnShop) -> None:
    shop.lasting_bucket()
    codes = at_once([shop.bucket] * 10)
    assert len({bucket["code"] for bucket in accepted(codes)}) == 1


def test_q19_displays_that_open_a_new_shop_at_once_show_the_same_code(shop: OwnShop) -> None:
    codes = at_once([shop.bucket] * 10)
    assert {len(bucket["code"]) for bucket in accepted(codes)} == {10}
    assert len({(bucket["startTs"], bucket["code"]) for bucket in accepted(codes)}) == len(
        {bucket["startTs"] for bucket in accepted(codes)}
    )


def test_q25_a_closed_shop_refuses_a_scan_and_keeps_the_token(shop: OwnShop, customer: Person) -> None:
    before = shop.lasting_bucket()
    shop.barista.set_store(shop.event_id, is_open=False)
    with pytest.raises(Refused) as refused:
        customer.redeem(shop.event_id, before["code"])
    assert (refused.value.status, refused.value.code) == (409, "ShopClosed")
    assert shop.bucket() == before
    assert customer.my_orders()["orders"] == []

    shop.barista.set_store(shop.event_id, is_open=True)
    assert customer.order(customer.redeem(shop.event_id, before["code"]))["orderState"] == "CREATED"


def test_a_wrong_code_is_refused_and_costs_nothing(shop: OwnShop, customer: Person) -> None:
    before = shop.lasting_bucket()
    for code in ("wrong-code", "é\U0001f600", "' OR 1=1", '","token":"x', "x" * 500):
        with pytest.raises(Refused) as refused:
            customer.redeem(shop.event_id, code)
        assert (refused.value.status, refused.value.code) == (400, "InvalidCode")
    assert shop.bucket() == before


def test_a_scan_without_a_code_is_told_what_is_missing(shop: OwnShop, customer: Person) -> None:
    with pytest.raises(Refused, match="token") as refused:
        customer.call("POST", "/qr-code", eventId=shop.event_id)
    assert (refused.value.status, refused.value.code) == (400, "MissingToken")


def test_the_code_of_another_shop_is_no_code_here(open_shop: OpenShop, customer: Person) -> None:
    here, elsewhere = open_shop(), open_shop()
    here.bucket()
    with pytest.raises(Refused, match="InvalidCode"):
        customer.redeem(here.event_id, elsewhere.bucket()["code"])


def test_a_shop_that_is_not_there_cannot_be_scanned(customer: Person) -> None:
    with pytest.raises(Refused) as refused:
        customer.redeem("no-such-shop", "a-code-000")
    assert (refused.value.status, refused.value.code) == (404, "NotFound")


def test_q22_an_empty_code_is_a_409_that_a_browser_can_read(open_shop: OpenShop, customer: Person) -> None:
    shop = open_shop(drinks_per_barcode=1, max_orders_per_user=2, **SOON_OVER)
    code = shop.lasting_bucket()["code"]
    customer.redeem(shop.event_id, code)
    answer = customer.send("POST", "/qr-code", eventId=shop.event_id, token=code)
    assert (answer.status_code, answer.json()["Code"]) == (409, "NoTokensRemaining")
    assert answer.headers["access-control-allow-origin"] == "*"

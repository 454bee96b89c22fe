"""Who may do what: decided from the access token, at the gateway and again inside the function."""

import httpx
import pytest

from simulator.bar_client import BarClient
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import People, Person

ORDER = "an-order"

ROUTES = [
    ("GET", "/admin-config?eventId=ABC"),
    ("PUT", "/store?eventId=ABC&state=closed"),
    ("PUT", "/menu?eventId=ABC"),
    ("PUT", "/limits?eventId=ABC"),
    ("GET", "/insights?eventId=ABC"),
    ("GET", f"/journeys/{ORDER}"),
    ("GET", "/qr-code?eventId=ABC"),
    ("POST", "/qr-code?eventId=ABC&token=x"),
    ("GET", "/orders?eventId=ABC&state=CREATED"),
    ("GET", f"/orders/{ORDER}"),
    ("GET", "/myOrders"),
    ("GET", "/queue"),
    ("PUT", f"/orders/{ORDER}?action=cancel"),
]
FOR_ADMINS = [
    ("GET", "/admin-config?eventId={shop}"),
    ("PUT", "/store?eventId={shop}&state=closed"),
    ("PUT", "/store?eventId=my-own-shop&state=open"),
    ("PUT", "/menu?eventId={shop}"),
    ("PUT", "/limits?eventId={shop}"),
    ("GET", "/insights?eventId={shop}"),
    ("GET", "/qr-code?eventId={shop}"),
    ("GET", "/orders?eventId={shop}&state=CREATED"),
    ("PUT", "/orders/{order}?action=make"),
    ("PUT", "/orders/{order}?action=unmake"),
    ("PUT", "/orders/{order}?action=complete"),
    ("PUT", "/orders/{order}?action=recall"),
]
# What an admin may send there; a body of another shape is refused whoever sends it.
BODIES = {"/menu?eventId={shop}": {"menu": []}, "/limits?eventId={shop}": {"maxOrdersInQueue": 0}}


def assert_refused_with_401(answer: httpx.Response) -> None:
    """In the one shape that all errors have, readable for a browser."""
    assert answer.status_code == 401
    assert set(answer.json()) == {"Code", "Message"}
    assert answer.json()["Code"]
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_q26_q27_q28_nobody_gets_in_without_a_token(people: People, method: str, path: str) -> None:
    assert_refused_with_401(people.passer_by().send(method, path))


@pytest.mark.parametrize("token", ["garbage", "a.b.c", "", " ", "Bearer"])
def test_nobody_gets_in_with_a_token_that_is_none(people: People, token: str) -> None:
    passer_by = people.passer_by()
    for header in (token, f"Bearer {token}"):
        assert_refused_with_401(
            passer_by.http.get(f"{passer_by.api_url}/myOrders", headers={"Authorization": header.strip()})
        )


def test_a_changed_token_is_none(customer: Person, barista: Person) -> None:
    header, _, signature = customer.tokens.access.split(".")
    claims = barista.tokens.access.split(".")[1]
    forged = BarClient(customer.http, customer.api_url, f"{header}.{claims}.{signature}")
    assert_refused_with_401(forged.send("GET", "/myOrders"))


def test_an_id_token_opens_no_door(customer: Person) -> None:
    with_id_token = BarClient(customer.http, customer.api_url, customer.tokens.id)
    assert_refused_with_401(with_id_token.send("GET", "/myOrders"))


def test_a_bare_access_token_is_as_good_as_one_with_bearer(customer: Person) -> None:
    answer = customer.http.get(f"{customer.api_url}/myOrders", headers={"Authorization": customer.tokens.access})
    assert (answer.status_code, answer.json()) == (200, {"orders": [], "nextToken": None})


def test_q26_q27_q28_customers_cannot_do_what_baristas_do(shop: OwnShop, customer: Person) -> None:
    order_id = shop.scan(customer)
    for method, path in FOR_ADMINS:
        answer = customer.send(method, path.format(shop=shop.event_id, order=order_id), BODIES.get(path))
        assert (answer.status_code, answer.json()["Code"]) == (403, "Forbidden"), path
        assert answer.headers["access-control-allow-origin"] == "*"
    assert customer.order(order_id)["orderState"] == "CREATED"
    assert customer.config(shop.event_id)["storeOpen"] is True


def test_q26_q27_an_order_does_not_exist_for_a_stranger(shop: OwnShop, customer: Person, people: People) -> None:
    order_id = shop.scan(customer)
    stranger = people.customer()
    for answer in (
        stranger.send("GET", f"/orders/{order_id}"),
        stranger.send("PUT", f"/orders/{order_id}", action="cancel"),
        stranger.send("GET", f"/journeys/{order_id}"),
    ):
        nothing = {"Code": "NotFound", "Message": f"there is no order {order_id}"}
        assert (answer.status_code, answer.json()) == (404, nothing)
    assert stranger.my_orders()["orders"] == []
    assert customer.order(order_id)["orderState"] == "CREATED"


def test_q28_opening_a_shop_that_is_not_there_makes_none(barista: Person, people: People) -> None:
    answer = barista.send("PUT", "/store", eventId="no-such-shop", state="open")
    assert (answer.status_code, answer.json()["Code"]) == (404, "NotFound")
    assert people.passer_by().send("GET", "/config", eventId="no-such-shop").status_code == 404


def test_a_barista_sees_a_customers_order(shop: OwnShop, customer: Person, barista: Person) -> None:
    order_id = shop.scan(customer)
    assert barista.order(order_id) == customer.order(order_id)

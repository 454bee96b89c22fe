"""The story of an order, for every ending, as a page that its owner and the barista can open."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest

from simulator.bar_client import Refused
from simulator.probe.eventually import eventually
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person
from simulator.probe.workflows import Workflows


@pytest.fixture
def passer_by() -> Iterator[httpx.Client]:
    """Reads pages without a token."""
    with httpx.Client(trust_env=False, timeout=35) as client:
        yield client


@pytest.fixture
def page(passer_by: httpx.Client) -> Callable[[Person, str], str]:
    """Opens the order's page, as it is now."""

    def opened(person: Person, order_id: str) -> str:
        answer = passer_by.get(person.journey(order_id))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        return answer.text

    return opened


type Page = Callable[[Person, str], str]


def told(page: Page, person: Person, order_id: str, *headings: str) -> str:
    """The page, once it has told all of this in this order."""

    def look() -> str:
        text = page(person, order_id)
        assert re.findall(r"<h2>(.*?)</h2>", text) == list(headings)
        return text

    return eventually(look)


BEGUN = ("Code scanned", "A place at the bar")
CHOSEN = (*BEGUN, "Order number taken", "Drink chosen")


def test_q53_a_completed_order_tells_every_step(shop: OwnShop, customer: Person, barista: Person, page: Page) -> None:
    order_id = shop.ordered(customer, "Flat White", "Oat")["orderId"]
    told(page, customer, order_id, *CHOSEN)  # a barista can be faster than the workflow that asks for one
    barista.make(order_id)
    barista.complete(order_id)
    text = told(page, customer, order_id, *CHOSEN, "In the barista&#39;s hands", "Ready", "Workflow finished")
    assert "<h1>Order 1</h1>" in text
    assert "Flat White, Oat · completed" in text
    assert text.count('class="stop passed"') == 5
    assert page(barista, order_id) == text


def test_the_page_asks_nobody_else_for_anything(shop: OwnShop, customer: Person, page: Page) -> None:
    text = page(customer, shop.scan(customer))
    assert re.findall(r"(?:src|href|url\()", text) == []


def test_q54_a_cancelled_order_says_so(shop: OwnShop, customer: Person, page: Page) -> None:
    order_id = shop.scan(customer)
    told(page, customer, order_id, *BEGUN)
    customer.cancel(order_id)
    assert "Cancelled by customer" in told(page, customer, order_id, *BEGUN, "Cancelled")


def test_q55_an_order_that_ran_out_of_time_says_so(open_shop: OpenShop, customer: Person, page: Page) -> None:
    order_id = open_shop(customer_wait_seconds=2).scan(customer)
    assert "Customer timedout" in told(page, customer, order_id, *BEGUN, "Too slow")


def test_an_order_whose_workflow_broke_says_so(
    shop: OwnShop, customer: Person, page: Page, workflows: Workflows
) -> None:
    order_id = shop.scan(customer)
    told(page, customer, order_id, *BEGUN)
    workflows.abort(order_id)
    told(page, customer, order_id, *BEGUN, "Something broke")


def test_a_strangers_order_has_no_page(shop: OwnShop, customer: Person, people: People) -> None:
    order_id = shop.scan(customer)
    with pytest.raises(Refused) as refused:
        people.customer().journey(order_id)
    assert (refused.value.status, refused.value.code) == (404, "NotFound")

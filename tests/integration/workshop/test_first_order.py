"""Module 0 is about people: an order of a robot's does not count, and who has not finished hears what is missing."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person
from workshop.attempt import Attempt, RunningBar
from workshop.checks.first_order import pages_open, somebody_ordered, the_coffee_was_made
from workshop.finding import DoesNotHold
from workshop.running import Cloud, finished, matching, stage_of


@pytest.fixture
def person(people: People) -> Person:
    return people.customer(f"ana-{secrets.token_hex(4)}@example.com")


@pytest.fixture
def attempt_in(cloud: Cloud, tmp_path: Path) -> Callable[[OwnShop], Attempt]:
    bar = RunningBar(cloud.outputs, stage_of(cloud, cloud.outputs.order_processor_arn), cloud.client)
    return lambda shop: Attempt(tmp_path, finished, matching, lambda: bar, shop=shop.event_id)


def test_a_persons_order_is_followed_to_its_end(
    open_shop: OpenShop, person: Person, customer: Person, attempt_in: Callable[[OwnShop], Attempt]
) -> None:
    shop = open_shop()
    attempt = attempt_in(shop)
    pages_open(attempt)

    shop.scan(customer)
    with pytest.raises(DoesNotHold, match="nobody has ordered yet, but for robots"):
        somebody_ordered(attempt)

    order_id = shop.scan(person)
    somebody_ordered(attempt)
    with pytest.raises(DoesNotHold, match="have not chosen a drink yet"):
        the_coffee_was_made(attempt)

    person.cancel(order_id)
    with pytest.raises(DoesNotHold, match="ended as CANCELLED: Cancelled by customer"):
        the_coffee_was_made(attempt)

    order_id = shop.ordered(person)["orderId"]
    with pytest.raises(DoesNotHold, match="has number 1 and waits for a barista"):
        the_coffee_was_made(attempt)

    shop.barista.complete(order_id)
    the_coffee_was_made(attempt)

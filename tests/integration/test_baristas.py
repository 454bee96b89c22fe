"""What baristas do with an order, once and for all, also when two of them do it at once."""

from collections import Counter
from functools import partial

import pytest

from simulator.bar_client import Order, Refused
from simulator.probe.eventually import eventually
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import People, Person
from simulator.probe.recorder import Recorder
from tests.integration.at_once import accepted, at_once, refusals


@pytest.fixture
def order_id(shop: OwnShop, customer: Person, recorder: Recorder) -> str:
    """An order that waits for a barista."""
    order_id = shop.ordered(customer)["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    return order_id


@pytest.fixture(scope="session")
def colleague(people: People) -> Person:
    return people.barista()


def assert_heard(recorder: Recorder, order_id: str, detail_type: str, *baristas: str) -> None:
    """The bus heard such events of the order, which name these baristas, and no other."""

    def look() -> None:
        events = [event for event in recorder.about(order_id) if event.detail_type == detail_type]
        assert [event.detail["baristaUserId"] for event in events] == [*baristas]

    eventually(look)


def test_q8_of_two_baristas_at_once_one_claims_the_order(
    order_id: str, barista: Person, colleague: Person, recorder: Recorder
) -> None:
    outcomes = at_once(partial(one.make, order_id) for one in (barista, colleague))
    (order,) = accepted(outcomes)
    assert refusals(outcomes) == {(409, "AlreadyClaimed"): 1}
    assert order["baristaUserId"] in {barista.user_id, colleague.user_id}
    assert barista.order(order_id) == order
    assert_heard(recorder, order_id, "OrderManager.MakeOrder", order["baristaUserId"])


def test_q5_an_order_that_is_put_back_can_be_claimed_by_another_and_everybody_hears_it(
    order_id: str, barista: Person, colleague: Person, recorder: Recorder
) -> None:
    barista.make(order_id)
    released = barista.unmake(order_id)
    assert (released["orderState"], released["baristaUserId"]) == ("SUBMITTED", None)
    assert colleague.make(order_id)["baristaUserId"] == colleague.user_id
    assert colleague.complete(order_id)["orderState"] == "COMPLETED"
    assert_heard(recorder, order_id, "OrderManager.MakeOrder", barista.user_id, "", colleague.user_id)


def test_an_order_that_another_barista_makes_cannot_be_put_back(
    order_id: str, barista: Person, colleague: Person
) -> None:
    claimed = barista.make(order_id)
    with pytest.raises(Refused, match="AlreadyClaimed"):
        colleague.unmake(order_id)
    assert barista.order(order_id) == claimed


@pytest.mark.parametrize("action", ["make", "unmake", "complete", "cancel"])
def test_q6_an_action_again_gives_the_same_order_and_is_told_once(
    order_id: str, barista: Person, recorder: Recorder, action: str
) -> None:
    if action == "unmake":
        barista.make(order_id)
    first = act(barista, action, order_id)
    eventually(lambda: assert_told(recorder, order_id, TOLD[action]))
    assert act(barista, action, order_id) == first
    assert_told(recorder, order_id, TOLD[action])


TOLD = {
    "make": {"OrderManager.MakeOrder": 1},
    "unmake": {"OrderManager.MakeOrder": 2},
    "complete": {"OrderManager.OrderCompleted": 1},
    "cancel": {"OrderManager.OrderCancelled": 1},
}


def assert_told(recorder: Recorder, order_id: str, expected: dict[str, int]) -> None:
    """The bus heard events of these types about the order exactly so often."""
    types = Counter(event.detail_type for event in recorder.about(order_id))
    assert {detail_type: types[detail_type] for detail_type in expected} == expected


def act(person: Person, action: str, order_id: str) -> Order:
    """The action by its name."""
    done: Order = person.call("PUT", f"/orders/{order_id}", action=action)
    return done


@pytest.mark.parametrize("ending", ["complete", "cancel"])
def test_q6_an_order_that_has_ended_stays_as_it_is(
    order_id: str, customer: Person, barista: Person, colleague: Person, ending: str
) -> None:
    ended = act(barista, ending, order_id)
    late = [(colleague, action) for action in ("make", "unmake", "complete", "cancel")] + [(customer, "cancel")]
    for person, action in late:
        with pytest.raises(Refused) as refused:
            act(person, action, order_id)
        assert (refused.value.status, refused.value.code) == (409, "WrongState")
    assert customer.order(order_id) == ended


def test_q6_an_action_on_an_order_that_nobody_placed_makes_none(barista: Person) -> None:
    for action in ("make", "unmake", "complete", "cancel"):
        with pytest.raises(Refused) as refused:
            act(barista, action, "no-such-order")
        assert (refused.value.status, refused.value.code) == (404, "NotFound")
    with pytest.raises(Refused, match="NotFound"):
        barista.order("no-such-order")


def test_q6_a_shop_named_in_the_url_does_not_move_the_order(order_id: str, shop: OwnShop, barista: Person) -> None:
    barista.call("PUT", f"/orders/{order_id}", action="make", eventId="ABC")
    assert barista.order(order_id)["eventId"] == shop.event_id
    assert order_id not in {order["orderId"] for order in barista.orders("ABC", "IN_PRODUCTION")["orders"]}


def test_an_order_is_not_made_before_a_drink_was_chosen(shop: OwnShop, people: People, barista: Person) -> None:
    order_id = shop.scan(people.customer())
    for action in ("make", "complete", "unmake"):
        with pytest.raises(Refused, match="WrongState"):
            act(barista, action, order_id)


def test_a_customer_cannot_cancel_what_is_being_made(order_id: str, customer: Person, barista: Person) -> None:
    making = barista.make(order_id)
    with pytest.raises(Refused, match="WrongState"):
        customer.cancel(order_id)
    assert customer.order(order_id) == making


def test_completing_and_cancelling_at_once_ends_the_order_in_one_way(
    order_id: str, customer: Person, barista: Person, recorder: Recorder
) -> None:
    outcomes = at_once([partial(barista.complete, order_id), partial(customer.cancel, order_id)])
    (order,) = accepted(outcomes)
    assert refusals(outcomes) == {(409, "WrongState"): 1}
    assert customer.order(order_id) == order
    ending = {"COMPLETED": "OrderManager.OrderCompleted", "CANCELLED": "OrderManager.OrderCancelled"}
    recorder.wait_for(order_id, ending.pop(order["orderState"]))
    assert not {event.detail_type for event in recorder.about(order_id)} & set(ending.values())

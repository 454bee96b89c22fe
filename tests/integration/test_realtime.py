"""Everybody is told, and nobody what is not theirs, on the deployed bar by a WebSocket client that is not ours."""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from boto3.dynamodb.conditions import Key
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from simulator.outputs import Outputs
from simulator.own_shop import app_settings
from simulator.probe.eventually import eventually
from simulator.probe.listening import Crowd, Ear, Ears, Message, fits
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

WHOLE_LIFE = [
    "Validator.NewOrder",
    "OrderProcessor.WorkflowStarted",
    "OrderProcessor.WaitingCompletion",
    "OrderManager.WaitingCompletion",
    "OrderManager.MakeOrder",
    "OrderManager.OrderCompleted",
    "OrderProcessor.orderFinished",
]
NEWS = "ConfigService.ConfigChanged"
CROWD = 500
LATE = {
    "OrderManager.MakeOrder",
    "OrderManager.OrderCompleted",
}  # so shortly before the end that they may come after it


@pytest.fixture
def ears(bar: Outputs) -> Ears:
    return Ears(bar.realtime_url)


@pytest.fixture
def connections(aws: boto3.Session, bar: Outputs) -> "Table":
    dynamodb = aws.resource("dynamodb", endpoint_url=bar.endpoint_url)
    return dynamodb.Table(app_settings().connections_table)


def listeners(connections: "Table", shop: str) -> list[dict[str, Any]]:
    query = {"KeyConditionExpression": Key("eventId").eq(shop), "ConsistentRead": True}
    return connections.query(**query)["Items"]  # type: ignore[arg-type]


def served(shop: OwnShop, customer: Person, ear: Ear) -> str:
    """An order from scan to cup, by a barista who hears of it by that ear."""
    order_id: str = shop.ordered(customer)["orderId"]
    ear.wait_for("OrderManager.WaitingCompletion", orderId=order_id)
    shop.barista.make(order_id)
    shop.barista.complete(order_id)
    return order_id


def encoded(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def unsigned(token: str) -> str:
    return f"{encoded({'alg': 'none'})}.{token.split('.')[1]}."


FOREIGN = unsigned("header." + encoded({"sub": "x", "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_x"}))
BAD: dict[str, Callable[[str], str]] = {
    "none": lambda _: "",
    "no token at all": lambda _: "garbage",
    "cut short": lambda token: token[:-20],
    "without signature": lambda token: token.rpartition(".")[0] + ".",
    "unsigned": unsigned,
    "of another pool": lambda token: f"{token.partition('.')[0]}.{FOREIGN.split('.')[1]}.{token.rpartition('.')[2]}",
}


@pytest.mark.parametrize("spoil", BAD.values(), ids=BAD)
def test_without_a_good_token_the_handshake_fails(
    ears: Ears, shop: OwnShop, customer: Person, connections: "Table", spoil: Callable[[str], str]
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(ears.url(spoil(customer.tokens.access), shop.event_id))
    assert refused.value.response.status_code == 401
    assert listeners(connections, shop.event_id) == []


def test_somebody_elses_claims_under_ones_own_signature_open_nothing(
    ears: Ears, shop: OwnShop, customer: Person
) -> None:
    header, _, signature = customer.tokens.access.split(".")
    with pytest.raises(InvalidStatus):
        connect(ears.url(f"{header}.{shop.barista.tokens.access.split('.')[1]}.{signature}", shop.event_id))


def test_without_a_query_the_handshake_fails(ears: Ears) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(ears.realtime_url)
    assert refused.value.response.status_code == 401


@pytest.mark.parametrize(("shop_name", "status"), [("no-such-shop", 404), ("", 400)])
def test_one_listens_to_a_shop_that_there_is(ears: Ears, customer: Person, shop_name: str, status: int) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(ears.url(customer.tokens.access, shop_name))
    assert refused.value.response.status_code == status


def test_owner_and_admin_hear_an_orders_whole_life_and_a_stranger_nothing_of_it(
    ears: Ears, shop: OwnShop, customer: Person, people: People
) -> None:
    stranger = people.customer()
    with (
        ears.open(customer.tokens.access, shop.event_id) as owners,
        ears.open(shop.barista.tokens.id, shop.event_id) as admins,
        ears.open(stranger.tokens.id, shop.event_id) as strangers,
    ):
        order_id = served(shop, customer, admins)
        for ear in (owners, admins):
            for kind in WHOLE_LIFE:
                ear.wait_for(kind, orderId=order_id, userId=customer.user_id)
            assert Counter(ear.types_about(order_id)) == Counter(WHOLE_LIFE)
        shop.barista.set_store(shop.event_id, is_open=False)
        for ear in (owners, admins, strangers):
            assert ear.wait_for(NEWS, eventId=shop.event_id)["detail"]["storeOpen"] is False
        about_orders = [message for message in strangers.heard if "orderId" in message["detail"]]
    assert about_orders == []
    assert all(message.keys() == {"type", "detail"} for ear in (owners, admins) for message in ear.heard)


def test_q24_q29_nobody_hears_a_code_or_a_task_token(ears: Ears, shop: OwnShop, customer: Person) -> None:
    code = shop.bucket()["code"]
    with ears.open(shop.barista.tokens.access, shop.event_id) as ear:
        order_id = served(shop, customer, ear)
        ear.wait_for("OrderProcessor.orderFinished", orderId=order_id)
        heard = json.dumps(ear.heard)
    assert code not in heard
    assert "token" not in heard.lower().replace("availabletokens", "")
    assert customer.address not in heard


def test_one_hears_of_the_shop_one_listens_to_and_no_other(
    ears: Ears, shop: OwnShop, open_shop: OpenShop, customer: Person
) -> None:
    other = open_shop()
    with (
        ears.open(customer.tokens.access, other.event_id) as owners,
        ears.open(shop.barista.tokens.access, other.event_id) as admins,
        ears.open(shop.barista.tokens.access, shop.event_id) as bystander,
    ):
        served(shop, customer, bystander)
        other.barista.set_store(other.event_id, is_open=False)
        for ear in (owners, admins):
            ear.wait_for(NEWS, eventId=other.event_id)
            assert [message["type"] for message in ear.heard if message["detail"]["eventId"] != other.event_id] == []


def test_who_comes_back_hears_again(ears: Ears, shop: OwnShop, customer: Person, connections: "Table") -> None:
    with ears.open(customer.tokens.access, shop.event_id) as ear:
        order_id = shop.scan(customer)
        ear.wait_for("OrderProcessor.WorkflowStarted", orderId=order_id)

    def forgotten() -> None:
        assert listeners(connections, shop.event_id) == []

    eventually(forgotten)
    with ears.open(customer.tokens.access, shop.event_id) as ear:
        customer.cancel(order_id)
        ear.wait_for("OrderManager.OrderCancelled", orderId=order_id)


def test_a_dead_connection_is_forgotten_and_the_others_hear(
    ears: Ears, shop: OwnShop, customer: Person, connections: "Table"
) -> None:
    with ears.open(customer.tokens.access, shop.event_id) as ear:
        (alive,) = listeners(connections, shop.event_id)
        for number in range(20):  # API Gateway does not always notice that somebody is gone
            dead = {"connectionId": f"dead-{number}", "listener": f"customer#{customer.user_id}#dead-{number}"}
            connections.put_item(Item={**alive, **dead, "openedAt": 1})
        order_id = shop.scan(customer)
        ear.wait_for("OrderProcessor.WorkflowStarted", orderId=order_id)

        def forgotten() -> None:
            assert listeners(connections, shop.event_id) == [alive]

        eventually(forgotten)


def test_whose_token_has_expired_hears_no_more(
    ears: Ears, shop: OwnShop, customer: Person, connections: "Table"
) -> None:
    with (
        ears.open(customer.tokens.access, shop.event_id) as late,
        ears.open(shop.barista.tokens.access, shop.event_id) as ear,
    ):
        (row,) = [one for one in listeners(connections, shop.event_id) if not one["isAdmin"]]
        connections.put_item(Item={**row, "expiresAt": 1})
        shop.barista.set_store(shop.event_id, is_open=False)
        ear.wait_for(NEWS, eventId=shop.event_id, storeOpen=False)
        late.say("ping")
        late.wait_for("pong")
        assert not [message for message in late.heard if fits(message, NEWS, {"storeOpen": False})]


def test_a_ping_is_answered(ears: Ears, shop: OwnShop, customer: Person) -> None:
    with ears.open(customer.tokens.access, shop.event_id) as ear:
        ear.say('{"action": "ping"}')
        assert ear.wait_for("pong") == {"type": "pong", "detail": {}}
        ear.say("hello")
        ear.wait_for("unknown")


def test_an_order_is_served_while_five_hundred_listen_and_all_of_them_hear(
    ears: Ears, shop: OwnShop, customer: Person, connections: "Table"
) -> None:
    async def scene(ear: Ear) -> tuple[str, list[list[Message]]]:
        async with Crowd([ears.url(shop.barista.tokens.access, shop.event_id)] * CROWD) as crowd:
            serving = asyncio.create_task(asyncio.to_thread(served, shop, customer, ear))
            heard = await crowd.all_hear("OrderProcessor.orderFinished", userId=customer.user_id)
            return await serving, heard

    # In a thread of its own: Playwright, if its tests came before, has a loop in this one.
    with ears.open(customer.tokens.access, shop.event_id) as ear, ThreadPoolExecutor(1) as thread:
        order_id, heard = thread.submit(asyncio.run, scene(ear)).result()
    assert customer.order(order_id)["orderState"] == "COMPLETED"
    assert len(heard) == CROWD
    for messages in heard:
        missing = set(WHOLE_LIFE) - {message["type"] for message in messages}
        assert missing <= LATE, "what was on the bus long before the end was heard before it"

    def forgotten() -> None:
        assert listeners(connections, shop.event_id) == []

    eventually(forgotten)

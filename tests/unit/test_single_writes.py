"""Writes outside of transactions that meet one: DynamoDB refuses them for a moment, which is nobody's fault.

DynamoDB Local never does that, so it is shown with answers as AWS gives them.
"""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib.errors import NotFound
from chalicelib.orders.model import OrderState
from chalicelib.orders.store import OrderStore, Stale
from chalicelib.shop.store import ShopStore, to_item
from tests.support.orders import EVENT, SHOP, order_in

BUSY = "TransactionConflictException"
ROW: dict[str, Any] = {
    "eventId": {"S": EVENT},
    "storeOpen": {"BOOL": True},
    "menu": {"L": []},
    "timeZone": {"S": "UTC"},
    **{name: {"N": str(value)} for name, value in to_item(SHOP).items() if type(value) is int},
}


@pytest.fixture
def table() -> Iterator[tuple[Any, Stubber]]:
    resource = boto3.resource("dynamodb", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    table = resource.Table("a-table")
    with Stubber(table.meta.client) as stubber:
        yield table, stubber
        stubber.assert_no_pending_responses()


type Stubbed = tuple[Any, Stubber]


@pytest.mark.parametrize("code", [BUSY, "ConditionalCheckFailedException"])
def test_an_order_that_a_transaction_is_changing_is_read_again(table: Stubbed, code: str) -> None:
    stubbed, stubber = table
    stubber.add_client_error("put_item", code)
    with pytest.raises(Stale):
        OrderStore(stubbed).save(order_in(OrderState.SUBMITTED))


def test_an_order_that_cannot_be_written_at_all_is_a_fault(table: Stubbed) -> None:
    stubbed, stubber = table
    stubber.add_client_error("put_item", "AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        OrderStore(stubbed).save(order_in(OrderState.SUBMITTED))


def test_a_shop_is_closed_in_the_middle_of_a_rush_of_scans(table: Stubbed) -> None:
    stubbed, stubber = table
    for _ in range(3):
        stubber.add_client_error("update_item", BUSY)
    stubber.add_response("update_item", {"Attributes": ROW})
    assert ShopStore(stubbed).configure(EVENT, {"storeOpen": True}).event_id == EVENT


def test_a_shop_that_is_not_there_is_not_tried_again(table: Stubbed) -> None:
    stubbed, stubber = table
    stubber.add_client_error("update_item", "ConditionalCheckFailedException")
    with pytest.raises(NotFound):
        ShopStore(stubbed).configure(EVENT, {"storeOpen": True})

"""The deployed bar's stores and workflow in one's own process, for what one does in a function's place."""

from typing import TYPE_CHECKING

from chalicelib.bar import Bar
from chalicelib.bus import Bus
from chalicelib.orders.customers import CustomerStore
from chalicelib.orders.numbers import OrderNumberStore
from chalicelib.orders.outbox import OutboxStore
from chalicelib.orders.store import OrderStore
from chalicelib.orders.workflow import StepFunctionsWorkflow
from chalicelib.qr_codes.store import QrCodeStore
from chalicelib.shop.store import ShopStore
from simulator.own_shop import app_settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBServiceResource
    from mypy_boto3_stepfunctions import SFNClient


def deployed_bar(dynamodb: "DynamoDBServiceResource", stepfunctions: "SFNClient", bus: Bus) -> Bar:
    """The deployed bar's tables and workflow, with this bus."""
    names = app_settings()
    return Bar(
        shops=ShopStore(dynamodb.Table(names.shops_table)),
        qr_codes=QrCodeStore(dynamodb.Table(names.qr_codes_table)),
        orders=OrderStore(dynamodb.Table(names.orders_table)),
        customers=CustomerStore(dynamodb.Table(names.customers_table)),
        numbers=OrderNumberStore(dynamodb.Table(names.order_numbers_table)),
        outbox=OutboxStore(dynamodb.Table(names.outbox_table)),
        workflow=StepFunctionsWorkflow(stepfunctions),
        bus=bus,
    )

"""What contract tests are handed: each store on the real DynamoDB, and in memory, so that neither fools the other.

The cloud is the run's own (see tests/conftest.py), or the one at LOCAL_CLOUD_TEST_ENDPOINT. Where LOCAL_CLOUD_TABLES
names an engine it is a cloud with that engine and without the bar, which ends with the run.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from local_cloud.table_engines import VARIABLE as TABLES

from chalicelib.bar import Bar
from chalicelib.identity import store as sign_ins
from chalicelib.identity.store import SignInStore
from chalicelib.insights import store as insights
from chalicelib.insights.store import InsightStore
from chalicelib.journeys import store as journeys
from chalicelib.orders import customers, numbers, outbox
from chalicelib.orders import store as orders
from chalicelib.orders.customers import CustomerStore
from chalicelib.orders.numbers import OrderNumberStore
from chalicelib.orders.outbox import OutboxStore
from chalicelib.orders.store import OrderStore
from chalicelib.qr_codes import store as qr_codes
from chalicelib.qr_codes.store import QrCodeStore
from chalicelib.realtime import store as connections
from chalicelib.shop import store as shops
from chalicelib.shop.store import ShopStore
from tests.support.memory_bar import MemoryBar
from tests.support.memory_stores import MemorySignIns
from tests.support.recorders import RecordingBus, RecordingWorkflow
from tests.support.tables import table_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

STORES = (shops, qr_codes, orders, customers, numbers, outbox, sign_ins, journeys, insights, connections)
SHAPES = [store.SHAPE for store in STORES]
# More connections than threads of any test, and the application's own patience.
CONFIG = Config(connect_timeout=5, read_timeout=60, max_pool_connections=64, retries={"total_max_attempts": 4})


@pytest.fixture(scope="session")
def cloud_endpoint(request: pytest.FixtureRequest) -> str:
    """Where AWS is."""
    if given := os.environ.get("LOCAL_CLOUD_TEST_ENDPOINT"):
        return given
    its_own = "local_cloud" if os.environ.get(TABLES) else "bar"
    return str(request.getfixturevalue(its_own).endpoint_url)


@pytest.fixture(scope="session")
def aws(cloud_endpoint: str) -> Any:
    """Makes clients: `aws("events")`."""
    session = boto3.Session("test", "test", region_name="us-east-1")
    return lambda service: session.client(service, endpoint_url=cloud_endpoint, config=CONFIG)


@pytest.fixture(scope="session")
def tables(cloud_endpoint: str) -> "Iterator[dict[str, Table]]":
    """A table for each store, by the setting that names it; of this run alone, and gone afterwards."""
    session = boto3.Session("test", "test", region_name="us-east-1")
    dynamodb = session.resource("dynamodb", endpoint_url=cloud_endpoint, config=CONFIG)
    _ = (
        dynamodb.meta.client.exceptions
    )  # else made at the first refusals, by two threads at once two of each (botocore)
    run = f"contract-{secrets.token_hex(6)}"
    with ExitStack() as all_gone:
        yield {
            shape.setting: all_gone.enter_context(table_of(shape, dynamodb, f"{run}-{shape.setting}"))
            for shape in SHAPES
        }


@pytest.fixture(params=["dynamodb", "memory"])
def stores(request: pytest.FixtureRequest) -> Bar:
    """The bar's stores, on DynamoDB and then in memory; bus and workflow only remember."""
    if request.param == "memory":
        return MemoryBar()
    return real_stores(request.getfixturevalue("tables"))


@pytest.fixture
def real(tables: "dict[str, Table]") -> Bar:
    """The stores on DynamoDB, for what cannot be had in memory."""
    return real_stores(tables)


def real_stores(tables: "dict[str, Table]") -> Bar:
    return Bar(
        shops=ShopStore(tables["shops_table"]),
        qr_codes=QrCodeStore(tables["qr_codes_table"]),
        orders=OrderStore(tables["orders_table"]),
        customers=CustomerStore(tables["customers_table"]),
        numbers=OrderNumberStore(tables["order_numbers_table"]),
        outbox=OutboxStore(tables["outbox_table"]),
        workflow=RecordingWorkflow(),
        bus=RecordingBus(),
    )


@pytest.fixture(params=["dynamodb", "memory"])
def sign_in_codes(request: pytest.FixtureRequest) -> SignInStore:
    """The sign-ins' store, on DynamoDB and then in memory."""
    if request.param == "memory":
        return MemorySignIns()
    return SignInStore(request.getfixturevalue("tables")["sign_ins_table"])


@pytest.fixture
def facts(tables: "dict[str, Table]") -> InsightStore:
    """The insights' store."""
    return InsightStore(tables["insights_table"])


@pytest.fixture
def bucket(aws: Any) -> Iterator[str]:
    """A bucket of the test's own."""
    s3, name = aws("s3"), f"contract-{secrets.token_hex(6)}"
    s3.create_bucket(Bucket=name)
    yield name
    for page in s3.list_objects_v2(Bucket=name).get("Contents", []):
        s3.delete_object(Bucket=name, Key=page["Key"])
    s3.delete_bucket(Bucket=name)


@pytest.fixture
def event_id() -> str:
    """A shop of the test's own."""
    return f"shop-{secrets.token_hex(6)}"


@pytest.fixture
def user_id() -> str:
    """A customer of the test's own."""
    return f"user-{secrets.token_hex(6)}"

"""What integration tests are handed: the deployed bar, its people, shops of their own, a recorder and a browser.

One browser does for all tests of a process: Playwright cannot be begun twice in it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import boto3
import httpx
import pytest
from playwright.sync_api import Browser

from simulator.entrance import Entrance, entrance
from simulator.entrance import browser as http_client
from simulator.outputs import Outputs
from simulator.probe.deployed_bar import deployed_bar
from simulator.probe.eventually import eventually
from simulator.probe.lost_orders import LossyBus, LostOrders
from simulator.probe.own_shops import OpenShop, OwnShop, own_shop
from simulator.probe.people import People, Person
from simulator.probe.recorder import Recorder, recording
from simulator.probe.workflows import Workflows
from simulator.screens.chromium import Camera, chromium
from tests.integration.running_bar import CREDENTIALS, deployed_anew
from upkeep.sweeping import CALLS

TEST_LASTS = timedelta(minutes=2)  # at most, nearly always


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A sweep looks into each shop that there is, and nearly each test makes one: those that sweep come first."""
    items.sort(key=lambda item: item.get_closest_marker("sweeps") is None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that the bar that runs here is another one than before the tests."""
    if deployed_anew():
        terminalreporter.write_line("The bar that runs here was of other code: this code was deployed to it first.")


@pytest.fixture(autouse=True)
def one_business_day() -> None:
    """Orders are numbered and counted day by day: a test begins when its day lasts longer than the test."""

    def look() -> None:
        now = datetime.now(UTC)  # the time zone of all tests' shops
        assert (now + TEST_LASTS).date() == now.date(), "it is nearly midnight"

    eventually(look, within_s=2 * TEST_LASTS.total_seconds())


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    return Camera(tmp_path_factory.mktemp("camera") / "film.mjpeg")


@pytest.fixture(scope="session")
def browser(camera: Camera) -> Iterator[Browser]:
    with chromium(camera) as browser:
        yield browser


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    with http_client() as client:
        yield client


@pytest.fixture(scope="session")
def way_in(http: httpx.Client, bar: Outputs) -> Entrance:
    return entrance(http, bar)


@pytest.fixture(scope="session")
def aws(bar: Outputs) -> boto3.Session:
    """AWS as its owner sees it, for what no customer and no barista can do."""
    return boto3.Session(
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        region_name=bar.region,
    )


@pytest.fixture(scope="session")
def people(way_in: Entrance, aws: boto3.Session, bar: Outputs) -> People:
    return People(way_in, aws.client("cognito-idp", endpoint_url=bar.endpoint_url))


@pytest.fixture(scope="session")
def barista(people: People) -> Person:
    """Works in the shops of all tests of this worker."""
    return people.barista()


@pytest.fixture
def customer(people: People) -> Person:
    return people.customer()


@pytest.fixture
def open_shop(aws: boto3.Session, bar: Outputs, barista: Person) -> OpenShop:
    """Opens a shop of the test's own, with any of `chalicelib.shop.model.Shop`'s settings."""

    def open_one(**settings: object) -> OwnShop:
        return own_shop(aws, bar, barista, **settings)

    return open_one


@pytest.fixture
def shop(open_shop: OpenShop) -> OwnShop:
    """An ordinary shop of the test's own."""
    return open_shop()


@pytest.fixture
def recorder(aws: boto3.Session, bar: Outputs) -> Iterator[Recorder]:
    events = aws.client("events", endpoint_url=bar.endpoint_url)
    sqs = aws.client("sqs", endpoint_url=bar.endpoint_url)
    with recording(events, sqs, bar.event_bus_name) as recorder:
        yield recorder


@pytest.fixture
def workflows(aws: boto3.Session, bar: Outputs) -> Workflows:
    stepfunctions = aws.client("stepfunctions", endpoint_url=bar.endpoint_url)
    functions = aws.client("lambda", endpoint_url=bar.endpoint_url, config=CALLS)
    since = datetime.now(UTC) - timedelta(seconds=1)  # AWS may keep whole seconds only
    return Workflows(stepfunctions, functions, bar.order_processor_arn, since)


@pytest.fixture
def lost_orders(aws: boto3.Session, bar: Outputs) -> LostOrders:
    dynamodb = aws.resource("dynamodb", endpoint_url=bar.endpoint_url)
    stepfunctions = aws.client("stepfunctions", endpoint_url=bar.endpoint_url)
    events = aws.client("events", endpoint_url=bar.endpoint_url)
    return LostOrders(deployed_bar(dynamodb, stepfunctions, LossyBus()), events, bar.event_bus_name)

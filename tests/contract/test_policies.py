"""Each function is run on the cloud in every way that makes it call AWS, and its calls are held against its policy."""

import importlib
import secrets
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import app
from chalicelib.identity.store import SignInStore
from chalicelib.qr_codes.model import Bucket, bucket_id
from chalicelib.realtime.store import ConnectionStore
from tests.architecture.source import config
from tests.contract.conftest import real_stores
from tests.contract.scenarios import FUNCTIONS, SCENARIOS, Account, requests
from tests.support.api import Api
from tests.support.orders import SHOP
from tests.support.permissions import Recording, denied, never_needed

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

NAMES = config()["environment_variables"]


@pytest.fixture
def account(
    own_names: dict[str, str],
    tables: "dict[str, Table]",
    aws: Callable[[str], Any],
    cloud_endpoint: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Account]:
    """This process as if it were a function's, with the run's own tables."""
    monkeypatch.setattr("chalicelib.orders.handlers.STATE_MACHINE", machine := f"contract-{secrets.token_hex(6)}")
    clock = importlib.import_module("chalicelib.clock")
    bar, shop = real_stores(tables), f"shop-{secrets.token_hex(6)}"
    for name, value in (NAMES | own_names | at(cloud_endpoint)).items():
        monkeypatch.setenv(name, value)
    bar.shops.create(replace(SHOP, event_id=shop, max_orders_per_user=100))
    bar.qr_codes.get_or_create(Bucket(shop, bucket_id(clock.now_ms()), "the-code", 10))
    aws("ses").verify_email_identity(EmailAddress=NAMES["LETTER_SENDER"])
    forget_clients()
    sign_ins, connections = SignInStore(tables["sign_ins_table"]), ConnectionStore(tables["connections_table"])
    yield Account(bar, sign_ins, connections, aws, shop, machine, clock.now_ms())
    forget_clients()


@pytest.fixture
def own_names(tables: "dict[str, Table]", bucket: str) -> dict[str, str]:
    """The run's names of tables, bucket and bus, by their settings."""
    others = {"EVENT_BUS_NAME": "default", "JOURNEYS_BUCKET": bucket, "TEXT_MESSAGES_TO": "everywhere"}
    return others | {setting.upper(): table.name for setting, table in tables.items()}


def at(endpoint: str) -> dict[str, str]:
    credentials = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    return {"AWS_ENDPOINT_URL": endpoint, "AWS_DEFAULT_REGION": "us-east-1", **credentials}


def forget_clients() -> None:
    """Forget what the process has made once and for all."""
    for name, module in list(sys.modules.items()):
        if name.startswith("chalicelib."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@pytest.fixture
def recording(own_names: dict[str, str], account: Account) -> Recording:
    """What is done from now on."""
    from chalicelib import aws
    from chalicelib.settings import settings

    settings()  # now, since Chalice's test client sets the configuration's own names
    names = {value: NAMES[setting] for setting, value in own_names.items()}
    record = Recording({**names, account.machine: "OrderProcessorWorkflow"})
    aws.session().events.register("provide-client-params", record.record)
    return record


def policy_of(name: str) -> str:
    own: dict[str, dict[str, str]] = config()["lambda_functions"]
    return own[name]["iam_policy_file"]


def test_every_function_has_its_scenario() -> None:
    assert FUNCTIONS.keys() <= SCENARIOS.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_q35_a_function_does_what_its_policy_allows_no_more_and_no_less(
    account: Account, recording: Recording, name: str
) -> None:
    SCENARIOS[name](account)
    assert denied(policy_of(name), recording.done) == set()
    assert never_needed(policy_of(name), recording.done) == set()


def test_q35_the_api_does_what_its_policy_allows_no_more_and_no_less(account: Account, recording: Recording) -> None:
    api = Api(app.app, str(Path(app.__file__).parent))
    for request, who, body in requests(account):
        assert api.call(request, who, body=body).status_code in {200, 201}, request
    policy = policy_of("api_handler")
    assert denied(policy, recording.done) == set()
    assert never_needed(policy, recording.done) == set()

"""An account in which nothing was done yet, and one in which everything was; the application as it is packaged."""

import pytest

from deployer.pipeline import Pipeline
from deployer.rehearsal.account import Account
from deployer.rehearsal.packaged import Package
from deployer.rehearsal.rehearsed import deploy, empty_account
from tests.aws_account.deployment import OWN_DOMAIN, way_to, whole_project, with_certificate
from tests.aws_account.packaged import package


@pytest.fixture
def account() -> Account:
    return empty_account()


@pytest.fixture
def way(account: Account) -> Pipeline:
    return way_to(account)


@pytest.fixture(scope="session")
def complete() -> Account:
    """An account to which everything was deployed, with all that is an option."""
    account = with_certificate(empty_account())
    deploy(way_to(account, whole_project(**OWN_DOMAIN)), account)
    return account


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return package(tmp_path_factory.mktemp("packaged"))

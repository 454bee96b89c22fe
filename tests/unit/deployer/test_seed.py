"""The seed opens the contract's shop and lets its people in, once, whatever was half done before."""

from typing import Any

import pytest
from botocore.stub import ANY

from chalicelib.shop.model import admin_config
from chalicelib.shop.store import to_shop
from deployer import seed
from deployer.aws import Aws
from tests.unit.deployer.samples import offline_aws, script

BARISTA = seed.Person("barista@example.com", ["admin"])
WHO = {"UserPoolId": "pool", "Username": "barista@example.com"}
CONFIRMED = {"Username": "u", "UserStatus": "CONFIRMED"}


@pytest.fixture
def aws() -> Aws:
    return offline_aws()


def test_baristas_who_are_named_come_instead_of_the_seeds_people() -> None:
    assert seed.people(["me@example.org"]) == [seed.Person("me@example.org", ["admin"])]
    assert BARISTA in seed.people()


def test_an_address_is_let_in_in_small_letters() -> None:
    assert [person.email for person in seed.people(["Me@Example.org"])] == ["me@example.org"]


def test_the_seeds_shop_is_the_contracts() -> None:
    shown = admin_config(to_shop(seed.shop_row()))
    menu = {item["drink"]: item["modifiers"] for item in shown["menu"]}
    milk = [{"Name": "Milk", "Options": ["Regular", "Oat"]}]
    assert menu == {
        "Americano": milk,
        "Flat White": milk,
        "Cappuccino": milk,
        "Single Espresso": [],
        "Double Espresso": [],
    }
    assert all(item["available"] for item in shown["menu"])
    assert (shown["eventId"], shown["storeOpen"]) == ("ABC", True)
    assert (shown["drinksPerBarcode"], shown["maxOrdersInQueue"], shown["maxOrdersPerUser"]) == (10, 20, 1)


def test_the_seeds_people_are_the_contracts() -> None:
    people = {person.email: list(person.groups) for person in seed.people()}
    assert people == {"barista@example.com": ["admin"], "customer@example.com": []}


def test_somebody_new_is_created_without_a_letter_and_joins_their_groups(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_client_error("admin_get_user", "UserNotFoundException")
        attributes = [{"Name": "email", "Value": BARISTA.email}, {"Name": "email_verified", "Value": "true"}]
        created = {**WHO, "UserAttributes": attributes, "MessageAction": "SUPPRESS"}
        cognito.add_response("admin_create_user", {}, created)
        cognito.add_response("admin_set_user_password", {}, {**WHO, "Password": ANY, "Permanent": True})
        cognito.add_response("admin_list_groups_for_user", {"Groups": []})
        cognito.add_response("admin_add_user_to_group", {}, {**WHO, "GroupName": "admin"})
        assert seed.let_in(aws, "pool", BARISTA) == "barista@example.com: created, joined group admin"


def test_somebody_who_is_there_is_left_alone(aws: Aws) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("admin_get_user", CONFIRMED)
        cognito.add_response("admin_list_groups_for_user", {"Groups": [{"GroupName": "admin"}]})
        assert seed.let_in(aws, "pool", BARISTA) == "barista@example.com: is there already, left as it is"


@pytest.mark.parametrize("status", ["FORCE_CHANGE_PASSWORD", "UNCONFIRMED"])
def test_somebody_who_was_half_created_is_finished(aws: Aws, status: str) -> None:
    with script(aws.cognito) as cognito:
        cognito.add_response("admin_get_user", {"Username": "u", "UserStatus": status})
        cognito.add_client_error("admin_create_user", "UsernameExistsException")
        cognito.add_response("admin_set_user_password", {})
        cognito.add_response("admin_list_groups_for_user", {"Groups": []})
        cognito.add_response("admin_add_user_to_group", {})
        seed.let_in(aws, "pool", BARISTA)
        cognito.assert_no_pending_responses()


def test_nobody_gets_a_password_that_somebody_else_has(aws: Aws) -> None:
    passwords: list[str] = []

    def create() -> None:
        with script(aws.cognito) as cognito:
            cognito.add_client_error("admin_get_user", "UserNotFoundException")
            cognito.add_response("admin_create_user", {})
            cognito.add_response("admin_set_user_password", {})
            cognito.add_response("admin_list_groups_for_user", {"Groups": [{"GroupName": "admin"}]})
            seed.let_in(aws, "pool", BARISTA)

    def remember(params: dict[str, Any], **_: Any) -> None:
        passwords.append(params["Password"])

    aws.cognito.meta.events.register("before-parameter-build.cognito-idp.AdminSetUserPassword", remember)
    create()
    create()
    assert len(set(passwords)) == 2

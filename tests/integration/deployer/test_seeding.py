"""The seed opens a shop and lets people in, once."""

import json
from typing import Any

import httpx

from tests.integration.deployer.checkout import Checkout


def config(of: Checkout, shop: str) -> dict[str, Any]:
    answer = httpx.get(f"{of.outputs()['apiUrl']}/config", params={"eventId": shop}, trust_env=False, timeout=35)
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def test_each_seeded_shop_serves_the_whole_menu(deployed: Checkout) -> None:
    assert deployed.deployer("seed").returncode == 0
    assert deployed.deployer("seed", "--shop", "XYZ").returncode == 0
    drinks = [item["drink"] for item in config(deployed, "ABC")["menu"]]
    assert drinks == ["Americano", "Flat White", "Cappuccino", "Single Espresso", "Double Espresso"]
    assert config(deployed, "XYZ") == {**config(deployed, "ABC"), "eventId": "XYZ"}


def test_q13_what_baristas_changed_is_left_as_it_is(deployed: Checkout) -> None:
    deployed.deployer("seed", "--shop", "CLOSED")
    deployed.client("dynamodb").update_item(
        TableName="serverlesspresso-shops",
        Key={"eventId": {"S": "CLOSED"}},
        UpdateExpression="SET storeOpen = :no",
        ExpressionAttributeValues={":no": {"BOOL": False}},
    )
    again = deployed.deployer("seed", "--shop", "CLOSED")
    assert "shop CLOSED: is there already, left as it is" in again.stdout
    assert config(deployed, "CLOSED")["storeOpen"] is False


def test_the_first_people_can_sign_in_once_and_only_the_barista_is_an_admin(deployed: Checkout) -> None:
    deployed.deployer("seed")
    again = deployed.deployer("seed").stdout
    cognito, pool = deployed.client("cognito-idp"), deployed.outputs()["userPoolId"]
    groups = {}
    for name in ("barista@example.com", "customer@example.com"):
        assert f"{name}: is there already, left as it is" in again
        assert cognito.admin_get_user(UserPoolId=pool, Username=name)["UserStatus"] == "CONFIRMED"
        of_user = cognito.admin_list_groups_for_user(UserPoolId=pool, Username=name)["Groups"]
        groups[name] = [group["GroupName"] for group in of_user]
    assert groups == {"barista@example.com": ["admin"], "customer@example.com": []}


def test_outputs_are_printed_as_they_are_written(deployed: Checkout) -> None:
    done = deployed.deployer("outputs")
    assert json.loads(done.stdout.partition("\n")[2]) == deployed.outputs()


def test_neither_seed_nor_outputs_can_come_before_the_deploy(empty: Checkout) -> None:
    for command in ("seed", "outputs"):
        done = empty.deployer(command)
        assert (done.returncode, done.stderr) == (1, "there is no user pool serverlesspresso\nRun `up` first.\n")
    assert not (empty.root / ".local" / "outputs.json").exists()

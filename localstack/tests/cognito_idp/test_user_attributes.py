import pytest
from local_cloud.plugins.cognito_idp.errors import InvalidParameterError, NotAuthorizedError
from local_cloud.plugins.cognito_idp.user_attributes import (
    attribute_map,
    code_delivery,
    no_longer_verified,
    require_writable,
)

ANA = {"email": "ana@example.com", "phone_number": "+12"}


def test_attributes_become_a_map() -> None:
    listed = [{"Name": "email", "Value": "ana@example.com"}, {"Name": "custom:shop"}]
    assert attribute_map(listed) == {"email": "ana@example.com", "custom:shop": ""}
    assert attribute_map(None) == {}


@pytest.mark.parametrize("name", ["cognito:groups", "scope", "token_use", "shop"])
def test_what_is_no_attribute_is_refused(name: str) -> None:
    with pytest.raises(InvalidParameterError, match=f"schema: {name}"):
        attribute_map([{"Name": name, "Value": "admin"}])


@pytest.mark.parametrize("name", ["sub", "email_verified", "phone_number_verified"])
def test_users_do_not_say_of_themselves_what_only_the_pool_can_know(name: str) -> None:
    require_writable({"email", "nickname", "custom:shop"})
    with pytest.raises(NotAuthorizedError, match="A client attempted to write unauthorized attribute"):
        require_writable({"email", name})


def test_a_new_address_is_not_verified_and_the_same_one_stays_so() -> None:
    changes = {"email": "ana@elsewhere.example", "phone_number": "+12", "nickname": "annie"}
    assert no_longer_verified(ANA, changes) == {"email_verified": "false"}


@pytest.mark.parametrize(
    ("by_code", "medium"), [(["email", "phone_number"], "EMAIL"), (["phone_number"], "SMS"), ([], None)]
)
def test_a_code_goes_where_the_pool_verifies(by_code: list[str], medium: str | None) -> None:
    delivery = code_delivery(ANA, by_code)
    assert delivery.get("CodeDeliveryDetails", {}).get("DeliveryMedium") == medium


def test_a_code_s_destination_is_not_told_in_full() -> None:
    assert code_delivery(ANA, ["email"])["CodeDeliveryDetails"] == {
        "Destination": "a***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }

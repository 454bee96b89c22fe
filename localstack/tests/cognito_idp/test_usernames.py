import pytest
from local_cloud.plugins.cognito_idp.errors import InvalidParameterError
from local_cloud.plugins.cognito_idp.usernames import answers_to, attribute_named_by

BOTH = ["email", "phone_number"]


@pytest.mark.parametrize(
    ("username", "attribute"),
    [
        ("ana@example.com", "email"),
        ("ana+tag@sub.example.co", "email"),
        ("+4915112345678", "phone_number"),
        ("+12", "phone_number"),
    ],
)
def test_a_name_is_recognised_by_its_form(username: str, attribute: str) -> None:
    assert attribute_named_by(username, BOTH) == attribute


@pytest.mark.parametrize(
    "username",
    [
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "a na@example.com",
        "4915112345678",
        "+",
        "+0123",
        "+49151x",
        "+" + "1" * 16,
    ],
)
def test_what_is_neither_an_address_nor_a_number_is_refused(username: str) -> None:
    with pytest.raises(InvalidParameterError, match=r"^Username should be either an email or a phone number\.$"):
        attribute_named_by(username, BOTH)


def test_a_pool_of_addresses_takes_no_numbers_and_the_other_way_round() -> None:
    with pytest.raises(InvalidParameterError, match=r"^Username should be an email\.$"):
        attribute_named_by("+4915112345678", ["email"])
    with pytest.raises(InvalidParameterError, match=r"^Username should be a phone number\.$"):
        attribute_named_by("ana@example.com", ["phone_number"])


def test_a_user_answers_to_their_own_name_and_to_the_attributes_that_are_names() -> None:
    attributes = {"email": "ana@example.com", "nickname": "annie"}
    names = {"uuid", "ana@example.com", "annie", ""}
    assert {name for name in names if answers_to(name, "uuid", attributes, BOTH)} == {"uuid", "ana@example.com"}


def test_case_counts_unless_the_pool_says_that_it_does_not() -> None:
    attributes = {"email": "Ana@Example.com"}
    assert not answers_to("ana@example.com", "uuid", attributes, ["email"])
    assert answers_to("ana@example.com", "uuid", attributes, ["email"], case_sensitive=False)

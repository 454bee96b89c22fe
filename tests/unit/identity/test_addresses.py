"""Who may sign up: anybody, with an address that can be read."""

import pytest

from chalicelib.errors import Invalid
from chalicelib.identity.addresses import check_addresses, check_reach, reaches_somebody

ID = "0d6e2b1c-3f0a-4d0e-9c55-0c1f7f2a7f10"


@pytest.mark.parametrize(
    "attributes",
    [
        {"email": "somebody+bar@example.com"},
        {"email": "josé.müller@exämple.es"},
        {"email": "寿司@example.jp"},
        {"phone_number": "+15550101234"},
        {"email": "a@example.com", "name": "Ana María"},
        {},
    ],
)
def test_an_address_as_people_write_it_is_fine(attributes: dict[str, str]) -> None:
    check_addresses(ID, attributes)


@pytest.mark.parametrize("hidden", list("\u200b\u200c\u200d\u2060\ufeff\xad\u202e\x00\x1b\n\u2028\u3164\ud83d"))
@pytest.mark.parametrize("attribute", ["email", "phone_number", "name", "the user name"])
def test_what_cannot_be_seen_is_refused_wherever_it_is(attribute: str, hidden: str) -> None:
    value = f"ba{hidden}rista@example.com"
    name, attributes = (value, {}) if attribute == "the user name" else (ID, {attribute: value})
    with pytest.raises(Invalid, match=rf"^{attribute} holds .* \(U\+") as refused:
        check_addresses(name, attributes)
    assert refused.value.code == "InvalidAddress"
    assert "rista" not in str(refused.value)  # it is logged


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000", "\u2003"])
@pytest.mark.parametrize("attribute", ["email", "phone_number"])
def test_so_is_a_blank_in_an_address(attribute: str, blank: str) -> None:
    with pytest.raises(Invalid, match=f"{attribute} has a blank"):
        check_addresses(ID, {attribute: f"barista{blank}@example.com"})


@pytest.mark.parametrize("reach", ["everywhere", "+44", "+353 +44", "+4420"])
def test_a_number_that_begins_as_one_of_those_is_reached(reach: str) -> None:
    check_reach("+442079460000", reach)


@pytest.mark.parametrize("reach", ["nobody", "+1", "+353 +49", "44", "Everywhere", ""])
def test_any_other_number_is_refused(reach: str) -> None:
    with pytest.raises(Invalid, match="sign up with an e-mail address") as refused:
        check_reach("+442079460000", reach)
    assert refused.value.code == "NoTextMessages"


@pytest.mark.parametrize("number", [None, ""])
def test_whoever_has_no_phone_needs_no_text_messages(number: str | None) -> None:
    check_reach(number, "nobody")


@pytest.mark.parametrize(
    ("reach", "somebody"), [("everywhere", True), ("+353 +49", True), ("nobody", False), ("44", False), ("", False)]
)
def test_whether_anybody_gets_text_messages_at_all(reach: str, somebody: bool) -> None:
    assert reaches_somebody(reach) is somebody

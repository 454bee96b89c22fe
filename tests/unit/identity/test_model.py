"""Who is calling: from verified claims alone, in every form in which a gateway hands groups over."""

from typing import Any

import pytest

from chalicelib.errors import Forbidden, NotFound
from chalicelib.identity.model import Caller, caller_of, require_admin, require_sight
from tests.support.people import BARISTA, OTHER_BARISTA, OWNER, STRANGER


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (None, set()),
        ("", set()),
        ("admin", {"admin"}),
        ("admin,staff", {"admin", "staff"}),
        ("[admin]", {"admin"}),
        ("[admin staff]", {"admin", "staff"}),
        ("[admin, staff]", {"admin", "staff"}),
        ("[]", set()),
        (["admin", "staff"], {"admin", "staff"}),
        ([], set()),
        ("administrators", {"administrators"}),
        ("not-admin", {"not-admin"}),
    ],
)
def test_groups_in_every_form_that_gateways_give_them(groups: Any, names: set[str]) -> None:
    caller = caller_of({"sub": "somebody", "cognito:groups": groups})
    assert caller == Caller("somebody", frozenset(names))
    assert caller.is_admin == ("admin" in names)


def test_a_token_without_groups_is_a_customers() -> None:
    assert caller_of({"sub": "somebody"}) == Caller("somebody")


@pytest.mark.parametrize("claims", [None, {}, {"sub": ""}, {"sub": None}, {"cognito:groups": "admin"}])
def test_nobody_is_calling_without_a_subject(claims: dict[str, Any] | None) -> None:
    with pytest.raises(Forbidden, match="Authorization: Bearer"):
        caller_of(claims)


def test_q29_a_user_name_or_mail_address_is_not_who_somebody_is() -> None:
    claims = {"sub": "the-subject", "username": "other", "cognito:username": "other", "email": "a@example.com"}
    assert caller_of(claims).user_id == "the-subject"


def test_q26_only_the_group_admin_has_a_baristas_rights() -> None:
    require_admin(BARISTA)
    for customer in (OWNER, Caller("x", frozenset({"Admin", "administrators", "staff"}))):
        with pytest.raises(Forbidden, match="group admin"):
            require_admin(customer)


@pytest.mark.parametrize("who", [OWNER, BARISTA, OTHER_BARISTA])
def test_the_owner_and_baristas_may_see_a_thing(who: Caller) -> None:
    require_sight(who, OWNER.user_id, "order o1")


def test_q27_for_a_stranger_it_does_not_exist() -> None:
    with pytest.raises(NotFound, match=r"^there is no order o1$"):
        require_sight(STRANGER, OWNER.user_id, "order o1")

"""Of Cognito the room gets four operations, for one client, in the shapes that the pages send."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.rules.decision import decide
from gate.rules.passages import ApiCall, PeopleCall
from gate.rules.people import CONTENT_TYPE, OPERATIONS
from gate.rules.refusal import Refused
from tests.support.rooms import BAR, COGNITO, ROOM, asked

CLIENT = BAR.client_id
ANA = "ana@example.com"
GOOD: Mapping[str, Any] = {
    "SignUp": {"ClientId": CLIENT, "Username": ANA, "Password": "0b5aA1!"},
    "InitiateAuth": {"ClientId": CLIENT, "AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": ANA}},
    "RespondToAuthChallenge": {
        "ClientId": CLIENT,
        "ChallengeName": "CUSTOM_CHALLENGE",
        "Session": "a-session",
        "ChallengeResponses": {"USERNAME": "+34600000000", "ANSWER": "123456"},
    },
    "RevokeToken": {"ClientId": CLIENT, "Token": "a-refresh-token"},
}
RENEWAL = {"ClientId": CLIENT, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": "a-token"}}


def sent(operation: str, body: object, **headers: str) -> object:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    told = {"X_Amz_Target": COGNITO + operation, "Content_Type": CONTENT_TYPE, **headers}
    return decide(asked("POST", "/people", content, **told), BAR, ROOM)


def status(operation: str, body: object, **headers: str) -> int:
    with pytest.raises(Refused) as refusal:
        sent(operation, body, **headers)
    return refusal.value.status


@pytest.mark.parametrize("operation", GOOD)
def test_what_the_pages_call_is_passed_on(operation: str) -> None:
    assert sent(operation, GOOD[operation]) == PeopleCall(operation, GOOD[operation])
    assert operation in OPERATIONS


def test_a_token_is_renewed() -> None:
    assert sent("InitiateAuth", RENEWAL) == PeopleCall("InitiateAuth", RENEWAL)


def test_what_answers_a_challenge_is_known() -> None:
    assert [operation for operation in GOOD if PeopleCall(operation, GOOD[operation]).is_answer] == [
        "RespondToAuthChallenge"
    ]


def test_only_a_sign_up_makes_an_address_known() -> None:
    assert PeopleCall("SignUp", GOOD["SignUp"]).new_address == ANA
    assert PeopleCall("InitiateAuth", GOOD["InitiateAuth"]).new_address == ""


@cache
def services() -> Mapping[str, Any]:
    session = botocore.session.get_session()
    return {name: session.get_service_model(name) for name in session.get_available_services()}


def test_no_operation_of_any_service_but_these_four_is_passed_on() -> None:
    passed = set()
    for name, model in services().items():
        for operation in model.operation_names:
            try:
                target = f"{model.metadata.get('targetPrefix', name)}.{operation}"
                decide(asked("POST", "/people", b"{}", X_Amz_Target=target, Content_Type=CONTENT_TYPE), BAR, ROOM)
                passed.add(target)
            except Refused as refusal:
                if refusal.status != 403:  # it was looked into, so its name was known
                    passed.add(target)
    assert passed == {COGNITO + operation for operation in GOOD}


def test_no_operation_of_any_service_can_be_asked_by_its_own_path() -> None:
    passed = set()
    for model in services().values():
        for operation in model.operation_names:
            http = model.operation_model(operation).http
            path = http["requestUri"].partition("?")[0].replace("{", "").replace("+", "").replace("}", "")
            try:
                found = decide(asked(http["method"], path, X_Amz_Target=f"x.{operation}"), BAR, ROOM)
            except Refused:
                continue
            if not isinstance(found, ApiCall):  # which the bar's own API answers, and no service of AWS's
                passed.add((http["method"], path))
    assert passed == {("GET", "/")}  # which leads to the order page


@pytest.mark.parametrize("name", ["Action", "Version", "X-Amz-Action"])
def test_awss_query_protocol_is_not_passed_on(name: str) -> None:
    for target in ("/", "/people", f"/people?{name}=ListUsers"):
        with pytest.raises(Refused):
            decide(
                asked("POST", target, f"{name}=ListUsers".encode(), Content_Type="application/x-www-form-urlencoded"),
                BAR,
                ROOM,
            )


@pytest.mark.parametrize(
    "target",
    [
        *(
            "",
            "InitiateAuth",
            f"{COGNITO}",
            f"{COGNITO}initiateAuth",
            f" {COGNITO}InitiateAuth",
            f"{COGNITO}InitiateAuth ",
        ),
        *(
            f"x{COGNITO}InitiateAuth",
            f"{COGNITO}{COGNITO}InitiateAuth",
            "DynamoDB_20120810.Scan",
            f"{COGNITO}AdminInitiateAuth",
        ),
        *(
            f"{COGNITO}ListUsers",
            f"{COGNITO}AdminAddUserToGroup",
            f"{COGNITO}GetUser",
            f"{COGNITO}SignUp,x",
            "AWSLambda.Invoke",
        ),
    ],
)
def test_another_target_is_refused(target: str) -> None:
    told = {"X_Amz_Target": target, "Content_Type": CONTENT_TYPE}
    with pytest.raises(Refused):
        decide(asked("POST", "/people", json.dumps(GOOD["InitiateAuth"]).encode(), **told), BAR, ROOM)


@pytest.mark.parametrize("operation", GOOD)
def test_another_client_is_refused(operation: str) -> None:
    assert status(operation, {**GOOD[operation], "ClientId": "another"}) == 403


@pytest.mark.parametrize(
    ("operation", "changed"),
    [
        ("SignUp", {"UserAttributes": [{"Name": "custom:admin", "Value": "1"}]}),
        ("SignUp", {"ClientMetadata": {"a": "b"}}),
        ("SignUp", {"SecretHash": "x"}),
        ("SignUp", {"Username": ["ana@example.com"]}),
        ("InitiateAuth", {"AuthFlow": "USER_PASSWORD_AUTH"}),
        ("InitiateAuth", {"AuthFlow": "USER_SRP_AUTH"}),
        ("InitiateAuth", {"AuthFlow": "ADMIN_NO_SRP_AUTH"}),
        ("InitiateAuth", {"AuthParameters": {"USERNAME": ANA, "PASSWORD": "x"}}),
        ("InitiateAuth", {"AuthParameters": {"REFRESH_TOKEN": "x"}}),
        ("InitiateAuth", {"AuthParameters": {}}),
        ("InitiateAuth", {"ClientMetadata": {"a": "b"}}),
        ("InitiateAuth", {"Session": "x"}),
        ("RespondToAuthChallenge", {"ChallengeName": "NEW_PASSWORD_REQUIRED"}),
        ("RespondToAuthChallenge", {"ChallengeName": "SMS_MFA"}),
        ("RespondToAuthChallenge", {"ChallengeResponses": {"USERNAME": ANA, "ANSWER": "1" * 17}}),
        ("RespondToAuthChallenge", {"ChallengeResponses": {"USERNAME": ANA, "ANSWER": 123456}}),
        ("RespondToAuthChallenge", {"Session": ""}),
        ("RevokeToken", {"Token": "x" * 5000}),
        ("RevokeToken", {"Token": None}),
    ],
)
def test_a_shape_that_no_page_sends_is_refused(operation: str, changed: Mapping[str, Any]) -> None:
    assert status(operation, {**GOOD[operation], **changed}) == 400


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "barista",
            "Barista@example.com",
            "BARISTA@EXAMPLE.COM",
            " barista@example.com",
            "barista@example.com ",
            "a@b",
        ),
        *(
            "barista@example.com\n",
            "barista@example.com\x00",
            "b\u0430rista@example.com",
            "4f5c0e3e-0d4b-4c55-9f6d-1d8f3a0c9f3e",
        ),
        *(
            "600000000",
            "+0600000000",
            "+34 600",
            "a@example.com,b@example.com",
            "<a@example.com>",
            "a@example.com?",
            "x" * 200,
        ),
    ],
)
def test_a_name_that_nobody_types_is_refused(name: str) -> None:
    assert status("SignUp", {**GOOD["SignUp"], "Username": name}) == 400
    assert status("InitiateAuth", {**GOOD["InitiateAuth"], "AuthParameters": {"USERNAME": name}}) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b"[" * 30_000,
        b'{"ClientId": "the-bars-client", "ClientId": "another", "Token": "x"}',
        b'{"ClientId": "the-bars-client", "Token": "x", "Token": "y"}',
        b'{"ClientId": "the-bars-client", "\\u0043lientId": "another", "Token": "x"}',
    ],
)
def test_a_body_that_can_be_read_in_two_ways_is_refused(body: bytes) -> None:
    assert status("RevokeToken", body) == 400


@pytest.mark.parametrize(
    "content_type", ["", "application/json", "application/x-amz-json-1.0", "application/cbor", "text/plain"]
)
def test_another_protocol_is_refused(content_type: str) -> None:
    assert status("InitiateAuth", GOOD["InitiateAuth"], Content_Type=content_type) == 400


@given(
    st.sampled_from(sorted(GOOD)),
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
)
def test_whatever_is_sent_is_refused(operation: str, body: object) -> None:
    assert status(operation, body) == 400

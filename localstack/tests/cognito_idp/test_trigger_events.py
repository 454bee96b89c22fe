from typing import Any

import pytest
from local_cloud.plugins.cognito_idp.errors import InvalidLambdaResponseError
from local_cloud.plugins.cognito_idp.trigger_events import (
    ChallengeResult,
    Occasion,
    response_of,
    session_list,
    string_map,
    trigger_event,
    trigger_of,
)

OCCASION = Occasion("eu-central-1", "eu-central-1_abc", "uuid", "client")


def test_an_event_has_the_parts_that_aws_documents() -> None:
    assert trigger_event("PreSignUp_SignUp", OCCASION, {"userAttributes": {}}) == {
        "version": "1",
        "triggerSource": "PreSignUp_SignUp",
        "region": "eu-central-1",
        "userPoolId": "eu-central-1_abc",
        "userName": "uuid",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "client"},
        "request": {"userAttributes": {}},
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ("DefineAuthChallenge_Authentication", {"challengeName", "issueTokens", "failAuthentication"}),
        (
            "CreateAuthChallenge_Authentication",
            {"publicChallengeParameters", "privateChallengeParameters", "challengeMetadata"},
        ),
        ("VerifyAuthChallengeResponse_Authentication", {"answerCorrect"}),
        ("PostConfirmation_ConfirmSignUp", set()),
    ],
)
def test_the_response_to_fill_in_has_the_trigger_s_fields(source: str, fields: set[str]) -> None:
    assert set(trigger_event(source, OCCASION, {})["response"]) == fields


def test_events_share_no_response_that_one_could_spoil_for_the_other() -> None:
    trigger_event("PreSignUp_SignUp", OCCASION, {})["response"]["autoConfirmUser"] = True
    assert trigger_event("PreSignUp_SignUp", OCCASION, {})["response"]["autoConfirmUser"] is False


def test_a_source_names_its_trigger() -> None:
    assert trigger_of("PreSignUp_AdminCreateUser") == "PreSignUp"


@pytest.mark.parametrize("returned", [None, "event", [], {}, {"response": None}, {"response": "yes"}])
def test_a_trigger_that_does_not_return_its_event_is_not_understood(returned: Any) -> None:
    with pytest.raises(InvalidLambdaResponseError, match=r"^Unrecognizable lambda output$"):
        response_of(returned)


def test_parameters_are_strings_or_nothing() -> None:
    assert string_map(None) == {}
    assert string_map({"code": "1"}) == {"code": "1"}
    for wrong in ({"code": 1}, {"code": None}, ["code"], "code"):
        with pytest.raises(InvalidLambdaResponseError):
            string_map(wrong)


def test_the_session_lists_challenges_as_aws_does() -> None:
    assert session_list((ChallengeResult("CUSTOM_CHALLENGE", False, None),)) == [
        {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False, "challengeMetadata": None}
    ]

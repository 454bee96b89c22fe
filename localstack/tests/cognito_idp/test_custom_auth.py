from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

ANA = "ana@example.com"


def test_the_right_answer_signs_in(code_pool: Any, cognito: Any) -> None:
    sub = code_pool.sign_up(ANA)["UserSub"]
    tokens = code_pool.sign_in(ANA)
    assert cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == sub


def test_the_caller_is_shown_the_public_parameters_and_the_user_s_own_name_only(code_pool: Any) -> None:
    sub = code_pool.sign_up(ANA)["UserSub"]
    challenge = code_pool.start(ANA)
    assert challenge["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert challenge["ChallengeParameters"] == {"USERNAME": sub, "sentTo": "a***"}


def test_triggers_are_called_in_aws_s_order_with_aws_s_events(code_pool: Any, script: Any) -> None:
    sub = code_pool.sign_up(ANA)["UserSub"]
    script.events.clear()
    challenge = code_pool.start(ANA)
    code_pool.respond(challenge["Session"], sub, "123456", ClientMetadata={"page": "order"})

    attributes = {"email": ANA, "email_verified": "true", "sub": sub, "cognito:user_status": "CONFIRMED"}
    answered = [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True, "challengeMetadata": "CODE-0"}]
    metadata = {"clientMetadata": {"page": "order"}}
    expected: list[tuple[str, dict[str, Any]]] = [
        ("PreAuthentication_Authentication", {"validationData": {}}),
        ("DefineAuthChallenge_Authentication", {"session": []}),
        ("CreateAuthChallenge_Authentication", {"session": [], "challengeName": "CUSTOM_CHALLENGE"}),
        (
            "VerifyAuthChallengeResponse_Authentication",
            {"challengeAnswer": "123456", "privateChallengeParameters": {"code": "123456"}, **metadata},
        ),
        ("DefineAuthChallenge_Authentication", {"session": answered, **metadata}),
        ("PostAuthentication_Authentication", {"newDeviceUsed": False}),
    ]
    assert [(event["triggerSource"], event["request"]) for event in script.events] == [
        (source, {"userAttributes": attributes, **request}) for source, request in expected
    ]
    for event in script.events:
        assert (event["version"], event["region"], event["userPoolId"], event["userName"]) == (
            "1",
            "eu-central-1",
            code_pool.id,
            sub,
        )
        assert event["callerContext"]["clientId"] == code_pool.client_id


def test_a_wrong_answer_leads_to_the_next_challenge_until_the_triggers_have_had_enough(
    code_pool: Any, cognito: Any, script: Any
) -> None:
    code_pool.sign_up(ANA)
    challenge = code_pool.start(ANA)
    for _ in range(2):
        challenge = code_pool.respond(challenge["Session"], ANA, "000000")
        assert challenge["ChallengeName"] == "CUSTOM_CHALLENGE"
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Incorrect username or password\.$"):
        code_pool.respond(challenge["Session"], ANA, "000000")
    assert [result["challengeMetadata"] for result in script.events[-1]["request"]["session"]] == [
        "CODE-0",
        "CODE-1",
        "CODE-2",
    ]


def test_a_right_answer_after_a_wrong_one_signs_in(code_pool: Any) -> None:
    code_pool.sign_up(ANA)
    challenge = code_pool.respond(code_pool.start(ANA)["Session"], ANA, "000000")
    assert "AuthenticationResult" in code_pool.respond(challenge["Session"], ANA, "123456")


def test_an_administrator_s_server_can_sign_a_user_in(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    where = {"UserPoolId": code_pool.id, "ClientId": code_pool.client_id}
    challenge = cognito.admin_initiate_auth(**where, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": ANA})
    answered = cognito.admin_respond_to_auth_challenge(
        **where,
        ChallengeName="CUSTOM_CHALLENGE",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": ANA, "ANSWER": "123456"},
    )
    assert "AccessToken" in answered["AuthenticationResult"]


def test_a_session_that_was_used_is_refused(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    session = code_pool.start(ANA)["Session"]
    code_pool.respond(session, ANA, "123456")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Invalid session for the user"):
        code_pool.respond(session, ANA, "123456")


def test_of_many_answers_to_one_challenge_at_the_same_time_one_counts(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    session = code_pool.start(ANA)["Session"]

    def answer(_: int) -> bool:
        try:
            return "AuthenticationResult" in code_pool.respond(session, ANA, "123456")
        except cognito.exceptions.NotAuthorizedException:
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(answer, range(16))) == 1


def test_a_forged_session_is_refused(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid session for the user\.$"):
        code_pool.respond("A" * 128, ANA, "123456")


def test_nobody_answers_with_another_user_s_session(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    code_pool.sign_up("mallory@example.com")
    session = code_pool.start("mallory@example.com")["Session"]
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid session for the user\.$"):
        code_pool.respond(session, ANA, "123456")


def test_nobody_answers_at_another_client(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid session for the user\.$"):
        cognito.respond_to_auth_challenge(
            ClientId=code_pool.add_client(),
            ChallengeName="CUSTOM_CHALLENGE",
            Session=code_pool.start(ANA)["Session"],
            ChallengeResponses={"USERNAME": ANA, "ANSWER": "123456"},
        )


def test_a_request_without_an_answer_does_not_spend_the_session(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    session = code_pool.start(ANA)["Session"]
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="Missing required parameter ANSWER"):
        code_pool.respond(session, ANA, "")
    assert "AuthenticationResult" in code_pool.respond(session, ANA, "123456")


def test_a_stranger_is_told_so_where_the_client_may_know(code_pool: Any, cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.UserNotFoundException, match=r": User does not exist\.$"):
        code_pool.start("nobody@example.com")


def test_a_stranger_gets_a_challenge_like_everybody_where_the_client_must_not_know(
    make_code_pool: Callable[..., Any], cognito: Any, script: Any
) -> None:
    pool = make_code_pool(PreventUserExistenceErrors="ENABLED")
    sub = pool.sign_up(ANA)["UserSub"]
    known, stranger, again = pool.start(ANA), pool.start("nobody@example.com"), pool.start("nobody@example.com")
    asked = [event["request"]["userNotFound"] for event in script.events if "Challenge" in event["triggerSource"]]
    assert asked == [False, False, True, True, True, True]
    assert known["ChallengeParameters"]["USERNAME"] == sub
    name = stranger["ChallengeParameters"]["USERNAME"]
    assert len(name) == len(sub)
    assert again["ChallengeParameters"]["USERNAME"] == name

    # Not even triggers that are content can sign in somebody who is not there.
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Incorrect username or password\.$"):
        pool.respond(stranger["Session"], name, "123456")


def test_a_disabled_user_is_refused_at_once_and_when_disabled_in_between(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    session = code_pool.start(ANA)["Session"]
    cognito.admin_disable_user(UserPoolId=code_pool.id, Username=ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": User is disabled\.$"):
        code_pool.respond(session, ANA, "123456")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": User is disabled\.$"):
        code_pool.start(ANA)


def test_a_user_deleted_in_between_is_refused(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    session = code_pool.start(ANA)["Session"]
    cognito.admin_delete_user(UserPoolId=code_pool.id, Username=ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Incorrect username or password\.$"):
        code_pool.respond(session, ANA, "123456")


def test_whoever_takes_a_deleted_user_s_name_takes_neither_their_challenge_nor_their_tokens(
    make_pool: Callable[..., Any], cognito: Any, trigger_arn: str, script: Any
) -> None:
    challenges = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
    pool = make_pool(LambdaConfig=dict.fromkeys(challenges, trigger_arn))
    cognito.admin_create_user(UserPoolId=pool.id, Username="ana")
    tokens, session = pool.sign_in("ana"), pool.start("ana")["Session"]
    cognito.admin_delete_user(UserPoolId=pool.id, Username="ana")
    cognito.admin_create_user(UserPoolId=pool.id, Username="ana")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Incorrect username or password"):
        pool.respond(session, "ana", "123456")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Invalid Refresh Token"):
        pool.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Access Token has been revoked"):
        cognito.get_user(AccessToken=tokens["AccessToken"])


def test_an_unconfirmed_user_is_refused(code_pool: Any, cognito: Any, script: Any) -> None:
    script.replies["PreSignUp"] = lambda _: {"autoConfirmUser": False}
    code_pool.sign_up(ANA)
    with pytest.raises(cognito.exceptions.UserNotConfirmedException, match=r": User is not confirmed\.$"):
        code_pool.start(ANA)


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH"])
def test_a_client_for_codes_refuses_other_flows(code_pool: Any, cognito: Any, flow: str) -> None:
    code_pool.sign_up(ANA, Password="Secret-123")
    with pytest.raises(cognito.exceptions.InvalidParameterException, match=f"{flow} flow not enabled"):
        code_pool.initiate(flow, USERNAME=ANA, PASSWORD="Secret-123", SRP_A="4")


def test_a_client_for_codes_refuses_other_flows_to_administrators_too(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA, Password="Secret-123")
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="flow not enabled for this client"):
        cognito.admin_initiate_auth(
            UserPoolId=code_pool.id,
            ClientId=code_pool.client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": ANA, "PASSWORD": "Secret-123"},
        )


def test_a_pool_without_triggers_says_what_is_missing(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool()
    cognito.admin_create_user(UserPoolId=pool.id, Username="ana")
    with pytest.raises(
        cognito.exceptions.InvalidParameterException, match="Custom auth lambda trigger is not configured"
    ):
        pool.start("ana")


def test_srp_before_the_challenge_is_refused_clearly(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="SRP_A is not supported"):
        code_pool.initiate("CUSTOM_AUTH", USERNAME=ANA, CHALLENGE_NAME="SRP_A", SRP_A="4")


@pytest.mark.parametrize("trigger", ["PreAuthentication", "DefineAuthChallenge", "CreateAuthChallenge"])
def test_a_trigger_s_error_refuses_the_sign_in_and_is_told(
    code_pool: Any, cognito: Any, script: Any, trigger: str
) -> None:
    code_pool.sign_up(ANA)
    script.refuse(trigger, "not today")
    with pytest.raises(
        cognito.exceptions.UserLambdaValidationException, match=rf": {trigger} failed with error not today\.$"
    ):
        code_pool.start(ANA)


@pytest.mark.parametrize(
    "response",
    [
        None,
        {},
        {"challengeName": "NO_SUCH_CHALLENGE", "issueTokens": False, "failAuthentication": False},
        {"challengeName": None, "issueTokens": "yes", "failAuthentication": False},
    ],
)
def test_a_decision_that_is_none_is_not_understood(
    code_pool: Any, cognito: Any, script: Any, response: dict[str, Any] | None
) -> None:
    code_pool.sign_up(ANA)
    script.replies["DefineAuthChallenge"] = lambda _: response
    with pytest.raises(cognito.exceptions.InvalidLambdaResponseException, match="Unrecognizable lambda output"):
        code_pool.start(ANA)


def test_an_answer_is_right_only_when_the_trigger_says_true(code_pool: Any, script: Any) -> None:
    code_pool.sign_up(ANA)
    script.replies["VerifyAuthChallengeResponse"] = lambda _: {"answerCorrect": "true"}
    assert "AuthenticationResult" not in code_pool.respond(code_pool.start(ANA)["Session"], ANA, "123456")


def test_failing_outweighs_issuing_tokens(code_pool: Any, cognito: Any, script: Any) -> None:
    code_pool.sign_up(ANA)
    script.replies["DefineAuthChallenge"] = lambda _: {"issueTokens": True, "failAuthentication": True}
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Incorrect username or password"):
        code_pool.start(ANA)


def test_a_function_that_is_not_there_is_told(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool(LambdaConfig={"DefineAuthChallenge": "arn:aws:lambda:eu-central-1:000000000000:function:nowhere"})
    cognito.admin_create_user(UserPoolId=pool.id, Username="ana")
    with pytest.raises(cognito.exceptions.UnexpectedLambdaException, match="DefineAuthChallenge invocation failed"):
        pool.start("ana")


def test_a_client_with_a_secret_wants_it_proved_at_every_step(
    code_pool: Any, cognito: Any, make_code_pool: Callable[..., Any]
) -> None:
    pool = make_code_pool(GenerateSecret=True)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="SECRET_HASH was not received"):
        pool.sign_up(ANA)
    code_pool.sign_up(ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="SECRET_HASH was not received"):
        pool.start(ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="SECRET_HASH was not received"):
        pool.respond("A" * 128, ANA, "123456")

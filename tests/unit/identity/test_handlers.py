"""Cognito's triggers with events as Cognito sends them. The code is in the letter and nowhere else."""

import json
from contextlib import nullcontext
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from chalice.local import LambdaContext

from chalicelib.errors import Invalid
from chalicelib.identity import handlers
from chalicelib.observability import logger
from tests.support.memory_stores import MemorySignIns
from tests.support.orders import NOW
from tests.support.recorders import RecordingPost

CODE = "987654"
ID = "0.id-0"  # at the first place
CONTEXT = LambdaContext("trigger", memory_size=128)


@pytest.fixture(autouse=True)
def reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text messages go to these numbers only."""
    monkeypatch.setattr(handlers, "settings", lambda: SimpleNamespace(text_messages_to="+1555"))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> MemorySignIns:
    store = MemorySignIns()
    monkeypatch.setattr(handlers, "sign_in_store", lambda: store)
    monkeypatch.setattr(handlers, "now_ms", lambda: NOW)
    return store


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> RecordingPost:
    post = RecordingPost()
    monkeypatch.setattr(handlers, "post", lambda: post)
    monkeypatch.setattr(handlers, "_random_code", lambda: (f"id-{len(post.delivered)}", CODE))
    return post


def trigger(source: str, request: dict[str, Any], response: dict[str, Any] | None = None) -> dict[str, Any]:
    """As in "Customizing user pool workflows with Lambda triggers", Cognito developer guide."""
    return {
        "version": "1",
        "triggerSource": source,
        "region": "us-east-1",
        "userPoolId": "us-east-1_abc",
        "userName": "user-1",
        "callerContext": {"awsSdkVersion": "x", "clientId": "client"},
        "request": {"userAttributes": {"sub": "user-1", "email": "somebody@example.com"}, **request},
        "response": response or {},
    }


def create(session: list[dict[str, Any]] | None, **attributes: str) -> Any:
    event = trigger("CreateAuthChallenge_Authentication", {"challengeName": "CUSTOM_CHALLENGE", "session": session})
    event["request"]["userAttributes"] |= attributes
    return handlers.create_auth_challenge(event, CONTEXT)


def verify(answer: object, parameters: dict[str, str] | None) -> bool:
    request = {"privateChallengeParameters": parameters, "challengeAnswer": answer}
    event = handlers.verify_auth_challenge(trigger("VerifyAuthChallengeResponse_Authentication", request), CONTEXT)
    return bool(event["response"]["answerCorrect"])


def test_everybody_is_let_in_but_no_address_counts_as_verified() -> None:
    """Q33: signing up proves nothing; each sign-in's code does."""
    empty = {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}
    event = handlers.pre_sign_up(trigger("PreSignUp_SignUp", {"validationData": None}, empty), CONTEXT)
    assert event["response"] == {**empty, "autoConfirmUser": True}


def test_an_address_that_only_looks_like_somebodys_is_not_let_in() -> None:
    event = trigger("PreSignUp_SignUp", {"userAttributes": {"email": "ba\u200brista@example.com"}})
    with pytest.raises(Invalid, match="email holds a character that cannot be seen"):
        handlers.pre_sign_up(event, CONTEXT)


@pytest.mark.parametrize(("number", "welcome"), [("+15550100", True), ("+2250700000000", False)])
def test_whoever_has_a_number_that_no_text_message_goes_to_does_not_sign_up(number: str, welcome: bool) -> None:
    event = trigger("PreSignUp_SignUp", {"userAttributes": {"phone_number": number}}, {"autoConfirmUser": False})
    with nullcontext() if welcome else pytest.raises(Invalid, match="no text messages"):
        handlers.pre_sign_up(event, CONTEXT)
    assert event["response"]["autoConfirmUser"] is welcome


def define(**request: Any) -> Any:
    event = trigger("DefineAuthChallenge_Authentication", request)
    return handlers.define_auth_challenge(event, CONTEXT)["response"]


@pytest.mark.parametrize("request_of_cognito", [{}, {"session": None}, {"session": []}])
def test_q34_a_session_that_is_missing_or_empty_begins_with_the_challenge(request_of_cognito: dict[str, Any]) -> None:
    assert define(**request_of_cognito)["challengeName"] == "CUSTOM_CHALLENGE"


def test_somebody_unknown_fails() -> None:
    assert define(session=[], userNotFound=True) == {"issueTokens": False, "failAuthentication": True}


def test_the_first_round_sends_a_code(store: MemorySignIns, post: RecordingPost) -> None:
    event = create([])
    assert [code for code, _ in post.delivered] == [CODE]
    assert event["response"] == {
        "publicChallengeParameters": {"medium": "EMAIL"},
        "privateChallengeParameters": {"codeId": ID},
        "challengeMetadata": ID,
    }


def test_a_further_round_sends_nothing_and_is_about_the_same_code(store: MemorySignIns, post: RecordingPost) -> None:
    first = create(None)
    session = [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False, "challengeMetadata": ID}]
    assert create(session)["response"] == first["response"]
    assert len(post.delivered) == 1


def test_a_phone_number_is_told_to_wait_for_a_text_message(store: MemorySignIns, post: RecordingPost) -> None:
    assert create([], email="", phone_number="+15550100")["response"]["publicChallengeParameters"] == {"medium": "SMS"}


def test_q34_the_code_is_in_no_answer_and_in_no_log(
    store: MemorySignIns, post: RecordingPost, log: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    created = create([])
    verify(CODE, {"codeId": ID})
    verify("000000", {"codeId": ID})
    logger.info("the log is on")
    printed = "".join((log.getvalue(), *capfd.readouterr()))
    assert "the log is on" in printed
    assert CODE not in printed + json.dumps(created)
    assert "somebody@example.com" not in printed


@pytest.mark.parametrize("answer", [CODE, f" {CODE} ", int(CODE)])
def test_the_right_answer_is_correct_once(store: MemorySignIns, post: RecordingPost, answer: object) -> None:
    create([])
    assert verify(answer, {"codeId": ID})
    assert not verify(answer, {"codeId": ID})


@pytest.mark.parametrize(
    ("answer", "parameters"),
    [("000000", {"codeId": ID}), (None, {"codeId": ID}), (CODE, None), (CODE, {}), (CODE, {"codeId": "x"})],
)
def test_any_other_answer_is_wrong(
    store: MemorySignIns, post: RecordingPost, answer: object, parameters: dict[str, str] | None
) -> None:
    create([])
    assert not verify(answer, parameters)


def test_codes_are_six_digits_and_their_ids_are_not_guessed() -> None:
    made = [handlers._random_code() for _ in range(500)]
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for _, code in made)
    assert len({code_id for code_id, _ in made}) == 500
    assert any(code.startswith("0") for _, code in made)

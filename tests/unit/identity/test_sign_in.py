"""Signing in by a code: what comes next after each round, and which answer is right."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity import sign_in
from chalicelib.identity.sign_in import CODE_LIFE_MS, MOST_WRONG_A_DAY, PLACES, id_at, new_code, next_step
from tests.support.orders import NOW

CHALLENGE = {"issueTokens": False, "failAuthentication": False, "challengeName": "CUSTOM_CHALLENGE"}
TOKENS = {"issueTokens": True, "failAuthentication": False}
FAIL = {"issueTokens": False, "failAuthentication": True}


def answered(*results: bool | None, name: str = "CUSTOM_CHALLENGE") -> list[dict[str, Any]]:
    return [{"challengeName": name, "challengeResult": result, "challengeMetadata": "id"} for result in results]


@pytest.mark.parametrize(
    ("session", "step"),
    [
        (None, CHALLENGE),
        ([], CHALLENGE),
        (answered(False), CHALLENGE),
        (answered(False, False), CHALLENGE),
        (answered(False, False, False), FAIL),
        (answered(False, False, False, False), FAIL),
        (answered(True), TOKENS),
        (answered(False, True), TOKENS),
        (answered(False, False, True), TOKENS),
        (answered(None), CHALLENGE),
    ],
)
def test_q34_three_answers_and_the_first_right_one_lets_in(
    session: list[dict[str, Any]] | None, step: dict[str, Any]
) -> None:
    assert next_step(session) == step


@pytest.mark.parametrize("name", ["SRP_A", "PASSWORD_VERIFIER", "ADMIN_NO_SRP_AUTH", "SMS_MFA"])
@pytest.mark.parametrize("after", [[], answered(False), answered(True)])
def test_q33_no_other_flow_gets_in_beside_the_code(name: str, after: list[dict[str, Any]]) -> None:
    assert next_step([*answered(True, name=name), *after]) == FAIL
    assert next_step([*after, *answered(True, name=name)]) == FAIL


@pytest.mark.parametrize("session", [None, [], answered(True)])
def test_somebody_whom_cognito_does_not_know_never_gets_in(session: list[dict[str, Any]] | None) -> None:
    assert next_step(session, user_not_found=True) == FAIL


@given(st.lists(st.sampled_from([True, False, None]), max_size=6))
def test_tokens_are_issued_only_right_after_a_right_answer(results: list[bool | None]) -> None:
    step = next_step(answered(*results))
    assert step["issueTokens"] == (bool(results) and results[-1] is True)
    assert not (step["issueTokens"] and step["failAuthentication"])


def test_the_code_itself_is_not_remembered() -> None:
    code = new_code("user", "id", "123456", NOW)
    assert "123456" not in str(code)
    assert code.digest == sign_in.digest("id", "123456")


@pytest.mark.parametrize("other", [("id2", "123456"), ("id", "123457")])
def test_two_codes_never_look_alike(other: tuple[str, str]) -> None:
    assert sign_in.digest("id", "123456") != sign_in.digest(*other)


@pytest.mark.parametrize(
    ("answer", "right"),
    [("012345", True), (" 012345\n", True), ("12345", False), ("012346", False), ("", False), ("٠١٢٣٤٥", False)],
)
def test_the_right_answer_is_the_code_and_nothing_like_it(answer: str, *, right: bool) -> None:
    assert sign_in.is_right(new_code("user", "id", "012345", NOW), answer) == right


def test_q34_a_code_dies_after_five_minutes() -> None:
    code = new_code("user", "id", "123456", NOW)
    assert CODE_LIFE_MS == 300_000
    assert code.dies_ts == NOW + 300_000
    assert code.expires_at * 1000 > code.dies_ts


def test_of_all_guesses_of_a_year_hardly_one_is_right() -> None:
    assert MOST_WRONG_A_DAY * 365 / 1_000_000 < 0.02


def test_q34_whoever_has_codes_sent_again_and_again_has_ten_places_and_is_then_stopped() -> None:
    assert len(set(PLACES)) == len(PLACES) == 10
    assert sign_in.too_many_codes().code == "TooManyCodes"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("random_id", ["id", "", "1.2", ".", "-_"])
def test_a_code_knows_its_place_by_its_id(place: str, random_id: str) -> None:
    assert new_code("user", id_at(place, random_id), "123456", NOW).place == place


def test_an_id_that_nobody_gave_is_at_no_place() -> None:
    assert sign_in.place_of("made-up") not in PLACES


def test_a_further_round_is_about_the_code_of_the_round_before() -> None:
    assert sign_in.code_id_of(None) is None
    assert sign_in.code_id_of([]) is None
    assert sign_in.code_id_of([{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False}]) is None
    assert sign_in.code_id_of([{"challengeMetadata": "old"}, {"challengeMetadata": "new"}]) == "new"

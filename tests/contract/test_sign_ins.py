"""The sign-ins' store: three answers for a code however they come, and one sign-in."""

import pytest

from chalicelib.identity import service
from chalicelib.identity.sign_in import (
    CODE_LIFE_MS,
    DAY_MS,
    MOST_ANSWERS,
    MOST_WRONG_A_DAY,
    PLACES,
    id_at,
    new_code,
)
from chalicelib.identity.store import SignInStore
from tests.support.orders import NOW
from tests.support.recorders import RecordingPost
from tests.support.together import together

FIRST, SECOND = id_at(PLACES[0], "id"), id_at(PLACES[1], "id")


def sent(store: SignInStore, user_id: str, code_id: str = FIRST, at: int = NOW) -> None:
    assert store.add(new_code(user_id, code_id, "123456", at))


def send_code(store: SignInStore, post: RecordingPost, user_id: str, random_id: str) -> str:
    mail = {"email": "somebody@example.com"}
    return service.send_code(store, post, user_id, mail, NOW, lambda: (random_id, "123456"))


def test_an_answer_is_told_which_code_it_is_about(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    assert sign_in_codes.count_answer(user_id, FIRST, NOW) == new_code(user_id, FIRST, "123456", NOW)


def test_q34_of_ten_answers_at_once_three_count(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    outcomes = together(10, lambda _: sign_in_codes.count_answer(user_id, FIRST, NOW))
    assert outcomes.errors == []
    assert sum(code is not None for code in outcomes.results) == 3


def test_of_ten_who_spend_a_code_at_once_one_does(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    outcomes = together(10, lambda _: sign_in_codes.spend(user_id, FIRST))
    assert sum(outcomes.results) == 1
    assert sign_in_codes.count_answer(user_id, FIRST, NOW) is None


def test_q34_a_code_is_answered_until_its_last_millisecond(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    assert sign_in_codes.count_answer(user_id, FIRST, NOW + CODE_LIFE_MS)
    assert sign_in_codes.count_answer(user_id, FIRST, NOW + CODE_LIFE_MS + 1) is None


def test_codes_that_were_never_sent_are_not_answered_or_spent(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    assert sign_in_codes.count_answer(user_id, "other", NOW) is None
    assert sign_in_codes.count_answer(user_id, id_at(PLACES[0], "other"), NOW) is None
    assert sign_in_codes.count_answer(f"{user_id}-2", FIRST, NOW) is None
    assert not sign_in_codes.spend(user_id, "other")
    assert not sign_in_codes.spend(user_id, id_at(PLACES[0], "other"))


def test_two_sessions_of_one_user_do_not_disturb_each_other(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id, FIRST)
    sent(sign_in_codes, user_id, SECOND)
    for _ in range(4):
        sign_in_codes.count_answer(user_id, FIRST, NOW)
    assert sign_in_codes.count_answer(user_id, SECOND, NOW)


def test_q34_codes_that_live_are_counted(sign_in_codes: SignInStore, user_id: str) -> None:
    for place, age in zip(PLACES, [0, 1, CODE_LIFE_MS - 1, CODE_LIFE_MS, CODE_LIFE_MS + 1], strict=False):
        sent(sign_in_codes, user_id, id_at(place, "id"), NOW - age)
    sent(sign_in_codes, f"{user_id}-2", id_at(PLACES[9], "id"))
    assert sign_in_codes.free_places(user_id, NOW) == list(PLACES[3:])


def test_a_code_that_was_answered_rightly_counts_no_more(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    sign_in_codes.spend(user_id, FIRST)
    assert sign_in_codes.free_places(user_id, NOW) == list(PLACES)


@pytest.mark.parametrize(("age", "free"), [(0, False), (CODE_LIFE_MS - 1, False), (CODE_LIFE_MS, True)])
def test_q34_a_place_is_taken_for_as_long_as_its_code_lives(
    sign_in_codes: SignInStore, user_id: str, age: int, *, free: bool
) -> None:
    sent(sign_in_codes, user_id)
    assert sign_in_codes.add(new_code(user_id, id_at(PLACES[0], "later"), "123456", NOW + age)) == free


def test_q34_of_many_sign_ins_that_begin_at_once_ten_are_sent_a_code(sign_in_codes: SignInStore, user_id: str) -> None:
    post = RecordingPost()
    outcomes = together(24, lambda number: send_code(sign_in_codes, post, user_id, f"id-{number}"))
    assert (len(outcomes.results), len(post.delivered)) == (24, 10)
    ids = set(outcomes.results)
    assert len(ids) == 10
    assert all(service.check_answer(sign_in_codes, user_id, code_id, "123456", NOW) for code_id in ids)
    assert send_code(sign_in_codes, post, user_id, "after the right answers")


def test_the_newest_code_that_may_be_answered_is_found(sign_in_codes: SignInStore, user_id: str) -> None:
    assert sign_in_codes.newest(user_id, NOW) is None
    for place, age in zip(PLACES, [CODE_LIFE_MS, 3, 1, 2], strict=False):
        sent(sign_in_codes, user_id, id_at(place, "id"), NOW - age)
    assert sign_in_codes.newest(user_id, NOW) == id_at(PLACES[2], "id")
    for _ in range(MOST_ANSWERS):
        sign_in_codes.count_answer(user_id, id_at(PLACES[2], "id"), NOW)
    assert sign_in_codes.newest(user_id, NOW) == id_at(PLACES[3], "id")


def test_of_many_guesses_at_once_so_many_a_day_count(sign_in_codes: SignInStore, user_id: str) -> None:
    outcomes = together(MOST_WRONG_A_DAY + 6, lambda _: sign_in_codes.count_guess(user_id, NOW))
    assert sum(outcomes.results) == MOST_WRONG_A_DAY
    assert not sign_in_codes.may_guess(user_id, NOW)
    assert sign_in_codes.may_guess(f"{user_id}-2", NOW)
    assert sign_in_codes.may_guess(user_id, NOW + DAY_MS)
    sign_in_codes.forgive_guess(user_id, NOW)
    assert sign_in_codes.count_guess(user_id, NOW)

"""The sign-ins' store: three answers for a code however they come, and one sign-in."""

from chalicelib.identity.sign_in import CODE_LIFE_MS, WINDOW_MS, new_code
from chalicelib.identity.store import SignInStore
from tests.support.orders import NOW
from tests.support.together import together


def sent(store: SignInStore, user_id: str, code_id: str = "id", at: int = NOW) -> None:
    store.add(new_code(user_id, code_id, "123456", at))


def test_an_answer_is_told_which_code_it_is_about(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    assert sign_in_codes.count_answer(user_id, "id", NOW) == new_code(user_id, "id", "123456", NOW)


def test_q34_of_ten_answers_at_once_three_count(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    outcomes = together(10, lambda _: sign_in_codes.count_answer(user_id, "id", NOW))
    assert outcomes.errors == []
    assert sum(code is not None for code in outcomes.results) == 3


def test_of_ten_who_spend_a_code_at_once_one_does(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    outcomes = together(10, lambda _: sign_in_codes.spend(user_id, "id"))
    assert sum(outcomes.results) == 1
    assert sign_in_codes.count_answer(user_id, "id", NOW) is None


def test_q34_a_code_is_answered_until_its_last_millisecond(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    assert sign_in_codes.count_answer(user_id, "id", NOW + CODE_LIFE_MS)
    assert sign_in_codes.count_answer(user_id, "id", NOW + CODE_LIFE_MS + 1) is None


def test_codes_that_were_never_sent_are_not_answered_or_spent(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    assert sign_in_codes.count_answer(user_id, "other", NOW) is None
    assert sign_in_codes.count_answer(f"{user_id}-2", "id", NOW) is None
    assert not sign_in_codes.spend(user_id, "other")


def test_two_sessions_of_one_user_do_not_disturb_each_other(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id, "first")
    sent(sign_in_codes, user_id, "second")
    for _ in range(4):
        sign_in_codes.count_answer(user_id, "first", NOW)
    assert sign_in_codes.count_answer(user_id, "second", NOW)


def test_q34_codes_of_the_last_quarter_of_an_hour_are_counted(sign_in_codes: SignInStore, user_id: str) -> None:
    for number, age in enumerate([0, 1, WINDOW_MS - 1, WINDOW_MS, WINDOW_MS + 1]):
        sent(sign_in_codes, user_id, f"id-{number}", NOW - age)
    sent(sign_in_codes, f"{user_id}-2")
    assert sign_in_codes.unanswered(user_id, NOW) == 3


def test_a_code_that_was_answered_rightly_counts_no_more(sign_in_codes: SignInStore, user_id: str) -> None:
    sent(sign_in_codes, user_id)
    sign_in_codes.spend(user_id, "id")
    assert sign_in_codes.unanswered(user_id, NOW) == 0

"""Sending a code and checking its answer."""

import pytest

from chalicelib.errors import Conflict
from chalicelib.identity import service
from chalicelib.identity.sign_in import (
    CODE_LIFE_MS,
    DAY_MS,
    MOST_ANSWERS,
    MOST_CODES,
    MOST_WRONG_A_DAY,
    PLACES,
    id_at,
)
from tests.support.memory_stores import MemorySignIns
from tests.support.orders import NOW
from tests.support.recorders import RecordingPost

MAIL = {"email": "somebody@example.com"}
ID = id_at(PLACES[0], "id")  # of the first code


@pytest.fixture
def store() -> MemorySignIns:
    return MemorySignIns()


@pytest.fixture
def post() -> RecordingPost:
    return RecordingPost()


def send(store: MemorySignIns, post: RecordingPost, code_id: str = "id", now: int = NOW) -> str:
    return service.send_code(store, post, "user", MAIL, now, lambda: (code_id, "123456"))


def test_a_code_is_delivered_and_its_id_given(store: MemorySignIns, post: RecordingPost) -> None:
    assert send(store, post) == ID
    assert post.delivered == [("123456", MAIL)]


def test_a_code_is_remembered_before_it_is_delivered(store: MemorySignIns) -> None:
    """Else an answer could come to a code that nobody knows."""

    class LostPost(RecordingPost):
        def deliver(self, code: str, attributes: object) -> None:
            assert store.count_answer("user", ID, NOW)
            raise ConnectionError("the post is lost")

    with pytest.raises(ConnectionError):
        send(store, LostPost())


def test_the_right_answer_is_accepted_once(store: MemorySignIns, post: RecordingPost) -> None:
    send(store, post)
    assert service.check_answer(store, "user", ID, "123456", NOW)
    assert not service.check_answer(store, "user", ID, "123456", NOW)


def test_q34_after_three_wrong_answers_the_right_one_is_wrong_too(store: MemorySignIns, post: RecordingPost) -> None:
    send(store, post)
    assert not any(service.check_answer(store, "user", ID, "000000", NOW) for _ in range(3))
    assert not service.check_answer(store, "user", ID, "123456", NOW)


def test_the_third_answer_may_be_right(store: MemorySignIns, post: RecordingPost) -> None:
    send(store, post)
    for _ in range(2):
        service.check_answer(store, "user", ID, "000000", NOW)
    assert service.check_answer(store, "user", ID, "123456", NOW)


@pytest.mark.parametrize(("after", "accepted"), [(CODE_LIFE_MS, True), (CODE_LIFE_MS + 1, False)])
def test_q34_a_code_dies(store: MemorySignIns, post: RecordingPost, after: int, *, accepted: bool) -> None:
    send(store, post)
    assert service.check_answer(store, "user", ID, "123456", NOW + after) == accepted


def test_an_answer_counts_only_for_its_own_session_and_user(store: MemorySignIns, post: RecordingPost) -> None:
    send(store, post)
    assert not service.check_answer(store, "user", "other session", "123456", NOW)
    assert not service.check_answer(store, "other user", ID, "123456", NOW)
    assert not service.check_answer(store, "user", None, "123456", NOW)
    assert service.check_answer(store, "user", ID, "123456", NOW)


def test_q34_codes_are_not_sent_without_end(store: MemorySignIns, post: RecordingPost) -> None:
    for i in range(MOST_CODES + 3):
        send(store, post, f"id-{i}")
    assert len(post.delivered) == MOST_CODES
    send(store, post, "when they are dead", NOW + CODE_LIFE_MS)
    assert len(post.delivered) == MOST_CODES + 1


def test_whoever_has_codes_sent_to_somebody_keeps_nobody_out(store: MemorySignIns, post: RecordingPost) -> None:
    for i in range(MOST_CODES):
        send(store, post, f"a-strangers-{i}", NOW + i)
    asked_for = send(store, post, "the-owners", NOW + MOST_CODES)
    assert asked_for == id_at(PLACES[-1], f"a-strangers-{MOST_CODES - 1}")  # of the last letter
    assert service.check_answer(store, "user", asked_for, "123456", NOW + MOST_CODES)


def test_a_code_that_was_answered_too_often_is_not_asked_for_again(store: MemorySignIns, post: RecordingPost) -> None:
    ids = [send(store, post, f"id-{i}", NOW + i) for i in range(MOST_CODES)]
    for _ in range(MOST_ANSWERS):
        service.check_answer(store, "user", ids[-1], "000000", NOW + MOST_CODES)
    assert send(store, post, "one more", NOW + MOST_CODES) == ids[-2]


def test_q34_when_all_codes_were_answered_too_often_no_more_are_sent(store: MemorySignIns, post: RecordingPost) -> None:
    for code_id in [send(store, post, f"id-{i}") for i in range(MOST_CODES)]:
        for _ in range(MOST_ANSWERS):
            store.count_answer("user", code_id, NOW)
    with pytest.raises(Conflict, match="in five minutes") as refused:
        send(store, post, "one too many")
    assert refused.value.code == "TooManyCodes"


def guess(store: MemorySignIns, post: RecordingPost, times: int, now: int = NOW) -> None:
    """Answer wrongly, to new codes whenever the old ones take no answer."""
    for number in range(times):
        code_id = send(store, post, f"guess-{now}-{number}", now + number * CODE_LIFE_MS)
        assert not service.check_answer(store, "user", code_id, "000000", now + number * CODE_LIFE_MS)


def test_so_many_wrong_answers_a_day_and_no_more(store: MemorySignIns, post: RecordingPost) -> None:
    midnight = NOW // DAY_MS * DAY_MS
    guess(store, post, MOST_WRONG_A_DAY - 1, midnight)
    later = midnight + MOST_WRONG_A_DAY * CODE_LIFE_MS
    last, other = send(store, post, "last", later), send(store, post, "other", later)
    assert not service.check_answer(store, "user", last, "000000", later)
    assert not service.check_answer(store, "user", other, "123456", later), "a right one is not looked at any more"
    with pytest.raises(Conflict, match="tomorrow") as refused:
        send(store, post, "one more", later)
    assert refused.value.code == "TooManyCodes"
    tomorrow = midnight + DAY_MS
    assert service.check_answer(store, "user", send(store, post, "fresh", tomorrow), "123456", tomorrow)


def test_right_answers_are_no_guesses(store: MemorySignIns, post: RecordingPost) -> None:
    for number in range(MOST_WRONG_A_DAY + 1):
        code_id = send(store, post, f"id-{number}")
        assert service.check_answer(store, "user", code_id, "123456", NOW)


def test_q34_a_right_answer_makes_room_for_another_code(store: MemorySignIns, post: RecordingPost) -> None:
    ids = [send(store, post, f"id-{i}") for i in range(MOST_CODES)]
    assert service.check_answer(store, "user", ids[4], "123456", NOW)
    send(store, post, "one more")
    send(store, post, "one too many")
    assert len(post.delivered) == MOST_CODES + 1


def test_q34_of_sign_ins_that_all_saw_every_place_free_ten_are_sent_a_code(post: RecordingPost) -> None:
    class Unsuspecting(MemorySignIns):
        def free_places(self, user_name: str, now: int) -> list[str]:
            return list(PLACES)

    store = Unsuspecting()
    ids = [send(store, post, f"id-{i}") for i in range(MOST_CODES)]
    send(store, post, "one too many")
    assert len(set(ids)) == len(post.delivered) == MOST_CODES

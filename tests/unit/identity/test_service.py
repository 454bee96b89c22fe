"""Sending a code and checking its answer."""

import pytest

from chalicelib.errors import Conflict
from chalicelib.identity import service
from chalicelib.identity.sign_in import CODE_LIFE_MS, MOST_CODES_IN_WINDOW, PLACES, WINDOW_MS, id_at
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
    for i in range(MOST_CODES_IN_WINDOW):
        send(store, post, f"id-{i}")
    with pytest.raises(Conflict) as refused:
        send(store, post, "one too many")
    assert refused.value.code == "TooManyCodes"
    assert len(post.delivered) == MOST_CODES_IN_WINDOW
    send(store, post, "a window later", NOW + WINDOW_MS)
    assert len(post.delivered) == MOST_CODES_IN_WINDOW + 1


def test_q34_a_right_answer_makes_room_for_another_code(store: MemorySignIns, post: RecordingPost) -> None:
    ids = [send(store, post, f"id-{i}") for i in range(MOST_CODES_IN_WINDOW)]
    assert service.check_answer(store, "user", ids[4], "123456", NOW)
    send(store, post, "one more")
    with pytest.raises(Conflict):
        send(store, post, "one too many")


def test_q34_of_sign_ins_that_all_saw_every_place_free_ten_are_sent_a_code(post: RecordingPost) -> None:
    class Unsuspecting(MemorySignIns):
        def free_places(self, user_name: str, now: int) -> list[str]:
            return list(PLACES)

    store = Unsuspecting()
    ids = [send(store, post, f"id-{i}") for i in range(MOST_CODES_IN_WINDOW)]
    with pytest.raises(Conflict):
        send(store, post, "one too many")
    assert len(set(ids)) == len(post.delivered) == MOST_CODES_IN_WINDOW

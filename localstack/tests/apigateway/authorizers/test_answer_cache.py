"""Answers are kept by question, for their time and no longer, and not too many of them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import count

import pytest
from local_cloud.plugins.apigateway.authorizers.answer_cache import AnswerCache, Question

QUESTION = Question("api", "live", "first", "authorizer", ("token",))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Asked:
    """Gives 1, 2, 3 ..."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> int:
        return next(self._numbers)


def test_an_answer_is_kept_for_its_time() -> None:
    clock, ask = Clock(), Asked()
    cache = AnswerCache(timer=clock)
    answers = []
    for clock.now in (0, 299, 300, 301):
        answers.append(cache.answer(QUESTION, 300, ask))
    assert answers == [1, 1, 2, 2]


def test_with_no_time_it_is_asked_each_time() -> None:
    cache, ask = AnswerCache(), Asked()
    assert [cache.answer(QUESTION, 0, ask) for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    "other",
    [
        replace(QUESTION, api_id="other"),
        replace(QUESTION, stage="test"),
        replace(QUESTION, deployment_id="second"),
        replace(QUESTION, authorizer_id="other"),
        replace(QUESTION, identity=("other",)),
        replace(QUESTION, identity=("token", "more")),
    ],
)
def test_another_question_has_its_own_answer(other: Question) -> None:
    cache, ask = AnswerCache(), Asked()
    assert [cache.answer(question, 300, ask) for question in (QUESTION, other, QUESTION, other)] == [1, 2, 1, 2]


def test_who_shows_no_identity_gets_no_answer_of_others() -> None:
    cache, ask = AnswerCache(), Asked()
    nobody = replace(QUESTION, identity=())
    assert [cache.answer(nobody, 300, ask) for _ in range(2)] == [1, 2]


def test_a_failure_is_not_kept() -> None:
    cache = AnswerCache()

    def fail() -> None:
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            cache.answer(QUESTION, 300, fail)
    assert cache.answer(QUESTION, 300, lambda: "allowed") == "allowed"


def test_of_too_many_the_one_unused_for_longest_goes() -> None:
    cache, ask = AnswerCache(most=2), Asked()
    first, second, third = (replace(QUESTION, identity=(name,)) for name in "abc")
    assert [cache.answer(question, 300, ask) for question in (first, second, first, third)] == [1, 2, 1, 3]
    assert [cache.answer(question, 300, ask) for question in (first, second)] == [1, 4]


def test_a_stage_is_forgotten_as_a_whole_and_alone() -> None:
    cache, ask = AnswerCache(), Asked()
    others = [replace(QUESTION, identity=("other",)), replace(QUESTION, stage="test"), replace(QUESTION, api_id="two")]
    questions = [QUESTION, *others]
    assert [cache.answer(question, 300, ask) for question in questions] == [1, 2, 3, 4]
    cache.forget("api", "live")
    assert [cache.answer(question, 300, ask) for question in questions] == [5, 6, 3, 4]


def test_many_threads_may_ask() -> None:
    cache = AnswerCache(most=10)

    def ask_much(thread: int) -> bool:
        questions = [replace(QUESTION, identity=(str(number % 30),)) for number in range(thread, thread + 300)]
        return all(cache.answer(each, 300, partial(getattr, each, "identity")) == each.identity for each in questions)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask_much, range(8)))

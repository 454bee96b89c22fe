"""Keeps what authorizers' functions answered, for as long as each authorizer says. Must not know what an answer means.

"API Gateway caches the policy [...] using the identity source(s) as key"; a kept answer is one for every method that
has the authorizer, whose policy is evaluated at each call
(https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import TLRUCache

_MOST_ANSWERS = 10_000


@dataclass(frozen=True)
class Question:
    """What an answer is good for: an identity, which is all that was looked at, at one deployment of one stage."""

    api_id: str
    stage: str
    deployment_id: str
    authorizer_id: str
    identity: tuple[str, ...]


@dataclass(frozen=True)
class _Kept:
    answer: Any
    seconds: int


class AnswerCache:
    """Answers by question; when there are too many, the one unused for longest goes. For use by any thread."""

    def __init__(self, most: int = _MOST_ANSWERS, timer: Callable[[], float] = time.monotonic) -> None:
        self._answers: TLRUCache[Question, _Kept] = TLRUCache(
            most, ttu=lambda _, kept, now: now + kept.seconds, timer=timer
        )
        self._lock = Lock()

    def answer(self, question: Question, seconds: int, ask: Callable[[], Any]) -> Any:
        """The answer that is kept, or else the one that `ask` gives, kept for so many seconds; none if it raises.

        Threads that ask the same at the same time each get an answer of their own.
        """
        with self._lock:
            kept = self._answers.get(question)
        if kept is not None:
            return kept.answer
        answer = ask()
        if seconds > 0 and question.identity:
            with self._lock:
                self._answers[question] = _Kept(answer, seconds)
        return answer

    def forget(self, api_id: str, stage: str) -> None:
        """Forget all answers of a stage."""
        with self._lock:
            for question in [each for each in self._answers if (each.api_id, each.stage) == (api_id, stage)]:
                self._answers.pop(question, None)

"""Signing in by a code: what counts as right, too late, too often. Pure; times are ms since 1970.

Limits: three answers a session (the original meant three and gave four, Q34), five minutes a code, ten codes that
live, thirty wrong answers a day. Each code has one of ten places, taken for as long as it lives: however many sign-ins
begin at once, ten codes are sent. Whoever begins one more is asked for the newest of them, so that strangers who ask
for codes keep nobody out; whoever guesses does, from the thirtieth wrong answer on, until the day is over (UTC).
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.errors import Conflict

CHALLENGE = "CUSTOM_CHALLENGE"
MOST_ANSWERS = 3
CODE_LIFE_MS = 5 * 60 * 1000
MOST_CODES = 10
MOST_WRONG_A_DAY = 30
DAY_MS = 24 * 60 * 60 * 1000
PLACES = tuple(map(str, range(MOST_CODES)))


@dataclass(frozen=True)
class SignInCode:
    """A code that was sent, as far as we need to know it: its hash, not itself.

    Attributes:
        user_name: Cognito's name of the user.
        code_id: its place and something random; ties the code to one sign-in session, so that two sessions never
            disturb each other.
    """

    user_name: str
    code_id: str
    digest: str
    sent_ts: int

    @property
    def place(self) -> str:
        """Which of the user's places it has."""
        return place_of(self.code_id)

    @property
    def dies_ts(self) -> int:
        """After this moment the code is not accepted any more."""
        return self.sent_ts + CODE_LIFE_MS

    @property
    def expires_at(self) -> int:
        """When the row may go, in seconds."""
        return self.dies_ts // 1000 + 1


def new_code(user_name: str, code_id: str, code: str, now: int) -> SignInCode:
    """What to remember of a code that is being sent."""
    return SignInCode(user_name, code_id, digest(code_id, code), now)


def id_at(place: str, random_id: str) -> str:
    """The id of a code that is to have that place."""
    return f"{place}.{random_id}"


def place_of(code_id: str) -> str:
    """The place of the code that has this id."""
    return code_id.partition(".")[0]


def digest(code_id: str, code: str) -> str:
    """The code's keyed hash; the random id makes equal codes look different. An answer may hold anything."""
    return hmac.new(code_id.encode(), code.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def is_right(code: SignInCode, answer: str) -> bool:
    """Whether the answer is the code."""
    return hmac.compare_digest(code.digest, digest(code.code_id, answer.strip()))


def day_of(now: int) -> str:
    """What a day's wrong answers are counted by."""
    return f"day {now // DAY_MS}"


def too_many_codes() -> Conflict:
    """The refusal of whoever has codes sent again and again, and answers each of them wrongly (Q34)."""
    return Conflict("too many codes were answered wrongly; try again in five minutes", "TooManyCodes")


def too_many_guesses() -> Conflict:
    """The refusal at an address at which too much was guessed today."""
    return Conflict("too many codes were answered wrongly today; try again tomorrow", "TooManyCodes")


def next_step(session: Sequence[dict[str, Any]] | None, *, user_not_found: bool = False) -> dict[str, Any]:
    """What Cognito shall do after the rounds so far (Define auth challenge's response).

    Args:
        session: the rounds, each `{"challengeName", "challengeResult", "challengeMetadata"}`; None or empty at first.
        user_not_found: whether Cognito asks about somebody it does not know.
    """
    rounds = session or []
    foreign = any(one["challengeName"] != CHALLENGE for one in rounds)
    if user_not_found or foreign:
        return _answer(fail=True)  # nobody gets in by a password or SRP beside the code (Q33)
    if rounds and rounds[-1]["challengeResult"] is True:
        return _answer(tokens=True)
    return _answer(fail=True) if len(rounds) >= MOST_ANSWERS else _answer(challenge=CHALLENGE)


def _answer(*, tokens: bool = False, fail: bool = False, challenge: str | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = {"issueTokens": tokens, "failAuthentication": fail}
    return {**answer, "challengeName": challenge} if challenge else answer


def code_id_of(session: Sequence[dict[str, Any]] | None) -> str | None:
    """Which code an ongoing session is about: a further round asks for the same code again."""
    return next((one["challengeMetadata"] for one in reversed(session or []) if one.get("challengeMetadata")), None)

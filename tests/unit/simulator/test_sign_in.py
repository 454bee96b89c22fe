"""Whoever signs in answers with the code that counts, which is the last where a slow trigger sent several."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from simulator import sign_in as module
from simulator.mailbox import Message
from simulator.sign_in import Challenge, NoCode, Tokens, WrongCode, sign_in

TOKENS = Tokens("access", "id", "refresh")
RIGHT = "222222"


@dataclass
class Letters:
    """A mailbox, and the pool that fills it."""

    sent: list[str]
    there: list[Message] = field(default_factory=lambda: [Message("old", "333333")])
    answers: list[str] = field(default_factory=list)

    def messages(self, _: str) -> list[Message]:
        return self.there

    def ask_for_code(self, address: str) -> Challenge:
        self.there = [*self.there, *(Message(f"{number}", code) for number, code in enumerate(self.sent))]
        return Challenge(address, "session")

    def answer(self, challenge: Challenge, code: str) -> Tokens | Challenge:
        self.answers.append(code)
        return TOKENS if code == RIGHT else challenge


@pytest.fixture(autouse=True)
def _nobody_is_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0)
    monkeypatch.setattr(module, "ANOTHER_FOLLOWS_S", 0)


def signed_in(letters: Letters) -> Tokens:
    pool: Any = letters
    mailbox: Any = letters
    return sign_in(pool, mailbox, "ana@example.com")


@pytest.mark.parametrize("sent", [[RIGHT], ["111111", RIGHT]])
def test_the_code_that_counts_is_found(sent: list[str]) -> None:
    letters = Letters(sent)
    assert (signed_in(letters), letters.answers) == (TOKENS, sent)


def test_where_no_other_letter_follows_the_code_was_wrong() -> None:
    with pytest.raises(WrongCode, match=r"ana@example\.com"):
        signed_in(Letters(["111111"]))


def test_where_no_letter_comes_that_is_told() -> None:
    with pytest.raises(NoCode):
        signed_in(Letters([]))

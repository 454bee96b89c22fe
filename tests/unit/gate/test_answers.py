"""What a refusal looks like, to a person and to a program."""

import json

import pytest

from gate.network.answer import refusal_answer
from gate.network.upstream import away
from gate.rules.refusal import not_here

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    ("languages", "said"), [("", "There is nothing here"), ("es-MX", "Aquí no hay nada"), ("<es>", "There is")]
)
def test_a_person_is_told_in_a_page(languages: str, said: str) -> None:
    page = refusal_answer(not_here(), {**BROWSER, "Accept-Language": languages}).body.decode()
    assert said in page
    assert "$" not in page
    assert "refresh" not in page


def test_a_page_looks_again_while_the_bar_is_away() -> None:
    answer = refusal_answer(away(), BROWSER)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert b'http-equiv="refresh"' in answer.body


def test_a_program_is_told_as_by_the_api() -> None:
    answer = refusal_answer(not_here(), {"Accept": "*/*"})
    assert json.loads(answer.body).keys() == {"Code", "Message"}
    assert answer.headers["Cache-Control"] == "no-store"

"""Whose letters are whose: the proof is the gate's own, for one address, at one bar."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.network.own_cookie import cookie_header
from gate.rules.decision import decide
from gate.rules.letters import COOKIE, MOST_ADDRESSES, own_addresses, proof, with_proof
from gate.rules.passages import Letters
from gate.rules.refusal import Refused
from tests.support.rooms import BAR, PLAIN_ROOM, ROOM, asked

SECRET = b"s" * 32
ANA, BEN, BARISTA = "ana@example.com", "+34600000000", "barista@example.com"


def shown(cookie: str, target: str = "/letters") -> list[str]:
    passage = decide(asked("GET", target, Cookie=cookie), BAR, ROOM)
    assert isinstance(passage, Letters)
    return own_addresses(SECRET, BAR, passage.proofs)


def cookie_of(*addresses: str) -> str:
    value = ""
    for address in addresses:
        value = with_proof(tuple(filter(None, value.split(":"))), proof(SECRET, BAR, address))
    return f"{COOKIE}={value}"


def test_a_browser_shows_its_own_addresses_the_newest_first() -> None:
    assert shown(cookie_of(ANA, BEN)) == [BEN, ANA]
    assert shown(f"theme=dark; {cookie_of(ANA)}; x=y") == [ANA]


def test_signing_up_again_is_no_second_proof() -> None:
    assert cookie_of(ANA, BEN, ANA).count(":") == 1


def test_a_browser_has_room_for_a_few_addresses() -> None:
    many = [f"ana{number}@example.com" for number in range(MOST_ADDRESSES + 2)]
    assert shown(cookie_of(*many)) == many[:1:-1]


@pytest.mark.parametrize("target", ["/letters", "/letters?email=x", "/letters?address=barista%40example.com"])
def test_whose_letters_are_asked_for_is_no_matter(target: str) -> None:
    assert shown(cookie_of(ANA), target) == [ANA]
    assert shown("", target) == []


def test_text_messages_are_asked_for_alike() -> None:
    assert decide(asked("GET", "/text-messages?region=x&accountId=y"), BAR, ROOM) == Letters((), are_text_messages=True)


def test_a_proof_is_for_one_address_only() -> None:
    written, _, signature = proof(SECRET, BAR, ANA).partition(".")
    other = proof(SECRET, BAR, BARISTA).partition(".")[0]
    assert own_addresses(SECRET, BAR, (f"{written}.{signature}", f"{other}.{signature}")) == [ANA]


def test_a_proof_is_worth_nothing_at_another_bar_or_gate() -> None:
    held = (proof(SECRET, BAR, ANA),)
    assert own_addresses(SECRET, replace(BAR, client_id="another"), held) == []
    assert own_addresses(b"t" * 32, BAR, held) == []


@pytest.mark.parametrize(
    "cookie",
    [
        *(
            f"{COOKIE}=",
            f"{COOKIE}=x",
            f"{COOKIE}=YmFyaXN0YQ.x",
            f"{COOKIE}=.",
            f"{COOKIE}=::::",
            COOKIE,
            "=",
            ";;",
            "\x00=\x01",
        ),
        *(f'{COOKIE}="a b"', f"{COOKIE}={'a' * 5000}", f"{COOKIE}=YmFyaXN0YUBleGFtcGxlLmNvbQ.{'A' * 43}"),
        f"{COOKIE}=YmFyaXN0YUBleGFtcGxlLmNvbQ.",
    ],
)
def test_what_is_no_proof_opens_nothing(cookie: str) -> None:
    assert shown(cookie) == []


@given(st.text(max_size=200))
def test_nothing_that_is_made_up_opens_anything(text: str) -> None:
    assert shown(f"{COOKIE}={text}") == []
    assert own_addresses(SECRET, BAR, (text,)) == []


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_letters_are_read_and_never_written(method: str) -> None:
    with pytest.raises(Refused):
        decide(asked(method, "/letters"), BAR, ROOM)


@pytest.mark.parametrize("target", ["/letters/", "/letters/x", "/letters?a=1&a=2", "/letters?X-Amz-Signature=x"])
def test_letters_have_one_address(target: str) -> None:
    with pytest.raises(Refused):
        decide(asked("GET", target, Cookie=cookie_of(ANA)), BAR, ROOM)


def test_no_script_and_no_other_origin_gets_the_proofs() -> None:
    header = cookie_header(ROOM, cookie_of(ANA).partition("=")[2])
    assert {"HttpOnly", "SameSite=Strict", "Secure", "Path=/"} <= {part.strip() for part in header.split(";")}
    assert shown(header.partition(";")[0]) == [ANA]
    assert "Secure" not in cookie_header(PLAIN_ROOM, "x")

"""What the teacher reads when the gate opens."""

from datetime import UTC, datetime
from pathlib import Path

from gate.certificate import Certificate
from gate.terminal import opening, qr_code
from tests.support.rooms import PLAIN_ROOM, ROOM

CERTIFICATE = Certificate(Path("certificate.pem"), "AB:CD:" * 16, datetime(2027, 2, 27, tzinfo=UTC))


def test_it_says_where_who_goes_and_what_phones_will_show() -> None:
    said = opening(ROOM, CERTIFICATE, "http://127.0.0.1:4566/_aws/ses")
    for part in (
        "https://192.168.1.20:4443/order/",
        "/display/",
        "/barista/",
        "not private",
        "AB:CD:",
        "2027-02-27",
    ):
        assert part in said


def test_without_tls_it_says_what_phones_cannot_do_and_who_listens() -> None:
    said = opening(PLAIN_ROOM, None, "http://127.0.0.1:4566/_aws/ses")
    assert "their own camera app" in said
    assert "can read what goes over it" in said
    assert "https://" not in said


def test_no_line_is_wider_than_a_terminal_of_a_laptop() -> None:
    for said in (opening(ROOM, CERTIFICATE, "http://127.0.0.1:4566/_aws/ses"), opening(PLAIN_ROOM, None, "x")):
        assert max(map(len, said.splitlines())) <= 120


def test_the_code_fits_beside_it() -> None:
    assert max(map(len, qr_code(f"{ROOM.origin}/order/").splitlines())) <= 40

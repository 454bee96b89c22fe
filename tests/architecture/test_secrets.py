"""What is published with the project opens nobody's door: no token, no key, no account, no script from elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files

SECRETS = {
    "a token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "an access key": r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "an account in an ARN": r"\barn:aws[\w-]*:[\w-]+:[\w-]*:(\d{12}):",
    "a user pool or identity pool": r"\b[a-z]{2}-[a-z]+-\d(?:_(?=\w*[A-Z])[A-Za-z0-9]{9}\b|:[0-9a-f]{8}-[0-9a-f]{4}-)",
    "an API or a broker": r"\b[a-z0-9]{10,14}(?:-ats)?\.(?:execute-api|iot)\.[a-z]{2}-[a-z]+-\d\.amazonaws\.com",
}
NOBODYS_ACCOUNTS = {"000000000000", "111111111111", "111122223333", "123456789012"}  # LocalStack's, AWS's examples


def texts() -> Iterator[tuple[Path, str]]:
    return ((path, path.read_text(encoding="utf-8", errors="ignore")) for path in files())


@pytest.mark.parametrize("kind", SECRETS)
def test_q36_no_file_holds_what_opens_a_door(kind: str) -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), match.group())
        for path, text in texts()
        for match in re.finditer(SECRETS[kind], text)
        if not set(match.groups()) & NOBODYS_ACCOUNTS
    }
    assert found == set()


ELSEWHERE = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:https?:)?//[^>]*>""")


def test_q36_no_page_loads_anything_from_elsewhere() -> None:
    pages = (".html", ".jinja", ".vue")
    found = {path.name: ELSEWHERE.findall(text) for path, text in texts() if path.name.endswith(pages)}
    assert {name: tags for name, tags in found.items() if tags} == {}


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ("a token", ".".join(["ey" + "J" + "a" * 12, "ey" + "J" + "b" * 12, "c" * 12])),
        ("an access key", "AK" + "IA" + "A" * 16),
        ("a private key", "-----BEGIN " + "PRIVATE KEY-----"),
        ("an account in an ARN", "arn:aws:iam::" + "9" * 12 + ":role/x"),
        ("a user pool or identity pool", "eu-west-1" + "_" + "a1B2" * 2 + "c"),
        ("an API or a broker", "a1b2c3d4e5" + ".execute-api.eu-west-1.amazonaws.com"),
    ],
)
def test_such_things_are_known_when_seen(kind: str, example: str) -> None:
    assert re.search(SECRETS[kind], f"x = '{example}'")


def test_a_script_from_elsewhere_is_known_when_seen() -> None:
    assert ELSEWHERE.search('<script async src="//assets.example.com/a.js"></script>')
    assert not ELSEWHERE.search('<script type="module" src="/src/main.ts"></script>')

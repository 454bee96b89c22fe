"""What the user may let in, and that nobody can be let in by mistake."""

import pytest
from local_cloud.plugins.gateway.browser_gate.allowed_origins import (
    VARIABLE,
    AllowedOrigins,
    AllowedOriginsError,
    allowed_origins,
)


@pytest.mark.parametrize("text", ["", " ", ",", " , "])
def test_nothing_is_named_where_nothing_is_said(text: str) -> None:
    assert allowed_origins({}) == allowed_origins({VARIABLE: text}) == AllowedOrigins()


def test_origins_and_hosts_are_told_apart() -> None:
    named = allowed_origins(
        {VARIABLE: " https://App.example, bar.example,*.localhost.localstack.cloud,http://x.y:3000 "}
    )
    assert named.origins == {"https://app.example", "http://x.y:3000"}
    assert named.hosts == {"bar.example", "*.localhost.localstack.cloud"}


@pytest.mark.parametrize(
    "entry",
    [
        "*",
        "*.",
        "*.*",
        "https://*",
        "https://*.example",
        "null",
        "https://app.example/path",
        "https://",
        "bar.example:80",
        "a b",
    ],
)
def test_what_is_neither_is_refused_by_name(entry: str) -> None:
    with pytest.raises(AllowedOriginsError) as refused:
        allowed_origins({VARIABLE: f"https://app.example,{entry}"})
    assert repr(entry) in str(refused.value)
    assert VARIABLE in str(refused.value)


@pytest.mark.parametrize(
    ("host", "is_named"), [("x.b.test", True), ("x.y.b.test", True), ("b.test", False), ("xb.test", False)]
)
def test_a_star_stands_for_whatever_is_below_a_host(host: str, is_named: bool) -> None:
    assert allowed_origins({VARIABLE: "*.b.test"}).has_host(host) is is_named

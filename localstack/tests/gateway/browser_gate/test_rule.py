"""Which requests are let in, by what they say of themselves; and what they lead to is asked only where it matters."""

import pytest
from local_cloud.plugins.gateway.browser_gate.allowed_origins import AllowedOrigins
from local_cloud.plugins.gateway.browser_gate.rule import Asked, Destination, refusal

PORT = 4566
HERE = ("127.0.0.1:4566",)
CLOSED = Destination(is_deployed=False, is_free=False)
FREE = Destination(is_deployed=False, is_free=True)
API = Destination(is_deployed=True, is_free=True)
PRIVATE_SITE = Destination(is_deployed=True, is_free=False)
NAMED = AllowedOrigins(
    frozenset({"https://app.example", "moz-extension://1-2"}), frozenset({"bar.example", "*.b.test"})
)


def judged(asked: Asked, leads_to: Destination = CLOSED, allowed: AllowedOrigins | None = None) -> str | None:
    return refusal(asked, {PORT}, allowed or AllowedOrigins(), lambda: leads_to)


def never_asked() -> Destination:
    raise AssertionError("what it leads to does not matter")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "WEBSOCKET"])
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:4566",
        "127.0.0.2:4566",
        "127.1.2.3",
        "[::1]:4566",
        "localhost:4566",
        "LocalHost",
        "localhost:9000",  # forwarded from there
        "menu.s3.localhost:4566",
        "a_b-c.s3.us-east-1.localhost:4566",
        "1a2b.execute-api.eu-west-1.localhost:4566",
    ],
)
def test_a_client_that_is_no_browser_is_let_in_under_every_loopback_name(method: str, host: str) -> None:
    assert refusal(Asked(method, (host,)), {PORT}, AllowedOrigins(), never_asked) is None


@pytest.mark.parametrize("leads_to", [CLOSED, FREE, API])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "WEBSOCKET"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:4566",
        "127.0.0.1.evil.example:4566",
        "localhost.evil.example:4566",
        "xlocalhost:4566",
        "localhost.localstack.cloud:4566",
        "s3.localhost.localstack.cloud:4566",
        "evil.example@127.0.0.1:4566",
        "127.0.0.1:4566@evil.example",
        "localhost.",
        "localhost.:4566",
        ".localhost",
        "evil..localhost",
        "localhost:4566:4566",
        "localhost:",
        "localhost:http",
        "localhost:123456",
        "localhost/evil.example",
        "localhost evil.example",
        "localhost\t",
        "localhost,evil.example",
        "\uff4cocalhost:4566",
        "loca\u212ahost",
        "0.0.0.0:4566",
        "0:4566",
        "127.1:4566",
        "2130706433:4566",
        "0x7f000001:4566",
        "0177.0.0.1",
        "192.168.0.1:4566",
        "10.0.0.1",
        "169.254.169.254",
        "[::]:4566",
        "[::ffff:127.0.0.1]:4566",
        "[fe80::1]",
        "[::1",
        "::1",
        "[::1%25lo]",
        "[]",
        "*",
        "",
    ],
)
def test_another_name_is_refused_whatever_it_leads_to(host: str, method: str, leads_to: Destination) -> None:
    for origins in ((), (f"http://{host}",), ("http://127.0.0.1:4566",)):
        reason = judged(Asked(method, (host,), origins=origins, fetch_sites=("same-origin",)), leads_to)
        assert reason is not None
        assert reason.startswith("This cloud is not known as")


@pytest.mark.parametrize("hosts", [("127.0.0.1:4566", "evil.example"), ("evil.example", "127.0.0.1:4566")])
def test_of_two_hosts_each_has_to_be_loopback(hosts: tuple[str, ...]) -> None:
    assert judged(Asked("GET", hosts), API) == "This cloud is not known as 'evil.example'"


def test_a_request_without_a_host_is_refused() -> None:
    assert judged(Asked("GET", ()), API) == "It names no host"


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:4566",
        "https://127.0.0.1:4566",
        "http://localhost:4566",
        "http://menu.s3.localhost:4566",
        "http://menu.s3-website.localhost:4566",
        "HTTP://LOCALHOST:4566",
    ],
)
def test_a_page_that_the_cloud_served_may_do_all(origin: str) -> None:
    asked = Asked("POST", HERE, origins=(origin,), fetch_sites=("cross-site",))
    assert refusal(asked, {PORT}, AllowedOrigins(), never_asked) is None


FOREIGN = [
    "https://evil.example",
    "http://evil.example:4566",
    "http://127.0.0.1:3000",  # another server of this machine
    "http://localhost",
    "https://localhost",
    "http://127.0.0.2:4566",  # where the cloud does not listen
    "http://[::1]:4566",
    "http://localhost.localstack.cloud:4566",
    "https://app.localstack.cloud",
    "http://localhost:4566.evil.example",
    "http://localhost:4566@evil.example",
    "http://evil.example#localhost:4566",
    "http://127.0.0.1.evil.example:4566",
    "http://xlocalhost:4566",
    "http://localhost.:4566",
    "ftp://127.0.0.1:4566",
    "file://",
    "file://127.0.0.1:4566",
    "chrome-extension://127.0.0.1:4566",
    "127.0.0.1:4566",
    "//127.0.0.1:4566",
    "http://127.0.0.1:4566/",
    "http://127.0.0.1:4566 http://evil.example",
    "http://127.0.0.1:4566,http://evil.example",
    "null",
    "NULL",
    "*",
    "",
]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "WEBSOCKET"])
@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_origin_gets_to_what_is_free_only(origin: str, method: str) -> None:
    for fetch_sites in ((), ("same-origin",), ("none",), ("cross-site",)):
        asked = Asked(method, HERE, origins=(origin,), fetch_sites=fetch_sites)
        reason = judged(asked)
        assert reason is not None
        assert reason.startswith("This cloud did not serve the page")
        assert judged(asked, PRIVATE_SITE) == reason
        assert judged(asked, API) is judged(asked, FREE) is None


@pytest.mark.parametrize(
    "origins", [("http://127.0.0.1:4566", "http://evil.example"), ("http://evil.example", "http://127.0.0.1:4566")]
)
def test_of_two_origins_each_has_to_be_the_clouds(origins: tuple[str, ...]) -> None:
    assert judged(Asked("POST", HERE, origins=origins)) is not None


def test_a_page_under_the_name_and_port_that_is_asked_is_the_clouds_own() -> None:
    """Forwarded from another port of this machine."""
    assert judged(Asked("POST", ("localhost:9000",), origins=("http://localhost:9000",))) is None
    assert judged(Asked("POST", ("localhost",), "https", origins=("https://localhost",))) is None
    assert judged(Asked("POST", ("localhost:9000",), origins=("http://localhost:9001",))) is not None
    assert judged(Asked("POST", ("localhost",), "https", origins=("http://localhost",))) is not None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "something-new"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "WEBSOCKET"])
def test_without_an_origin_the_browsers_word_on_the_site_counts(site: str, method: str) -> None:
    asked = Asked(method, HERE, fetch_sites=(site,))
    assert judged(asked) == f"A page asks that this cloud did not serve (Sec-Fetch-Site: {site!r})"
    assert judged(asked, FREE) is None


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_what_the_user_typed_and_what_the_clouds_pages_load_is_let_in(site: str) -> None:
    assert refusal(Asked("GET", HERE, fetch_sites=(site,)), {PORT}, AllowedOrigins(), never_asked) is None


def test_of_two_words_on_the_site_the_worse_counts() -> None:
    assert judged(Asked("GET", HERE, fetch_sites=("none", "cross-site"))) is not None


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
@pytest.mark.parametrize("leads_to", [CLOSED, FREE])
def test_the_query_protocol_in_an_address_is_refused_whoever_asks(method: str, leads_to: Destination) -> None:
    for asked in (
        Asked(method, HERE, parameters=["Version", "Action"]),
        Asked(method, HERE, parameters=["Action"], fetch_sites=("none",)),
        Asked(method, HERE, parameters=["Action"], origins=("http://127.0.0.1:4566",)),
        Asked(method, HERE, parameters=["Action"], origins=("https://app.example",)),
    ):
        reason = judged(asked, leads_to, NAMED)
        assert reason is not None
        assert "POST" in reason


@pytest.mark.parametrize(
    ("method", "parameters", "leads_to"),
    [
        ("POST", ["Action"], CLOSED),
        ("GET", ["action"], CLOSED),
        ("GET", ["Action"], API),
        ("GET", ["Action"], PRIVATE_SITE),
    ],
)
def test_what_is_not_of_the_query_protocol_may_have_such_a_parameter(
    method: str, parameters: list[str], leads_to: Destination
) -> None:
    assert judged(Asked(method, HERE, parameters=parameters), leads_to) is None


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:4566", "https://app.example"),
        ("127.0.0.1:4566", "HTTPS://App.Example"),
        ("127.0.0.1:4566", "moz-extension://1-2"),
        ("bar.example:4566", "http://bar.example:4566"),
        ("bar.example", "http://bar.example"),
        ("x.b.test:4566", "http://y.x.b.test:4566"),
        ("x.y.b.test:4566", "https://app.example"),
    ],
)
def test_what_the_user_named_is_let_in(host: str, origin: str) -> None:
    asked = Asked("POST", (host,), origins=(origin,))
    assert judged(asked, CLOSED, NAMED) is None
    assert judged(asked) is not None


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:4566", "http://app.example"),
        ("127.0.0.1:4566", "https://app.example:444"),
        ("127.0.0.1:4566", "https://x.app.example"),
        ("127.0.0.1:4566", "http://bar.example"),  # its page, but not at the cloud's port
        ("app.example", "https://app.example"),  # an origin is no name of the cloud
        ("x.bar.example", "http://x.bar.example"),
        ("b.test", "http://b.test"),
        ("xb.test", "http://xb.test"),
    ],
)
def test_nothing_else_is_let_in_with_it(host: str, origin: str) -> None:
    assert judged(Asked("POST", (host,), origins=(origin,)), CLOSED, NAMED) is not None


def test_what_a_stranger_sends_is_told_in_one_short_line() -> None:
    reason = judged(Asked("GET", ("evil\r\n2026 ERROR" + "x" * 10_000,)))
    assert reason is not None
    assert len(reason) < 200
    assert "\n" not in reason

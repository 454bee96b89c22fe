"""A signature holds for the request that was signed, by the key's secret, at its time; botocore is who signs here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from local_cloud.plugins.iam.signature import SentRequest, Signature, SignatureRefusedError, signature_of
from local_cloud.plugins.iam.sigv4 import require_fresh, require_match, require_scope

HOST = "api.execute-api.eu-west-1.localhost:4566"
SECRET = "wJalrXUtnFEMI"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
REQUEST = SentRequest.to("/live/orders", "GET", [("Host", HOST)])

Sign = Callable[[SentRequest], SentRequest]


def in_header(request: SentRequest) -> SentRequest:
    return signed(SigV4Auth(Credentials("AKID", SECRET, "session"), "execute-api", "eu-west-1"), request)


def in_query(request: SentRequest) -> SentRequest:
    return signed(SigV4QueryAuth(Credentials("AKID", SECRET, "session"), "execute-api", "eu-west-1"), request)


def signed(signer: SigV4Auth, request: SentRequest) -> SentRequest:
    url = f"http://{HOST}{request.path}" + (f"?{request.query}" if request.query else "")
    aws = AWSRequest(request.method, url, dict(request.headers), request.body)
    signer.add_auth(aws)
    query = urlsplit(str(aws.url)).query
    return replace(request, query=query, headers=tuple(aws.headers.items()))


@pytest.mark.parametrize("sign", [in_header, in_query])
@pytest.mark.parametrize(
    "request_",
    [
        REQUEST,
        replace(REQUEST, path="/live/towns/Los%20Angeles/caf%C3%A9"),
        replace(REQUEST, path="/live/a%2Fb/first%7Clast//"),
        replace(REQUEST, query="b=2&a=1&a=0&empty=&q=a%26b%3Dc&u=caf%C3%A9"),
        replace(REQUEST, headers=(("Host", HOST), ("X-Spaced", "  a   b "), ("Content-Type", "text/plain"))),
    ],
    ids=["plain", "path", "slashes", "query", "headers"],
)
def test_what_was_signed_holds(sign: Sign, request_: SentRequest) -> None:
    sent = sign(request_)
    require_match(sent, signature_of(sent), SECRET)


def test_a_signed_body_holds() -> None:
    sent = in_header(replace(REQUEST, method="POST", body=b'{"drink": "caf\xc3\xa9"}'))
    require_match(sent, signature_of(sent), SECRET)


@pytest.mark.parametrize("sign", [in_header, in_query])
@pytest.mark.parametrize(
    "change",
    [
        lambda sent: replace(sent, method="PUT"),
        lambda sent: replace(sent, path="/live/order"),
        lambda sent: replace(sent, query=f"{sent.query}&admin=1"),
        lambda sent: replace(sent, body=b"another"),
        lambda sent: replace(
            sent, headers=[(name, "other:4566" if name == "Host" else value) for name, value in sent.headers]
        ),
    ],
    ids=["method", "path", "query", "body", "host"],
)
def test_what_was_changed_afterwards_does_not(sign: Sign, change: Callable[[SentRequest], SentRequest]) -> None:
    sent = change(sign(REQUEST))
    with pytest.raises(SignatureRefusedError, match=r"^The request signature we calculated does not match"):
        require_match(sent, signature_of(sent), SECRET)


def test_another_secret_does_not_match_and_is_not_told() -> None:
    sent = in_header(REQUEST)
    with pytest.raises(SignatureRefusedError, match=r"String-to-Sign should have been") as refusal:
        require_match(sent, signature_of(sent), "another")
    assert "another" not in str(refusal.value)


def test_headers_that_were_not_signed_may_change_on_the_way() -> None:
    sent = in_header(REQUEST)
    sent = replace(sent, headers=[*sent.headers, ("User-Agent", "a browser"), ("X-Forwarded-For", "127.0.0.1")])
    require_match(sent, signature_of(sent), SECRET)


def test_a_header_that_was_signed_twice_holds_in_its_order() -> None:
    sent = in_header(replace(REQUEST, headers=(("Host", HOST), ("X-Tag", "one,two"))))
    others = [(name, value) for name, value in sent.headers if name != "X-Tag"]
    twice = replace(sent, headers=[*others, ("X-Tag", "one"), ("x-tag", "two")])
    require_match(twice, signature_of(twice), SECRET)


def test_a_body_that_is_not_what_its_header_says_is_refused() -> None:
    sent = in_header(replace(REQUEST, headers=(("Host", HOST), ("X-Amz-Content-SHA256", "0" * 64))))
    with pytest.raises(SignatureRefusedError, match="x-amz-content-sha256"):
        require_match(sent, signature_of(sent), SECRET)


def signature(**changed: Any) -> Signature:
    scope = ("20261129", "eu-west-1", "execute-api", "aws4_request")
    made = Signature("AKID", scope, frozenset({"host"}), "abc", NOW, timedelta(minutes=5), "")
    return replace(made, **changed)


@pytest.mark.parametrize("region", ["eu-west-1", None])
def test_a_signature_for_this_service_and_region_is_in_scope(region: str | None) -> None:
    require_scope(signature(), region)


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        (("20261129", "us-east-1", "execute-api", "aws4_request"), "valid region, not 'us-east-1'"),
        (("20261129", "eu-west-1", "s3", "aws4_request"), "correct service: 'execute-api'"),
        (("20261129", "eu-west-1", "execute-api", "aws4"), "valid terminator: 'aws4_request', not 'aws4'"),
        (("20261128", "eu-west-1", "execute-api", "aws4_request"), "'20261128' != '20261129'"),
    ],
)
def test_one_for_something_else_is_not(scope: tuple[str, str, str, str], message: str) -> None:
    with pytest.raises(SignatureRefusedError, match=message):
        require_scope(signature(scope=scope), "eu-west-1")


def test_the_host_must_be_signed() -> None:
    with pytest.raises(SignatureRefusedError, match="'Host'"):
        require_scope(signature(signed_headers=frozenset({"x-amz-date"})), "eu-west-1")


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_a_clock_may_be_off_by_five_minutes(minutes: int) -> None:
    require_fresh(signature(), NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("seconds", "message"),
    [
        (301, "^Signature expired: 20261129T120000Z is now earlier than 20261129T120001Z .20261129T120501Z - 5 min..$"),
        (-301, "^Signature not yet current: 20261129T120000Z is still later than 20261129T115959Z "),
    ],
)
def test_but_not_by_more(seconds: int, message: str) -> None:
    with pytest.raises(SignatureRefusedError, match=message):
        require_fresh(signature(), NOW + timedelta(seconds=seconds))


def test_a_url_is_good_for_as_long_as_it_says() -> None:
    for_an_hour = signature(holds=timedelta(hours=1))
    require_fresh(for_an_hour, NOW + timedelta(hours=1))
    with pytest.raises(SignatureRefusedError, match="- 60 min"):
        require_fresh(for_an_hour, NOW + timedelta(hours=1, seconds=1))

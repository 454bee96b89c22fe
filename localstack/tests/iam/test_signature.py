"""What a request says of its signature is read as AWS reads it."""

from datetime import UTC, datetime, timedelta

import pytest
from local_cloud.plugins.iam.signature import (
    IncompleteSignatureError,
    MissingSignatureError,
    SentRequest,
    signature_of,
)

CREDENTIAL = "AKID/20261129/eu-west-1/execute-api/aws4_request"
AUTHORIZATION = f"AWS4-HMAC-SHA256 Credential={CREDENTIAL}, SignedHeaders=Host;X-Amz-Date, Signature=abc"
AT = datetime(2026, 11, 29, 7, 15, tzinfo=UTC)
QUERY = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": CREDENTIAL.replace("/", "%2F"),
    "X-Amz-Date": "20261129T071500Z",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "abc",
}


def request(query: str = "", **headers: str) -> SentRequest:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return SentRequest.to(f"/live/me?{query}", "GET", named)


def by_query(**changed: str) -> SentRequest:
    return request("&".join(f"{name}={value}" for name, value in {**QUERY, **changed}.items() if value))


@pytest.mark.parametrize("authorization", [AUTHORIZATION, AUTHORIZATION.replace(", ", ",")])
@pytest.mark.parametrize(
    "date", [{"X_Amz_Date": "20261129T071500Z"}, {"DATE": "Sun, 29 Nov 2026 07:15:00 GMT"}], ids=["basic", "http"]
)
def test_it_is_read_from_the_headers(authorization: str, date: dict[str, str]) -> None:
    signature = signature_of(request(authorization=authorization, X_Amz_Security_Token="session", **date))
    assert signature.access_key_id == "AKID"
    assert signature.scope == ("20261129", "eu-west-1", "execute-api", "aws4_request")
    assert signature.signed_headers == {"host", "x-amz-date"}
    assert (signature.value, signature.session_token) == ("abc", "session")
    assert (signature.signed_at, signature.timestamp, signature.holds) == (AT, "20261129T071500Z", timedelta(minutes=5))


def test_it_is_read_from_the_query() -> None:
    signature = signature_of(by_query(**{"X-Amz-Expires": "60", "X-Amz-Security-Token": "a%2Fb%3D"}))
    assert (signature.access_key_id, signature.value, signature.session_token) == ("AKID", "abc", "a/b=")
    assert (signature.signed_at, signature.holds) == (AT, timedelta(minutes=1))


def test_a_url_that_does_not_say_how_long_it_holds_does_so_for_five_minutes() -> None:
    assert signature_of(by_query()).holds == timedelta(minutes=5)


@pytest.mark.parametrize("headers", [{}, {"Authorization": ""}, {"X_Amz_Date": "20261129T071500Z"}])
def test_without_one_the_authentication_token_is_missing(headers: dict[str, str]) -> None:
    with pytest.raises(MissingSignatureError, match=r"^Missing Authentication Token$"):
        signature_of(request("token=x", **headers))


@pytest.mark.parametrize(
    ("authorization", "message"),
    [
        ("Bearer abc.def", "^Invalid key=value pair .missing equal-sign. in Authorization header"),
        ("Basic Z3Vlc3Q6eA==", "requires 'Credential' parameter. .* requires 'SignedHeaders' parameter"),
        (f"AWS4-HMAC-SHA256 Credential={CREDENTIAL}, SignedHeaders=host", "requires 'Signature' parameter"),
        (AUTHORIZATION.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA"), "Unsupported AWS 'algorithm': 'AWS4-ECDSA'"),
        (AUTHORIZATION.replace("/execute-api", ""), "exactly 5 slash-delimited elements"),
    ],
)
def test_what_is_no_signature_is_said_to_be_incomplete(authorization: str, message: str) -> None:
    with pytest.raises(IncompleteSignatureError, match=message):
        signature_of(request(Authorization=authorization, X_Amz_Date="20261129T071500Z"))


@pytest.mark.parametrize(
    ("date", "message"), [({}, "either a 'X-Amz-Date' or a 'Date'"), ({"Date": "today"}, "Got 'today'")]
)
def test_one_without_a_date_is_incomplete(date: dict[str, str], message: str) -> None:
    with pytest.raises(IncompleteSignatureError, match=message):
        signature_of(request(Authorization=AUTHORIZATION, **date))


@pytest.mark.parametrize(("name", "value"), [*((name, "") for name in QUERY if name != "X-Amz-Algorithm")])
def test_a_query_that_lacks_a_part_is_incomplete(name: str, value: str) -> None:
    with pytest.raises(IncompleteSignatureError, match=f"must include '{name}'"):
        signature_of(by_query(**{name: value}))


@pytest.mark.parametrize("seconds", ["0", "-1", "604801", "soon", "9" * 5000, "\N{ARABIC-INDIC DIGIT FIVE}"])
def test_a_url_holds_for_a_second_to_a_week(seconds: str) -> None:
    with pytest.raises(IncompleteSignatureError, match="X-Amz-Expires"):
        signature_of(by_query(**{"X-Amz-Expires": seconds}))

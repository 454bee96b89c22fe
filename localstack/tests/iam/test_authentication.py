"""Which refusal a caller gets, by the key that signed; IAM and STS are replaced by one key."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from local_cloud.plugins.iam import authentication
from local_cloud.plugins.iam.access_keys import AccessKey, Caller
from local_cloud.plugins.iam.authentication import ExpiredTokenError, UnrecognizedClientError, authenticated
from local_cloud.plugins.iam.signature import SentRequest, SignatureRefusedError

ANN = Caller("LSIA", "000000000000", "AROA:ann", "arn:aws:sts::000000000000:assumed-role/till/ann")
NOW = datetime.now(UTC)
SESSION = AccessKey("secret", ANN, "token", NOW + timedelta(hours=1))


def request(token: str | None = "token", secret: str = "secret") -> SentRequest:  # noqa: S107
    aws = AWSRequest("GET", "http://localhost:4566/live/me", {"Host": "localhost:4566"})
    SigV4Auth(Credentials("LSIA", secret, token), "execute-api", "eu-west-1").add_auth(aws)
    return SentRequest.to("/live/me", "GET", aws.headers.items())


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, AccessKey]:
    keys = {"LSIA": SESSION}
    monkeypatch.setattr(authentication, "access_key", keys.get)
    return keys


@pytest.mark.usefixtures("keys")
def test_a_session_is_known_by_key_secret_and_token() -> None:
    assert authenticated(request(), "eu-west-1") is ANN


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("token", [None, "another"])
def test_without_its_token_it_is_unrecognized(token: str | None) -> None:
    with pytest.raises(UnrecognizedClientError):
        authenticated(request(token), "eu-west-1")


@pytest.mark.usefixtures("keys")
def test_a_wrong_secret_or_region_is_refused() -> None:
    for sent, region in ((request(secret="guessed"), "eu-west-1"), (request(), "us-east-1")):
        with pytest.raises(SignatureRefusedError) as refusal:
            authenticated(sent, region)
        assert refusal.value.code == "InvalidSignatureException"


def test_an_unknown_key_is_unrecognized(keys: dict[str, AccessKey]) -> None:
    keys.clear()
    with pytest.raises(UnrecognizedClientError):
        authenticated(request(), "eu-west-1")


def test_a_session_that_is_over_is_expired(keys: dict[str, AccessKey]) -> None:
    keys["LSIA"] = AccessKey("secret", ANN, "token", NOW - timedelta(seconds=1))
    with pytest.raises(ExpiredTokenError, match="expired"):
        authenticated(request(), "eu-west-1")


def test_identity_names_the_caller_as_api_gateway_does() -> None:
    assert ANN.identity() == {
        "accessKey": "LSIA",
        "accountId": "000000000000",
        "caller": "AROA:ann",
        "user": "AROA:ann",
        "userArn": "arn:aws:sts::000000000000:assumed-role/till/ann",
    }

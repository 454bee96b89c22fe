"""A COGNITO_USER_POOLS authorizer on a running LocalStack: who gets in, and what the integration learns."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from tests.apigateway.authorizers.conftest import Cloud, RestApi, UserPool

UNAUTHORIZED = (401, {"message": "Unauthorized"})
SCOPE_OF_SIGN_IN = "aws.cognito.signin.user.admin"


@pytest.fixture(scope="module")
def pool(make_pool: Callable[..., UserPool]) -> UserPool:
    pool = make_pool()
    pool.add("alice", groups=("admin", "staff"))
    return pool


@pytest.fixture(scope="module")
def tokens(pool: UserPool) -> Mapping[str, str]:
    return pool.sign_in("alice")


@pytest.fixture(scope="module")
def api(pool: UserPool, make_api: Callable[[], RestApi]) -> RestApi:
    api = make_api()
    usual = api.add_user_pool_authorizer(pool.arn)
    other_header = api.add_user_pool_authorizer(pool.arn, header="X-Identity")
    own_client = api.add_user_pool_authorizer(pool.arn, identityValidationExpression=pool.client_id)
    other_client = api.add_user_pool_authorizer(pool.arn, identityValidationExpression="another-client")
    users: dict[str, Any] = {"authorizationType": "COGNITO_USER_POOLS", "authorizerId": usual}
    api.add_route("open")
    api.add_route("me", **users)
    api.add_route("scoped", **users, authorizationScopes=["orders/write", SCOPE_OF_SIGN_IN])
    api.add_route("beyond", **users, authorizationScopes=["orders/write"])
    api.add_route("other-header", **(users | {"authorizerId": other_header}))
    api.add_route("own-client", **(users | {"authorizerId": own_client}))
    api.add_route("other-client", **(users | {"authorizerId": other_client}))
    api.deploy()
    return api


def outcome(response: httpx.Response) -> tuple[int, Any]:
    return response.status_code, response.json()


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def decoded(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_a_method_without_an_authorizer_stays_open(api: RestApi) -> None:
    assert api.get("/open").status_code == 200


def test_a_call_without_a_token_is_unauthorized(api: RestApi) -> None:
    response = api.get("/me")
    assert outcome(response) == UNAUTHORIZED
    assert response.headers["x-amzn-errortype"] == "UnauthorizedException"


@pytest.mark.parametrize("token", ["", "Bearer", "rubbish", "a.b.c", "Basic dTpw"])
def test_a_call_with_what_is_no_token_is_unauthorized(api: RestApi, token: str) -> None:
    assert outcome(api.get("/me", token)) == UNAUTHORIZED


@pytest.mark.parametrize("prefix", ["", "Bearer ", "bearer ", "BEARER "])
def test_an_id_token_opens_a_method_bare_or_as_bearer(api: RestApi, tokens: Mapping[str, str], prefix: str) -> None:
    assert api.get("/me", prefix + tokens["IdToken"]).status_code == 200


def test_the_integration_learns_the_claims_as_text(api: RestApi, tokens: Mapping[str, str]) -> None:
    claims = decoded(tokens["IdToken"].split(".")[1])
    assert api.get("/me", tokens["IdToken"]).json() == {
        "sub": claims["sub"],
        "use": "id",
        "groups": "admin,staff",
        "exp": datetime.fromtimestamp(claims["exp"], UTC).strftime("%a %b %d %H:%M:%S UTC %Y"),
    }


def test_an_access_token_does_not_open_a_method_without_scopes(api: RestApi, tokens: Mapping[str, str]) -> None:
    assert outcome(api.get("/me", tokens["AccessToken"])) == UNAUTHORIZED


def test_an_access_token_opens_a_method_with_one_of_its_scopes(api: RestApi, tokens: Mapping[str, str]) -> None:
    response = api.get("/scoped", tokens["AccessToken"])
    assert (response.status_code, response.json()["use"]) == (200, "access")


def test_an_access_token_does_not_open_a_method_with_other_scopes(api: RestApi, tokens: Mapping[str, str]) -> None:
    assert outcome(api.get("/beyond", tokens["AccessToken"])) == UNAUTHORIZED


@pytest.mark.parametrize("path", ["/scoped", "/beyond"])
def test_an_id_token_does_not_open_a_method_with_scopes(api: RestApi, tokens: Mapping[str, str], path: str) -> None:
    assert outcome(api.get(path, tokens["IdToken"])) == UNAUTHORIZED


def test_the_token_is_sought_in_the_authorizers_header_only(api: RestApi, tokens: Mapping[str, str]) -> None:
    assert outcome(api.get("/other-header", tokens["IdToken"])) == UNAUTHORIZED
    assert api.get("/other-header", tokens["IdToken"], header="x-identity").status_code == 200


def test_the_audience_must_match_the_authorizers_expression(api: RestApi, tokens: Mapping[str, str]) -> None:
    assert api.get("/own-client", tokens["IdToken"]).status_code == 200
    assert outcome(api.get("/other-client", tokens["IdToken"])) == UNAUTHORIZED


def test_a_token_of_another_pool_is_unauthorized(api: RestApi, make_pool: Callable[..., UserPool]) -> None:
    elsewhere = make_pool()
    elsewhere.add("alice")
    assert outcome(api.get("/me", elsewhere.sign_in("alice")["IdToken"])) == UNAUTHORIZED


def test_an_authorizer_of_several_pools_takes_the_people_of_each(
    pool: UserPool,
    tokens: Mapping[str, str],
    make_pool: Callable[..., UserPool],
    make_api: Callable[[], RestApi],
) -> None:
    other, api = make_pool(), make_api()
    other.add("customer")
    both = api.add_user_pool_authorizer(pool.arn, other.arn)
    api.add_route("me", authorizationType="COGNITO_USER_POOLS", authorizerId=both)
    api.deploy()
    of_both = (tokens["IdToken"], other.sign_in("customer")["IdToken"])
    assert [api.get("/me", token).status_code for token in of_both] == [200, 200]


def test_a_stage_variable_may_name_the_pool(
    pool: UserPool, tokens: Mapping[str, str], make_api: Callable[[], RestApi]
) -> None:
    api = make_api()
    named = api.add_user_pool_authorizer(pool.arn.replace(pool.id, "${stageVariables.pool}"))
    api.add_route("me", authorizationType="COGNITO_USER_POOLS", authorizerId=named)
    api.deploy(pool=pool.id)
    assert api.get("/me", tokens["IdToken"]).status_code == 200
    api.deploy(pool="eu-west-1_another")
    assert outcome(api.get("/me", tokens["IdToken"])) == UNAUTHORIZED


def test_a_method_whose_authorizer_is_gone_is_closed(
    pool: UserPool, tokens: Mapping[str, str], make_api: Callable[[], RestApi]
) -> None:
    api = make_api()
    authorizer = api.add_user_pool_authorizer(pool.arn)
    api.add_route("me", authorizationType="COGNITO_USER_POOLS", authorizerId=authorizer)
    api.gateway.delete_authorizer(restApiId=api.id, authorizerId=authorizer)
    api.deploy()
    response = api.get("/me", tokens["IdToken"])
    assert response.status_code == 500
    assert response.headers["x-amzn-errortype"] == "AuthorizerConfigurationException"


def test_an_expired_token_is_unauthorized_and_the_message_says_so(
    make_pool: Callable[..., UserPool], make_api: Callable[[], RestApi]
) -> None:
    short_lived, api = make_pool(IdTokenValidity=1, TokenValidityUnits={"IdToken": "seconds"}), make_api()
    short_lived.add("alice")
    authorizer = api.add_user_pool_authorizer(short_lived.arn)
    api.add_route("me", authorizationType="COGNITO_USER_POOLS", authorizerId=authorizer)
    api.deploy()
    token = short_lived.sign_in("alice")["IdToken"]
    opens = retry_if_result(lambda response: response.status_code == 200)
    until_closed = retry(retry=opens, stop=stop_after_delay(60), wait=wait_fixed(0.1))
    assert outcome(until_closed(api.get)("/me", token)) == (401, {"message": "The incoming token has expired"})


class TestForgery:
    """Tokens that an attacker can make out of a real one and the public keys."""

    def test_changed_claims_are_unauthorized(self, api: RestApi, tokens: Mapping[str, str]) -> None:
        header, payload, signature = tokens["IdToken"].split(".")
        changed = encoded(decoded(payload) | {"cognito:groups": ["owner"]})
        assert outcome(api.get("/me", f"{header}.{changed}.{signature}")) == UNAUTHORIZED

    def test_an_unsigned_token_is_unauthorized(self, api: RestApi, tokens: Mapping[str, str]) -> None:
        header, payload, _ = tokens["IdToken"].split(".")
        unsigned = encoded(decoded(header) | {"alg": "none"})
        assert outcome(api.get("/me", f"{unsigned}.{payload}.")) == UNAUTHORIZED

    @pytest.mark.parametrize("kid", [None, "unknown"])
    def test_a_token_signed_by_a_stranger_is_unauthorized(
        self, api: RestApi, tokens: Mapping[str, str], kid: str | None
    ) -> None:
        header, payload = map(decoded, tokens["IdToken"].split(".")[:2])
        forged = jwt.encode(header | ({"kid": kid} if kid else {}), payload, RSAKey.generate_key(2048))
        assert outcome(api.get("/me", forged)) == UNAUTHORIZED

    def test_a_token_signed_with_the_public_key_as_a_secret_is_unauthorized(
        self, cloud: Cloud, pool: UserPool, api: RestApi, tokens: Mapping[str, str]
    ) -> None:
        published = httpx.get(f"{cloud.endpoint_url}/{pool.id}/.well-known/jwks.json", timeout=60).json()["keys"][0]
        header, payload, _ = tokens["IdToken"].split(".")
        signed_part = f"{encoded(decoded(header) | {'alg': 'HS256'})}.{payload}"
        secret = RSAKey.import_key(published).as_pem(private=False)
        mac = hmac.digest(secret, signed_part.encode(), "sha256")
        forged = f"{signed_part}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
        assert outcome(api.get("/me", forged)) == UNAUTHORIZED

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

import pytest
from local_cloud.plugins.cognito_idp import srp
from local_cloud.plugins.cognito_idp.auth_parameters import secret_hash

PASSWORD = "Secret-123"
ALL_FLOWS = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]


@pytest.fixture
def pool(make_pool: Callable[..., Any], cognito: Any) -> Any:
    """A pool with the user `ana`, who has a password, and `bob`, who has none."""
    pool = make_pool(client={"ExplicitAuthFlows": ALL_FLOWS})
    cognito.admin_create_user(UserPoolId=pool.id, Username="ana")
    cognito.admin_set_user_password(UserPoolId=pool.id, Username="ana", Password=PASSWORD, Permanent=True)
    pool.sign_up("bob")
    cognito.admin_confirm_sign_up(UserPoolId=pool.id, Username="bob")
    return pool


def srp_answer(challenge: dict[str, str], pool_id: str, password: str) -> dict[str, str]:
    """What a client that sent SRP_A=2 (its private value is 1) answers to the challenge."""
    pool_name, username = pool_id.partition("_")[2], challenge["USER_ID_FOR_SRP"]
    salt, server_public = int(challenge["SALT"], 16), int(challenge["SRP_B"], 16)
    identity = hashlib.sha256(f"{pool_name}{username}:{password}".encode()).digest()
    secret = srp._hash(srp._bytes(salt) + identity)
    scramble = srp._hash(srp._bytes(2) + srp._bytes(server_public))
    multiplier = srp._hash(srp._bytes(srp._PRIME) + srp._bytes(2))
    base = server_public - multiplier * pow(2, secret, srp._PRIME)
    key = srp._derived_key(pow(base, 1 + scramble * secret, srp._PRIME), scramble)
    block, now = challenge["SECRET_BLOCK"], "Mon Nov 23 12:00:00 UTC 2026"
    message = f"{pool_name}{username}".encode() + base64.b64decode(block) + now.encode()
    return {
        "USERNAME": challenge["USERNAME"],
        "TIMESTAMP": now,
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.digest(key, message, "sha256")).decode(),
    }


def prove_by_srp(pool: Any, username: str, password: str) -> dict[str, Any]:
    challenge = pool.initiate("USER_SRP_AUTH", USERNAME=username, SRP_A="2")
    assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
    answered: dict[str, Any] = pool.cognito.respond_to_auth_challenge(
        ClientId=pool.client_id,
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=srp_answer(challenge["ChallengeParameters"], pool.id, password),
    )
    return answered


def test_the_right_password_signs_in(pool: Any, cognito: Any) -> None:
    tokens = pool.initiate("USER_PASSWORD_AUTH", USERNAME="ana", PASSWORD=PASSWORD)["AuthenticationResult"]
    assert cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == "ana"


def test_a_password_proved_without_being_said_signs_in(pool: Any, cognito: Any) -> None:
    tokens = prove_by_srp(pool, "ana", PASSWORD)["AuthenticationResult"]
    assert cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == "ana"


def test_an_administrator_s_server_signs_in_with_a_password_and_nobody_else_by_that_flow(
    pool: Any, cognito: Any
) -> None:
    parameters = {"USERNAME": "ana", "PASSWORD": PASSWORD}
    answer = cognito.admin_initiate_auth(
        UserPoolId=pool.id,
        ClientId=pool.client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters=parameters,
    )
    assert "AccessToken" in answer["AuthenticationResult"]
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="Initiate Auth method not supported"):
        pool.initiate("ADMIN_USER_PASSWORD_AUTH", **parameters)


@pytest.mark.parametrize(("username", "password"), [("ana", "Secret-124"), ("bob", PASSWORD), ("bob", "None")])
def test_a_wrong_password_is_refused_however_it_is_given(pool: Any, cognito: Any, username: str, password: str) -> None:
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Incorrect username or password\.$"):
        pool.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=password)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Incorrect username or password\.$"):
        prove_by_srp(pool, username, password)


def test_a_user_without_a_password_is_not_let_in_without_one(pool: Any, cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="Missing required parameter PASSWORD"):
        pool.initiate("USER_PASSWORD_AUTH", USERNAME="bob")


def test_a_proof_is_good_once(pool: Any, cognito: Any) -> None:
    challenge = pool.initiate("USER_SRP_AUTH", USERNAME="ana", SRP_A="2")["ChallengeParameters"]
    proof = {
        "ClientId": pool.client_id,
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": srp_answer(challenge, pool.id, PASSWORD),
    }
    assert "AuthenticationResult" in cognito.respond_to_auth_challenge(**proof)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Invalid session for the user"):
        cognito.respond_to_auth_challenge(**proof)


def test_a_proof_that_is_no_base64_is_a_wrong_one(pool: Any, cognito: Any) -> None:
    challenge = pool.initiate("USER_SRP_AUTH", USERNAME="ana", SRP_A="2")["ChallengeParameters"]
    responses = {**srp_answer(challenge, pool.id, PASSWORD), "PASSWORD_CLAIM_SIGNATURE": "?"}
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Incorrect username or password"):
        cognito.respond_to_auth_challenge(
            ClientId=pool.client_id, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=responses
        )


@pytest.mark.parametrize("srp_a", ["0", "not a number"])
def test_a_senseless_srp_value_is_refused(pool: Any, cognito: Any, srp_a: str) -> None:
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="SRP_A"):
        pool.initiate("USER_SRP_AUTH", USERNAME="ana", SRP_A=srp_a)


def test_a_stranger_cannot_be_told_from_a_user_where_the_client_must_not_know(
    make_pool: Callable[..., Any], cognito: Any
) -> None:
    pool = make_pool(client={"ExplicitAuthFlows": ALL_FLOWS, "PreventUserExistenceErrors": "ENABLED"})
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Incorrect username or password\.$"):
        pool.initiate("USER_PASSWORD_AUTH", USERNAME="nobody", PASSWORD=PASSWORD)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Incorrect username or password\.$"):
        prove_by_srp(pool, "nobody", PASSWORD)


def test_a_stranger_is_told_so_where_the_client_may_know(pool: Any, cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.UserNotFoundException):
        pool.initiate("USER_PASSWORD_AUTH", USERNAME="nobody", PASSWORD=PASSWORD)
    with pytest.raises(cognito.exceptions.UserNotFoundException):
        pool.initiate("USER_SRP_AUTH", USERNAME="nobody", SRP_A="2")


def test_a_disabled_user_is_told_only_when_the_password_is_right(pool: Any, cognito: Any) -> None:
    cognito.admin_disable_user(UserPoolId=pool.id, Username="ana")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": User is disabled\.$"):
        pool.initiate("USER_PASSWORD_AUTH", USERNAME="ana", PASSWORD=PASSWORD)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Incorrect username or password"):
        pool.initiate("USER_PASSWORD_AUTH", USERNAME="ana", PASSWORD="Secret-124")


@pytest.mark.parametrize("prove", [prove_by_srp, None])
def test_a_temporary_password_leads_to_a_new_one(pool: Any, cognito: Any, prove: Any) -> None:
    cognito.admin_set_user_password(UserPoolId=pool.id, Username="ana", Password="Temporary-1", Permanent=False)
    if prove:
        challenge = prove(pool, "ana", "Temporary-1")
    else:
        challenge = pool.initiate("USER_PASSWORD_AUTH", USERNAME="ana", PASSWORD="Temporary-1")
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answered = cognito.respond_to_auth_challenge(
        ClientId=pool.client_id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": "ana", "NEW_PASSWORD": PASSWORD},
    )
    assert "AccessToken" in answered["AuthenticationResult"]
    assert "AccessToken" in prove_by_srp(pool, "ana", PASSWORD)["AuthenticationResult"]


def test_nobody_changes_another_s_password_with_their_own_session(pool: Any, cognito: Any) -> None:
    cognito.admin_create_user(UserPoolId=pool.id, Username="mallory", TemporaryPassword="Temporary-1")
    challenge = pool.initiate("USER_PASSWORD_AUTH", USERNAME="mallory", PASSWORD="Temporary-1")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid session for the user\.$"):
        cognito.respond_to_auth_challenge(
            ClientId=pool.client_id,
            ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": "ana", "NEW_PASSWORD": "Mallory-1"},
        )
    assert "AccessToken" in prove_by_srp(pool, "ana", PASSWORD)["AuthenticationResult"]


def test_a_client_s_secret_must_be_proved(make_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_pool(client={"ExplicitAuthFlows": ALL_FLOWS, "GenerateSecret": True})
    described = cognito.describe_user_pool_client(UserPoolId=pool.id, ClientId=pool.client_id)
    proof = secret_hash(pool.client_id, described["UserPoolClient"]["ClientSecret"], "ana")
    cognito.admin_create_user(UserPoolId=pool.id, Username="ana")
    cognito.admin_set_user_password(UserPoolId=pool.id, Username="ana", Password=PASSWORD, Permanent=True)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="SECRET_HASH was not received"):
        pool.initiate("USER_PASSWORD_AUTH", USERNAME="ana", PASSWORD=PASSWORD)
    tokens = pool.initiate("USER_PASSWORD_AUTH", USERNAME="ana", PASSWORD=PASSWORD, SECRET_HASH=proof)
    refresh_token = tokens["AuthenticationResult"]["RefreshToken"]
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="SECRET_HASH was not received"):
        pool.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=refresh_token)
    assert pool.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=refresh_token, SECRET_HASH=proof)

from typing import Any

import httpx
import pytest


def test_discovery_leads_from_the_issuer_to_the_keys(code_pool: Any, cloud: Any) -> None:
    issuer = f"{cloud.endpoint_url}/{code_pool.id}"
    document = httpx.get(f"{issuer}/.well-known/openid-configuration", timeout=60).json()
    assert document["issuer"] == issuer
    assert document["id_token_signing_alg_values_supported"] == ["RS256"]
    [key] = httpx.get(document["jwks_uri"], timeout=60).json()["keys"]
    assert (key["kty"], key["alg"], key["use"]) == ("RSA", "RS256", "sig")
    assert key["kid"]


def test_the_private_key_stays_private_and_is_not_the_one_that_moto_publishes(code_pool: Any, cloud: Any) -> None:
    [key] = httpx.get(f"{cloud.endpoint_url}/{code_pool.id}/.well-known/jwks.json", timeout=60).json()["keys"]
    assert set(key) == {"kty", "alg", "use", "kid", "n", "e"}
    assert key["kid"] != "dummy"


@pytest.mark.parametrize("name", ["jwks.json", "openid-configuration"])
def test_any_page_may_read_the_documents(code_pool: Any, cloud: Any, name: str) -> None:
    address = f"{cloud.endpoint_url}/{code_pool.id}/.well-known/{name}"
    answer = httpx.get(address, headers={"Origin": "https://anywhere.example"}, timeout=60)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("name", ["jwks.json", "openid-configuration"])
def test_a_pool_that_is_not_there_has_none(cloud: Any, name: str) -> None:
    answer = httpx.get(f"{cloud.endpoint_url}/eu-central-1_nowhere00/.well-known/{name}", timeout=60)
    assert answer.status_code == 404
    assert answer.json() == {"message": "User pool eu-central-1_nowhere00 does not exist."}


def test_buckets_are_served_as_before(cloud: Any, client_for: Any) -> None:
    s3 = client_for("s3", region="us-east-1")
    s3.create_bucket(Bucket="cognito-tests")
    s3.put_object(Bucket="cognito-tests", Key=".well-known/jwks.json", Body=b"mine", ACL="public-read")
    try:
        assert httpx.get(f"{cloud.endpoint_url}/cognito-tests/.well-known/jwks.json", timeout=60).text == "mine"
    finally:
        s3.delete_object(Bucket="cognito-tests", Key=".well-known/jwks.json")
        s3.delete_bucket(Bucket="cognito-tests")

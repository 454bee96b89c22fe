"""A method of authorizationType AWS_IAM on a running LocalStack: who signed gets in, and the function learns of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

if TYPE_CHECKING:
    from tests.apigateway.authorizers.conftest import RestApi

_ECHO = """
import json

def handler(event, context):
    seen = {"identity": event["requestContext"]["identity"], "headers": [name.lower() for name in event["headers"]]}
    return {"statusCode": 200, "body": json.dumps(seen)}
"""
_REGION, _ACCOUNT = "eu-west-1", "000000000000"
TEST = Credentials("test", "test")


@pytest.fixture(scope="module")
def echo(make_function: Callable[[str], str]) -> Mapping[str, str]:
    arn = make_function(_ECHO)
    uri = f"arn:aws:apigateway:{_REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return {"type": "AWS_PROXY", "integrationHttpMethod": "POST", "uri": uri}


@pytest.fixture(scope="module")
def api(make_api: Callable[[], RestApi], echo: Mapping[str, str]) -> RestApi:
    api = make_api()
    api.add_route("signed", echo, authorizationType="AWS_IAM")
    api.add_route("sent", echo, method="POST", authorizationType="AWS_IAM")
    api.respond_with("DEFAULT_4XX", responseParameters={"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"})
    api.deploy()
    return api


@pytest.fixture(scope="module")
def user(client: Callable[[str], Any]) -> Iterator[Any]:
    """Give a user of IAM's."""
    iam, name = client("iam"), f"signer-{uuid4()}"
    yield iam.create_user(UserName=name)["User"]
    for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName=name)


@pytest.fixture
def user_key(client: Callable[[str], Any], user: Any) -> Iterator[Any]:
    iam = client("iam")
    key = iam.create_access_key(UserName=user["UserName"])["AccessKey"]
    yield key
    iam.delete_access_key(UserName=user["UserName"], AccessKeyId=key["AccessKeyId"])


def signed_headers(
    url: str, credentials: Credentials, *, body: bytes = b"", service: str = "execute-api", region: str = _REGION
) -> dict[str, str]:
    request = AWSRequest("POST" if body else "GET", url, data=body)
    SigV4Auth(credentials, service, region).add_auth(request)
    return dict(request.headers.items())


def get_signed(
    api: RestApi, credentials: Credentials, query: str = "", service: str = "execute-api", region: str = _REGION
) -> httpx.Response:
    url = f"{api.url}/signed{query}"
    return httpx.get(url, headers=signed_headers(url, credentials, service=service, region=region), timeout=60)


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    return response.status_code, response.headers["x-amzn-ErrorType"], response.json()["message"]


def test_who_did_not_sign_is_told_so_with_the_apis_headers(api: RestApi) -> None:
    response = api.get("/signed")
    assert refusal(response) == (403, "MissingAuthenticationTokenException", "Missing Authentication Token")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_bearer_token_is_no_signature(api: RestApi) -> None:
    status, error, message = refusal(api.get("/signed", "Bearer abc"))
    assert (status, error) == (403, "IncompleteSignatureException")
    assert message.startswith("Invalid key=value pair (missing equal-sign) in Authorization header")


@pytest.mark.parametrize(("key_id", "account"), [("test", _ACCOUNT), ("123456789012", "123456789012")])
def test_a_conventional_key_is_its_accounts_root(api: RestApi, key_id: str, account: str) -> None:
    response = get_signed(api, Credentials(key_id, "test"), "?size=l&size=s&name=caf%C3%A9")
    assert response.status_code == 200, response.text
    identity = response.json()["identity"]
    assert (identity["accessKey"], identity["accountId"], identity["caller"]) == (key_id, account, account)
    assert (identity["user"], identity["userArn"]) == (account, f"arn:aws:iam::{account}:root")
    assert identity["sourceIp"] == "127.0.0.1"


def test_the_integration_does_not_see_the_signature(api: RestApi) -> None:
    headers = get_signed(api, TEST).json()["headers"]
    assert "authorization" not in headers
    assert "x-amz-date" in headers


def test_a_users_key_makes_it_the_caller(api: RestApi, user: Any, user_key: Any) -> None:
    response = get_signed(api, Credentials(user_key["AccessKeyId"], user_key["SecretAccessKey"]))
    identity = response.json()["identity"]
    assert (identity["caller"], identity["user"]) == (user["UserId"], user["UserId"])
    assert (identity["accountId"], identity["userArn"]) == (_ACCOUNT, user["Arn"])


def test_a_key_that_was_switched_off_opens_nothing(
    api: RestApi, client: Callable[[str], Any], user: Any, user_key: Any
) -> None:
    key = {"UserName": user["UserName"], "AccessKeyId": user_key["AccessKeyId"]}
    client("iam").update_access_key(**key, Status="Inactive")
    status, error, _ = refusal(get_signed(api, Credentials(user_key["AccessKeyId"], user_key["SecretAccessKey"])))
    assert (status, error) == (403, "UnrecognizedClientException")


@pytest.fixture(scope="module")
def session(client: Callable[[str], Any]) -> Any:
    """Give a role's session."""
    return client("sts").assume_role(RoleArn=f"arn:aws:iam::{_ACCOUNT}:role/till", RoleSessionName="ann")


def test_a_roles_session_is_the_caller(api: RestApi, session: Any) -> None:
    keys = session["Credentials"]
    response = get_signed(api, Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]))
    identity = response.json()["identity"]
    assert identity["caller"] == identity["user"] == session["AssumedRoleUser"]["AssumedRoleId"]
    assert identity["userArn"] == session["AssumedRoleUser"]["Arn"]


@pytest.mark.parametrize("token", [None, "another"])
def test_a_session_needs_its_token(api: RestApi, session: Any, token: str | None) -> None:
    keys = session["Credentials"]
    response = get_signed(api, Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], token))
    invalid = "The security token included in the request is invalid."
    assert refusal(response) == (403, "UnrecognizedClientException", invalid)


@pytest.mark.parametrize("key_id", ["AKIA" + 16 * "X", "ASIA" + 16 * "X", "LKIAQAAAAAAAGMKEM7X5", "ann"])
def test_a_key_that_nobody_was_given_is_refused(api: RestApi, key_id: str) -> None:
    status, error, _ = refusal(get_signed(api, Credentials(key_id, "test")))
    assert (status, error) == (403, "UnrecognizedClientException")


def test_a_wrong_secret_is_refused(api: RestApi, user_key: Any) -> None:
    for key_id in ("test", user_key["AccessKeyId"]):
        status, error, message = refusal(get_signed(api, Credentials(key_id, "guessed")))
        assert (status, error) == (403, "InvalidSignatureException")
        assert message.startswith("The request signature we calculated does not match")


def test_a_signature_is_good_for_its_request_only(api: RestApi) -> None:
    headers = signed_headers(f"{api.url}/signed?eventId=ABC", TEST)
    response = httpx.get(f"{api.url}/signed?eventId=XYZ", headers=headers, timeout=60)
    assert refusal(response)[:2] == (403, "InvalidSignatureException")


def test_a_body_is_signed_with_its_request(api: RestApi) -> None:
    url, body = f"{api.url}/sent", '{"drink": "Café"}'.encode()
    headers = signed_headers(url, TEST, body=body) | {"Content-Type": "application/json"}
    assert httpx.post(url, content=body, headers=headers, timeout=60).status_code == 200
    changed = httpx.post(url, content=body + b" ", headers=headers, timeout=60)
    assert refusal(changed)[:2] == (403, "InvalidSignatureException")


@pytest.mark.parametrize("scope", [{"service": "s3"}, {"region": "us-east-1"}])
def test_one_for_another_service_or_region_is_refused(api: RestApi, scope: dict[str, str]) -> None:
    assert refusal(get_signed(api, TEST, **scope))[:2] == (403, "InvalidSignatureException")


def test_one_of_long_ago_is_refused(api: RestApi) -> None:
    headers = signed_headers(f"{api.url}/signed", TEST) | {"X-Amz-Date": "20200101T000000Z"}
    headers["Authorization"] = headers["Authorization"].replace(headers["Authorization"].split("/")[1], "20200101")
    status, error, message = refusal(httpx.get(f"{api.url}/signed", headers=headers, timeout=60))
    assert (status, error) == (403, "InvalidSignatureException")
    assert message.startswith("Signature expired: 20200101T000000Z is now earlier than ")


def presigned(url: str, credentials: Credentials) -> str:
    request = AWSRequest("GET", url)
    SigV4QueryAuth(credentials, "execute-api", _REGION, expires=60).add_auth(request)
    return str(request.url)


def test_a_presigned_url_opens_it_as_well(api: RestApi) -> None:
    url = presigned(f"{api.url}/signed?name=caf%C3%A9", TEST)
    assert httpx.get(url, timeout=60).json()["identity"]["accessKey"] == "test"
    assert refusal(httpx.get(f"{url}&admin=1", timeout=60))[:2] == (403, "InvalidSignatureException")


def test_other_methods_of_the_api_stay_as_they_are(make_api: Callable[[], RestApi], echo: Mapping[str, str]) -> None:
    api = make_api()
    api.add_route("open", echo)
    api.deploy()
    assert api.get("/open").json()["identity"]["userArn"] is None


@pytest.mark.parametrize("version", ["swagger", "openapi"])
@pytest.mark.parametrize("says", ["method", "default", "extension"])
def test_an_import_keeps_what_the_document_says_of_signatures(
    make_api: Callable[[], RestApi], version: str, says: str
) -> None:
    api = make_api()
    api.gateway.put_rest_api(restApiId=api.id, mode="overwrite", body=json.dumps(document(version, says)))
    api.deploy()
    assert refusal(api.get("/signed"))[:2] == (403, "MissingAuthenticationTokenException")
    assert get_signed(api, TEST).status_code == 200
    assert api.gateway.get_authorizers(restApiId=api.id)["items"] == []
    resources = api.gateway.get_resources(restApiId=api.id, embed=["methods"])["items"]
    method = next(resource["resourceMethods"]["GET"] for resource in resources if resource["path"] == "/signed")
    assert (method["authorizationType"], method.get("authorizerId")) == ("AWS_IAM", None)


def document(version: str, says: str) -> dict[str, Any]:
    """An API with one method for signed callers: by its own security, by the API's, or by its own extension."""
    mock = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
    mock["responses"] = {"default": {"statusCode": "200"}}
    operation: dict[str, Any] = {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": mock}
    scheme = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"}
    api: dict[str, Any] = {"info": {"title": "signed", "version": "1"}, "paths": {"/signed": {"get": operation}}}
    api[version] = "2.0" if version == "swagger" else "3.0.1"
    if says == "extension":
        operation["x-amazon-apigateway-auth"] = {"type": "AWS_IAM"}
        return api
    (operation if says == "method" else api)["security"] = [{"sigv4": []}]
    schemes = {"sigv4": scheme}
    return api | (
        {"securityDefinitions": schemes} if version == "swagger" else {"components": {"securitySchemes": schemes}}
    )

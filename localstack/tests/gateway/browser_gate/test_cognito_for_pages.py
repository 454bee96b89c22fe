"""Any page signs its users up and in, and reads what verifies their tokens."""

import pytest

from .conftest import Deployed, Visitor
from .sent_by_pages import COGNITO, ELSEWHERE, FORM, create_user, target


def test_any_page_signs_users_up_and_in(visitor: Visitor, deployed: Deployed) -> None:
    asked = ("Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type,x-amz-target")
    before = visitor.ask("/", ELSEWHERE, *asked, method="OPTIONS")
    assert before.status == 204
    assert before.headers["access-control-allow-origin"] == "http://evil.example"
    body = f'{{"ClientId": "{deployed.client_id}", "Username": "ana@example.com", "Password": "Salad-1!"}}'
    signed_up = visitor.ask("/", ELSEWHERE, COGNITO, target("SignUp"), method="POST", body=body)
    assert signed_up.status == 200, signed_up.body
    assert signed_up.headers["access-control-allow-origin"] == "http://evil.example"
    unknown = visitor.ask("/", ELSEWHERE, COGNITO, target("GetUser"), method="POST", body='{"AccessToken": "x"}')
    assert (unknown.status, unknown.refusal) == (400, "")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", [COGNITO, target("AdminCreateUser")]),
        ("/", [COGNITO, target("CreateUserPool")]),
        ("/", [COGNITO, target("ListUsers")]),
        ("/", [COGNITO, target("SignUp.AdminCreateUser")]),
        (
            "/",
            [COGNITO, target("AdminCreateUser"), target("SignUp")],
        ),
        ("/", [target("SignUp"), "Content-Type: text/plain"]),
        ("/", [target("SignUp"), FORM]),
        ("/", [COGNITO]),
        ("/", [COGNITO, "X-Amz-Target: DynamoDB_20120810.SignUp"]),
        ("/", [COGNITO, "X-Amz-Target: SignUp"]),
        ("/_localstack/health", [COGNITO, target("SignUp")]),
        ("/2015-03-31/functions/x/invocations", [COGNITO, target("SignUp")]),
        ("/?Action=CreateUser&UserName=x&Version=2010-05-08", [COGNITO, "X-Amz-Target: SignUp"]),
        *[
            (
                "/",
                [
                    COGNITO,
                    target("SignUp"),
                    f"Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request, "
                    "SignedHeaders=host, Signature=0",
                ],
            )
            for service in ("iam", "cloudformation", "lambda", "s3")
        ],
        ("/", [COGNITO, target("SignUp"), "Smithy-Protocol: rpc-v2-cbor"]),
    ],
)
def test_nothing_but_users_own_operations_is_taken_for_one(
    visitor: Visitor, user_name: str, path: str, headers: list[str]
) -> None:
    assert visitor.ask(path, ELSEWHERE, *headers, method="POST", body=create_user(user_name)).refusal


def test_the_keys_of_a_pool_are_for_any_page(visitor: Visitor, deployed: Deployed) -> None:
    for name in ("jwks.json", "openid-configuration"):
        answer = visitor.ask(f"/{deployed.pool_id}/.well-known/{name}", ELSEWHERE)
        assert answer.status == 200
        assert answer.headers["access-control-allow-origin"] == "*"

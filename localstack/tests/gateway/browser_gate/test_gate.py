"""What pages of other origins get from a cloud: nothing that needs a signature on AWS, and all that does not."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

import httpx
import pytest
from local_cloud.testing import Cloud

from .conftest import ECHO, OBJECT, Deployed, Visitor

ELSEWHERE = "Origin: http://evil.example"
FORM = "Content-Type: application/x-www-form-urlencoded"
MULTIPART = "Content-Type: multipart/form-data; boundary=x"
COGNITO = "Content-Type: application/x-amz-json-1.1"
SIGNATURE = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "test/20260101/us-east-1/{service}/aws4_request",
    "X-Amz-Date": "20260101T000000Z",
    "X-Amz-Expires": "604800",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "0" * 64,
}


def presigned(service: str = "s3") -> str:
    return urlencode({name: value.format(service=service) for name, value in SIGNATURE.items()})


def create_user(name: str) -> str:
    return urlencode({"Action": "CreateUser", "Version": "2010-05-08", "UserName": name})


def multipart(fields: dict[str, str]) -> str:
    """The body of a form with the fields and a file."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n\r\n<script>\r\n--x--\r\n'
    return "".join(parts) + file


def target(operation: str) -> str:
    return f"X-Amz-Target: AWSCognitoIdentityProviderService.{operation}"


@pytest.mark.parametrize(
    "page",
    [
        [ELSEWHERE],
        ["Origin: null"],
        ["oRIGIN: http://localhost:1"],
        ["Sec-Fetch-Site: cross-site"],
        ["sec-fetch-site: same-site"],
        [ELSEWHERE, "Origin: http://127.0.0.1:{port}"],
        ["Origin: http://127.0.0.1:{port}", ELSEWHERE],
        [ELSEWHERE, "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"],
        ["Host: evil.example"],
    ],
)
@pytest.mark.parametrize("content", [FORM, "Content-Type: text/plain", MULTIPART])
def test_a_form_of_another_page_makes_nothing(visitor: Visitor, user_name: str, page: list[str], content: str) -> None:
    headers = [header.format(port=visitor.cloud.port) for header in page]
    query = create_user(user_name)
    fields = dict(parse_qsl(query))
    body = multipart(fields) if content == MULTIPART else query
    assert visitor.ask("/", *headers, content, method="POST", body=body).refusal
    assert visitor.ask(f"/?{query}", *headers, content, method="POST", body=body).refusal


@pytest.mark.parametrize("browser", [[], ["Sec-Fetch-Site: none"], ["Sec-Fetch-Site: cross-site"], [ELSEWHERE]])
@pytest.mark.parametrize("method", ["GET", "HEAD", "get"])
def test_an_address_alone_makes_nothing(visitor: Visitor, user_name: str, browser: list[str], method: str) -> None:
    for query in (create_user(user_name), f"{create_user(user_name)}&{presigned('iam')}"):
        assert visitor.ask(f"/?{query}", *browser, method=method).status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/_localstack/health",
        "//_localstack/health",
        "/_localstack/info",
        "/_aws/sqs/messages",
        "/_aws/ses",
        "/_aws/sts/recorded-calls",
        "/_localstack_lambda/x/status/y/ready",
        "/2015-03-31/functions/",
        "/2015-03-31/functions/any/invocations",
        "/000000000000/queue",
        "/restapis",
        "/v2/apis",
        "/",
        "/any-bucket-to-be",
        "/@connections/x",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_of_the_clouds_own_is_another_pages(visitor: Visitor, path: str, method: str) -> None:
    for page in (ELSEWHERE, "Sec-Fetch-Site: cross-site"):
        answer = visitor.ask(path, page, "Access-Control-Request-Method: POST", method=method)
        assert answer.refusal
        assert "access-control-allow-origin" not in answer.headers


def test_a_refusal_says_why_and_is_told_in_the_log(visitor: Visitor) -> None:
    page = f"http://{uuid4()}.example"
    answer = visitor.ask("/_localstack/info", f"Origin: {page}")
    assert answer.headers["content-type"] == "application/json"
    assert page in answer.refusal
    told = [line for line in visitor.cloud.log.read_text().splitlines() if page in line]
    assert len(told) == 1
    assert "LOCAL_CLOUD_ALLOWED_ORIGINS" in told[0]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "x.execute-api.evil.example", "localhost."])
def test_a_name_that_is_not_this_machines_gets_nothing_at_all(visitor: Visitor, deployed: Deployed, host: str) -> None:
    free = (
        f"/_aws/execute-api/{deployed.api_id}/live/",
        f"/{deployed.public}/{OBJECT}",
        f"/{deployed.pool_id}/.well-known/jwks.json",
    )
    for path in ("/_localstack/health", *free):
        assert visitor.ask(path, host=f"{host}:{visitor.cloud.port}").refusal
        assert visitor.ask(f"http://{host}{path}").refusal
        assert visitor.ask(path, "Host: localhost", host=host).status in (400, 403)
    assert visitor.shake_hands(f"/_aws/execute-api/{deployed.websocket_id}/live", host=host).refusal


def test_a_request_that_names_no_host_gets_nothing(visitor: Visitor) -> None:
    assert visitor.ask("/_localstack/health", host=None).status in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "any.localhost", "[::1]"])
def test_programs_reach_the_cloud_under_each_name_of_this_machine(visitor: Visitor, host: str) -> None:
    assert visitor.ask("/_localstack/health", host=f"{host}:{visitor.cloud.port}").status == 200
    assert visitor.ask(f"http://{host}:{visitor.cloud.port}/_localstack/health").status == 200


def test_a_page_of_the_clouds_own_may_do_all(visitor: Visitor) -> None:
    body = urlencode({"Action": "ListUsers", "Version": "2010-05-08"})
    for host in ("127.0.0.1", "localhost", "menu.s3.localhost"):
        origin = f"Origin: http://{host}:{visitor.cloud.port}"
        assert visitor.ask("/", origin, FORM, method="POST", body=body).status == 200


@pytest.mark.parametrize("page", [ELSEWHERE, "Origin: null", "Sec-Fetch-Site: cross-site"])
def test_stages_of_apis_answer_any_page(visitor: Visitor, deployed: Deployed, page: str) -> None:
    domain = f"{deployed.api_id}.execute-api.us-east-1.localhost:{visitor.cloud.port}"
    for path, host in (
        (f"/_aws/execute-api/{deployed.api_id}/live/menu", ""),
        (f"/restapis/{deployed.api_id}/live/_user_request_/menu", ""),
        ("/live/menu", domain),
    ):
        answer = visitor.ask(f"{path}?Action=CreateUser", page, host=host)
        assert (answer.status, answer.body) == (200, '{"asked": {"Action": "CreateUser"}}')
        assert visitor.ask(path, page, method="POST", body="{}", host=host).status == 200
        assert visitor.ask(path, page, "Access-Control-Request-Method: PUT", method="OPTIONS", host=host).status == 200


def test_a_function_url_is_for_any_page_where_it_needs_no_signature(visitor: Visitor, cloud: Cloud) -> None:
    for authorization, is_open in (("NONE", True), ("AWS_IAM", False)):
        name = cloud.create_function(ECHO)
        made = cloud.client("lambda").create_function_url_config(FunctionName=name, AuthType=authorization)
        host = f"{urlsplit(made['FunctionUrl']).hostname.partition('.')[0]}.lambda-url.us-east-1.localhost"
        answer = visitor.ask("/?Action=CreateUser", ELSEWHERE, host=f"{host}:{cloud.port}")
        assert (answer.status == 200) is is_open
        assert bool(answer.refusal) is not is_open


@pytest.mark.parametrize("page", [ELSEWHERE, "Origin: null", "Sec-Fetch-Site: cross-site"])
def test_websockets_of_apis_open_for_any_page(visitor: Visitor, deployed: Deployed, page: str) -> None:
    domain = f"{deployed.websocket_id}.execute-api.us-east-1.localhost:{visitor.cloud.port}"
    assert visitor.shake_hands(f"/_aws/execute-api/{deployed.websocket_id}/live", page).status == 101
    assert visitor.shake_hands("/live", page, host=domain).status == 101


@pytest.mark.parametrize("path", ["/", "/_aws/sqs/messages", "/?Action=CreateUser", "/_localstack/health"])
def test_other_websockets_do_not(visitor: Visitor, path: str) -> None:
    assert visitor.shake_hands(path, ELSEWHERE).refusal


def test_many_refused_websockets_harm_no_other_connection(visitor: Visitor) -> None:
    def ask(number: int) -> bool:
        if number % 2:
            return bool(visitor.shake_hands("/", ELSEWHERE).refusal)
        return visitor.ask("/_localstack/info").status == 200

    with ThreadPoolExecutor(16) as visitors:
        assert all(visitors.map(ask, range(200)))
    assert "Unhandled Error" not in visitor.cloud.log.read_text()


def test_who_sends_to_websockets_has_to_be_a_program(visitor: Visitor, deployed: Deployed) -> None:
    domain = f"{deployed.websocket_id}.execute-api.us-east-1.localhost:{visitor.cloud.port}"
    for path, host in (
        (f"/_aws/execute-api/{deployed.websocket_id}/live/@connections/any", ""),
        (f"/_aws/execute-api/{deployed.websocket_id}/live/%40connections/any", ""),
        ("/live/@connections/any", domain),
    ):
        assert visitor.ask(path, ELSEWHERE, method="POST", body="x", host=host).refusal
        assert visitor.ask(path, method="POST", body="x", host=host).status == 410


@pytest.mark.parametrize("page", [ELSEWHERE, "Origin: null", "Sec-Fetch-Site: cross-site"])
def test_public_objects_are_anybodys_and_private_ones_are_not(visitor: Visitor, deployed: Deployed, page: str) -> None:
    port = visitor.cloud.port
    for bucket, is_public in ((deployed.public, True), (deployed.private, False)):
        for path, host in ((f"/{bucket}/{OBJECT}", ""), (f"/{OBJECT}", f"{bucket}.s3.localhost:{port}")):
            for method in ("GET", "HEAD"):
                answer = visitor.ask(f"{path}?v=2", page, method=method, host=host)
                assert answer.status == (200 if is_public else 403)
            assert visitor.ask(path, method="HEAD", host=host).status == 200  # for programs as before
        site = visitor.ask(f"/{OBJECT}", page, host=f"{bucket}.s3-website.localhost:{port}")
        assert site.status == (200 if is_public else 403)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/{bucket}"),
        ("GET", "/{bucket}/"),
        ("GET", "/{bucket}?policy"),
        ("GET", "/{bucket}/{key}?acl"),
        ("GET", "/{bucket}/{key}?tagging"),
        ("GET", "/{bucket}/{key}?versionId=x"),
        ("GET", "/{bucket}/{key}?response-content-type=text/html"),
        ("GET", "/{bucket}/{key}?Action=CreateUser&UserName=x"),
        ("PUT", "/{bucket}/{key}"),
        ("PUT", "/{bucket}?policy"),
        ("POST", "/{bucket}/{key}?uploads"),
        ("POST", "/{bucket}?delete"),
        ("POST", "/{bucket}"),
        ("DELETE", "/{bucket}/{key}"),
    ],
)
def test_of_a_public_bucket_any_page_gets_objects_only(
    visitor: Visitor, deployed: Deployed, method: str, path: str
) -> None:
    made = path.format(bucket=deployed.public, key=OBJECT)
    assert visitor.ask(made, ELSEWHERE, method=method).refusal
    signed = f"{made}{'&' if '?' in made else '?'}{presigned('iam')}"
    assert visitor.ask(signed, ELSEWHERE, method=method).refusal


def test_presigned_urls_of_objects_are_for_any_page(visitor: Visitor, cloud: Cloud, deployed: Deployed) -> None:
    for bucket, method, operation in (
        (deployed.private, "GET", "get_object"),
        (deployed.private, "HEAD", "head_object"),
        (deployed.uploads, "PUT", "put_object"),
    ):
        url = urlsplit(cloud.client("s3").generate_presigned_url(operation, {"Bucket": bucket, "Key": OBJECT}))
        address = f"{url.path}?{url.query}"
        assert visitor.ask(address, ELSEWHERE, method=method, body=b"" if method != "PUT" else b"{}").status == 200
        assert visitor.ask(address, "Sec-Fetch-Site: cross-site", method=method).status == 200
    assert visitor.ask(f"/{deployed.private}/{OBJECT}?{presigned()}", ELSEWHERE).status == 200


@pytest.mark.parametrize("service", ["sts", "iam", "cloudformation", "sqs", "lambda"])
def test_presigned_urls_of_other_services_are_not(visitor: Visitor, user_name: str, service: str) -> None:
    for query in (presigned(service), f"{create_user(user_name)}&{presigned(service)}"):
        for path in ("/", "/bucket/key", "/2015-03-31/functions/"):
            assert visitor.ask(f"{path}?{query}", ELSEWHERE).refusal
            assert visitor.ask(f"{path}?{query}", "Sec-Fetch-Site: cross-site", method="POST").refusal


@pytest.mark.parametrize(
    "operation", ["list_objects_v2", "delete_object", "put_bucket_policy", "create_bucket", "copy_object"]
)
def test_presigned_urls_that_are_no_objects_are_for_programs(
    visitor: Visitor, cloud: Cloud, deployed: Deployed, operation: str
) -> None:
    parameters = {
        "list_objects_v2": {},
        "delete_object": {"Key": OBJECT},
        "put_bucket_policy": {"Policy": "{}"},
        "create_bucket": {},
        "copy_object": {"Key": "copy", "CopySource": f"{deployed.private}/{OBJECT}"},
    }[operation]
    client = cloud.client("s3")
    url = urlsplit(client.generate_presigned_url(operation, {"Bucket": deployed.uploads, **parameters}))
    method = {"list_objects_v2": "GET", "delete_object": "DELETE"}.get(operation, "PUT")
    answer = visitor.ask(f"{url.path}?{url.query}", "Origin: http://app.example", method=method)
    # It is said in the address, and is a copy only once LocalStack has taken it from there.
    assert ("CopyObject" if operation == "copy_object" else "did not serve") in answer.refusal
    kept = client.list_objects_v2(Bucket=deployed.uploads)["Contents"]
    assert [each["Key"] for each in kept] == [OBJECT]


def test_a_form_writes_only_where_the_buckets_rules_let_its_page(
    visitor: Visitor, cloud: Cloud, deployed: Deployed
) -> None:
    """A browser asks nobody before a form, and whatever lies in a bucket is a page of the cloud's own."""
    client = cloud.client("s3")
    for bucket, page, is_let_in in (
        (deployed.uploads, "http://app.example", True),
        (deployed.uploads, "http://evil.example", False),
        (deployed.private, "http://app.example", False),
        (deployed.public, "null", False),
    ):
        signed = client.generate_presigned_post(bucket, "uploaded.html")
        body = multipart(signed["fields"])
        answer = visitor.ask(f"/{bucket}", f"Origin: {page}", MULTIPART, method="POST", body=body)
        assert (answer.status, bool(answer.refusal)) == ((204, False) if is_let_in else (403, True))
        keys = [each["Key"] for each in client.list_objects_v2(Bucket=bucket)["Contents"]]
        assert ("uploaded.html" in keys) is is_let_in
        client.delete_object(Bucket=bucket, Key="uploaded.html")


def test_a_preflight_to_a_bucket_is_answered_by_the_buckets_rules(visitor: Visitor, deployed: Deployed) -> None:
    address = f"/{deployed.uploads}/{OBJECT}?{presigned()}"
    put = "Access-Control-Request-Method: PUT"
    answered = visitor.ask(address, "Origin: http://app.example", put, method="OPTIONS")
    assert answered.status == 200
    assert answered.headers["access-control-allow-origin"] == "http://app.example"
    other = visitor.ask(address, ELSEWHERE, put, method="OPTIONS")
    assert (other.status, other.refusal) == (403, "")
    assert "CORSResponse" in other.body
    assert visitor.ask(f"/{deployed.uploads}/{OBJECT}", "Origin: http://app.example", put, method="OPTIONS").refusal


def test_any_page_signs_users_up_and_in(visitor: Visitor, deployed: Deployed) -> None:
    asked = ("Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type,x-amz-target")
    before = visitor.ask("/", ELSEWHERE, *asked, method="OPTIONS")
    assert before.status == 204
    assert before.headers["access-control-allow-origin"] == "http://evil.example"
    body = f'{{"ClientId": "{deployed.client_id}", "Username": "ana@example.com", "Password": "Coffee1!"}}'
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


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/_localstack/health", "x.execute-api.us-east-1"),
        ("/_localstack/health", "x.s3-website"),
        ("/_localstack/health", "x.lambda-url.us-east-1"),
        ("/", "x.lambda-url.us-east-1"),
        ("/_aws/ses", "x.s3"),
        ("/2015-03-31/functions/", "execute-api"),
        ("/{private}/{key}", "x.s3-website"),
        ("/{private}/{key}", "x.lambda-url.us-east-1"),
        ("/{key}", "{private}.s3.{public}.s3"),
        ("/{public}/../{private}/{key}", ""),
        ("/{public}/%2e%2e/{private}/{key}", ""),
        ("//{private}/{key}", ""),
        ("/%2f{private}/{key}", ""),
        ("/_aws/execute-api/../../_localstack/health", ""),
        ("/_aws/execute-api", ""),
        ("/_aws//execute-api/x/live/", ""),
        ("/%5faws/execute-api/{api}/live/", ""),
        ("/_aws/execute-api/{api}/live/../../../../_localstack/health", ""),
    ],
)
def test_odd_paths_and_hosts_get_no_further(visitor: Visitor, deployed: Deployed, path: str, label: str) -> None:
    """Refused, or taken for what they literally are: never anything of the cloud's own."""
    names = {"private": deployed.private, "public": deployed.public, "key": OBJECT, "api": deployed.api_id}
    host = f"{label.format(**names)}.localhost:{visitor.cloud.port}" if label else ""
    answer = visitor.ask(path.format(**names), ELSEWHERE, host=host)
    is_apis_own = '"asked"' in answer.body or "does not correspond to a deployed API" in answer.body
    assert answer.refusal or is_apis_own or answer.status in (308, 404)
    assert "services" not in answer.body
    assert "price" not in answer.body


def test_the_gate_stands_before_https_as_well(cloud: Cloud) -> None:
    url = cloud.endpoint_url.replace("http:", "https:")
    with httpx.Client(verify=False) as client:  # noqa: S501 - it signs its certificate itself
        assert client.get(f"{url}/_localstack/health").status_code == 200
        assert client.get(f"{url}/_localstack/health", headers={"Origin": url}).status_code == 200
        refused = client.get(f"{url}/_localstack/health", headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "LOCAL_CLOUD_ALLOWED_ORIGINS" in refused.json()["message"]

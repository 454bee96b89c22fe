"""What pages of other origins get from a cloud: nothing that needs a signature on AWS."""

from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

import httpx
import pytest
from local_cloud.testing import Cloud

from .conftest import OBJECT, Deployed, Visitor
from .sent_by_pages import ELSEWHERE, FORM, MULTIPART, create_user, multipart, presigned


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
    is_apis_own = '"asked"' in answer.body or '"Forbidden"' in answer.body
    assert answer.refusal or is_apis_own or answer.status in (308, 404)
    assert "services" not in answer.body
    assert "price" not in answer.body


def test_the_gate_stands_before_https_as_well(cloud: Cloud) -> None:
    url = cloud.endpoint_url.replace("http:", "https:")
    with httpx.Client(verify=False, timeout=60) as client:  # noqa: S501 - it signs its certificate itself
        assert client.get(f"{url}/_localstack/health").status_code == 200
        assert client.get(f"{url}/_localstack/health", headers={"Origin": url}).status_code == 200
        refused = client.get(f"{url}/_localstack/health", headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "LOCAL_CLOUD_ALLOWED_ORIGINS" in refused.json()["message"]

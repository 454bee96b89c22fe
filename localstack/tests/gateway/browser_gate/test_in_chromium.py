"""A real browser, with a page of another host open, by every way that a page has to send something: nothing is made.

Chromium asks before a page of the internet reaches this machine; that is switched off, as other browsers do not.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from tenacity import Retrying, stop_after_delay, wait_fixed

from .conftest import OBJECT, Deployed
from .sent_by_pages import presigned

# The first is the browser without windows and menus: a page opens there for a third of the processor time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOST = "evil.example"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
PATIENCE_MS = 30_000
STACK = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a Chromium with a new profile, in which one more name leads to this machine."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert found, f"Chromium is not here (Debian: apt install {CHROMIUMS[0]}); elsewhere, put its path into CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Prey:
    """What an attack tries to make.

    Attributes:
        name: of the user or the stack.
        query: what asks for it, by the query protocol.
    """

    name: str
    query: dict[str, str]

    def address(self, cloud: Cloud, service: str) -> str:
        """One address that says it all, with a signature that nobody checks."""
        return f"{cloud.endpoint_url}/?{urlencode(self.query)}&{presigned(service)}"


@pytest.fixture
def user(cloud: Cloud) -> Iterator[Prey]:
    """Give what makes an IAM user; at the end there is none."""
    name = f"user-{uuid4()}"
    yield Prey(name, {"Action": "CreateUser", "Version": "2010-05-08", "UserName": name})
    assert name not in user_names(cloud)


@pytest.fixture
def stack(cloud: Cloud) -> Iterator[Prey]:
    """Give what makes a stack; at the end there is none."""
    name = f"stack-{uuid4()}"
    template = {"StackName": name, "TemplateBody": json.dumps(STACK)}
    yield Prey(name, {"Action": "CreateStack", "Version": "2010-05-15", **template})
    stacks = cloud.client("cloudformation").describe_stacks()["Stacks"]
    assert name not in [each["StackName"] for each in stacks]


def user_names(cloud: Cloud) -> list[str]:
    return [user["UserName"] for user in cloud.client("iam").list_users()["Users"]]


@contextmanager
def served(site: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve another host's pages; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()


class Pages(BaseHTTPRequestHandler):
    """An empty page, or a redirection to what follows `/to/`."""

    def do_GET(self) -> None:
        _, is_redirection, target = self.path.partition("/to/")
        self.send_response(307 if is_redirection else 200)
        self.send_header("Location" if is_redirection else "Content-Type", target or "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    with served(Pages) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, elsewhere: str) -> Page:
    """Give a page of another host."""
    page = context.new_page()
    page.goto(elsewhere)
    return page


def is_refused(page: Page, script: str, argument: object, cloud: Cloud) -> bool:
    """Run a script in the page; return whether the cloud refuses what the browser then sends.

    As its log tells: of what a page may not read, the browser tells nothing to the test either.
    """
    before = refusals(cloud)
    page.evaluate(script, argument)
    for attempt in Retrying(stop=stop_after_delay(PATIENCE_MS / 1000), wait=wait_fixed(0.05)):
        with attempt:
            assert refusals(cloud) > before
    return True


def refusals(cloud: Cloud) -> int:
    return cloud.log.read_text().count(": Refused ")


def answer_to(page: Page, script: str, argument: object, cloud: Cloud) -> Response:
    """Run a script in the page; return what the cloud then answers to the browser."""
    own = f":{cloud.port}/"
    with page.context.expect_event(
        "response", lambda response: own in response.url.partition("?")[0] + "/"
    ) as answered:
        page.evaluate(script, argument)
    answer: Response = answered.value
    return answer


ADDRESSES = {
    "image": "address => { new Image().src = address }",
    "script": "address => { document.body.append(Object.assign(document.createElement('script'), {src: address})) }",
    "style": "address => { document.head.append("
    "Object.assign(document.createElement('link'), {rel: 'stylesheet', href: address})) }",
    "frame": "address => { document.body.append(Object.assign(document.createElement('iframe'), {src: address})) }",
    "sandboxed frame": "address => { document.body.append("
    "Object.assign(document.createElement('iframe'), {sandbox: '', src: address})) }",
    "video": "address => { document.body.append(Object.assign(document.createElement('video'), {src: address})) }",
    "events": "address => { new EventSource(address) }",
    "without a referrer": "address => { document.body.append("
    "Object.assign(document.createElement('img'), {referrerPolicy: 'no-referrer', src: address})) }",
    "link": "address => { Object.assign(document.createElement('a'), {href: address}).click() }",
    "window": "address => { window.open(address) }",
    "fetch": "address => { fetch(address).catch(() => {}) }",
    "no-cors": "address => { fetch(address, {mode: 'no-cors'}) }",
    "redirection": "address => { new Image().src = '/to/' + address }",
}


@pytest.mark.parametrize("way", ADDRESSES)
def test_an_address_that_a_page_has_loaded_makes_no_stack(page: Page, cloud: Cloud, stack: Prey, way: str) -> None:
    assert is_refused(page, ADDRESSES[way], stack.address(cloud, "cloudformation"), cloud)


@pytest.mark.parametrize("way", ADDRESSES)
def test_nor_a_user(page: Page, cloud: Cloud, user: Prey, way: str) -> None:
    assert is_refused(page, ADDRESSES[way], user.address(cloud, "iam"), cloud)


FORM = """({action, fields, encoding}) => {
    const form = Object.assign(document.createElement("form"), {action, method: "post", enctype: encoding});
    for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
    document.body.append(form);
    form.submit();
}"""
ENCODINGS = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_form_makes_nothing(page: Page, cloud: Cloud, user: Prey, encoding: str) -> None:
    form = {"action": f"{cloud.endpoint_url}/", "fields": user.query, "encoding": encoding}
    refused = answer_to(page, FORM, form, cloud)
    assert refused.status == 403
    assert "LOCAL_CLOUD_ALLOWED_ORIGINS" in refused.json()["message"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_form_with_all_in_its_address_makes_nothing(page: Page, cloud: Cloud, user: Prey, encoding: str) -> None:
    form = {"action": user.address(cloud, "iam"), "fields": {"a": "b"}, "encoding": encoding}
    assert is_refused(page, FORM, form, cloud)


def test_a_form_that_is_sent_on_makes_nothing(page: Page, cloud: Cloud, user: Prey) -> None:
    form = {"action": f"/to/{cloud.endpoint_url}/", "fields": user.query, "encoding": ENCODINGS[1]}
    assert is_refused(page, FORM, form, cloud)


POSTS = {
    "no-cors": "({address, body}) => { fetch(address, {method: 'POST', mode: 'no-cors', body}) }",
    "cors": "({address, body}) => { fetch(address, {method: 'POST', body}).catch(() => {}) }",
    "cors as a form": "({address, body}) => { fetch(address, {method: 'POST', body: new URLSearchParams(body)})"
    ".catch(() => {}) }",
    "beacon": "({address, body}) => { navigator.sendBeacon(address, body) }",
    "beacon as a form": "({address, body}) => { navigator.sendBeacon(address, new URLSearchParams(body)) }",
    "kept alive": "({address, body}) => { fetch(address, {method: 'POST', mode: 'no-cors', keepalive: true, body}) }",
    "redirection": "({address, body}) => { fetch('/to/' + address, {method: 'POST', mode: 'no-cors', body}) }",
}


@pytest.mark.parametrize("way", POSTS)
def test_a_script_makes_nothing(page: Page, cloud: Cloud, user: Prey, way: str) -> None:
    posted = {"address": f"{cloud.endpoint_url}/", "body": urlencode(user.query)}
    assert is_refused(page, POSTS[way], posted, cloud)


CORS = """async ({address, headers, body, method}) => {
    try { return (await fetch(address, {method, headers, body})).status } catch { return "kept from the page" }
}"""


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"X-Amz-Target": "AWSCognitoIdentityProviderService.CreateUserPool"}),
        ("/", {"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"}),
        ("/", {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, Signature=0"}),
        ("/2015-03-31/functions/any/invocations", {"Content-Type": "application/json"}),
        ("/_localstack/health", {"Content-Type": "application/json"}),
    ],
)
def test_a_script_that_signs_makes_nothing(
    page: Page, cloud: Cloud, user: Prey, path: str, headers: dict[str, str]
) -> None:
    asked = {"address": cloud.endpoint_url + path, "headers": headers, "body": urlencode(user.query), "method": "POST"}
    assert page.evaluate(CORS, asked) == "kept from the page"


SOCKET = """address => new Promise(resolve => {
    const socket = new WebSocket(address);
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("refused");
})"""


def test_only_websockets_of_apis_open(page: Page, cloud: Cloud, deployed: Deployed) -> None:
    address = cloud.endpoint_url.replace("http:", "ws:")
    for path in ("/", "/_localstack/health", "/?Action=CreateUser"):
        assert page.evaluate(SOCKET, address + path) == "refused"
    assert page.evaluate(SOCKET, f"{address}/_aws/execute-api/{deployed.websocket_id}/live") == "open"


def test_a_page_whose_name_was_rebound_to_this_machine_gets_nothing(
    context: BrowserContext, cloud: Cloud, user: Prey, deployed: Deployed
) -> None:
    """It was served under the cloud's own port first, and is of the same origin as the cloud in the browser's eyes."""
    rebound = f"http://{HOST}:{cloud.port}"
    context.route(f"{rebound}/lure", lambda route: route.fulfill(content_type="text/html", body=""))
    page = context.new_page()
    page.goto(f"{rebound}/lure")
    iam = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, Signature=0"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for method, path, headers, body in (
        ("GET", "/_localstack/health", {}, None),
        ("GET", f"/?{urlencode(user.query)}", {}, None),
        ("POST", "/", form, urlencode(user.query)),
        ("POST", "/", form | iam, urlencode(user.query)),
        ("PUT", "/bucket", {}, None),
        ("GET", f"/{deployed.public}/{OBJECT}", {}, None),
        ("GET", f"/_aws/execute-api/{deployed.api_id}/live/", {}, None),
    ):
        asked = {"address": path, "headers": headers, "body": body, "method": method}
        assert page.evaluate(CORS, asked) == 403
    socket = f"ws://{HOST}:{cloud.port}/_aws/execute-api/{deployed.websocket_id}/live"
    assert page.evaluate(SOCKET, socket) == "refused"


def test_a_page_of_another_host_links_to_what_is_for_browsers(page: Page, cloud: Cloud, deployed: Deployed) -> None:
    private = {"Bucket": deployed.private, "Key": OBJECT}
    for address in (
        f"{cloud.endpoint_url}/{deployed.public}/{OBJECT}",
        f"{cloud.endpoint_url}/_aws/execute-api/{deployed.api_id}/live/menu",
        cloud.client("s3").generate_presigned_url("get_object", private),
    ):
        another = page.context.new_page()
        another.goto(page.url)
        assert answer_to(another, ADDRESSES["link"], address, cloud).status == 200
    assert is_refused(page, ADDRESSES["link"], f"{cloud.endpoint_url}/{deployed.private}/{OBJECT}", cloud)


def test_a_page_of_another_host_calls_what_is_for_browsers(page: Page, cloud: Cloud, deployed: Deployed) -> None:
    keys = f"{cloud.endpoint_url}/{deployed.pool_id}/.well-known/jwks.json"
    assert page.evaluate(CORS, {"address": keys, "headers": {}, "body": None, "method": "GET"}) == 200
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.SignUp",
    }
    visitor = {"ClientId": deployed.client_id, "Username": f"{uuid4()}@a.example", "Password": "Salad-1!"}
    sign_up = {"address": f"{cloud.endpoint_url}/", "headers": headers, "body": json.dumps(visitor), "method": "POST"}
    assert page.evaluate(CORS, sign_up) == 200


def test_a_page_that_the_cloud_served_makes_what_it_asks_for(
    context: BrowserContext, cloud: Cloud, deployed: Deployed
) -> None:
    """The same request as other pages send in vain."""
    name = f"user-{uuid4()}"
    query = {"Action": "CreateUser", "Version": "2010-05-08", "UserName": name}
    page = context.new_page()
    page.goto(f"{cloud.endpoint_url}/{deployed.public}/{OBJECT}")
    posted = {"address": "/", "body": urlencode(query)}
    assert answer_to(page, POSTS["cors as a form"], posted, cloud).status == 200
    assert name in user_names(cloud)
    cloud.client("iam").delete_user(UserName=name)

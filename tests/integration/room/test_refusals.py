"""What somebody in the room tries who has a laptop and curiosity, and what the gate makes of it."""

import json
import re
import secrets
import socket
import ssl
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import boto3
import httpx
import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection

from gate.network.bounded_server import MOST_SOCKET_BYTES
from gate.rules.people import TARGET
from simulator.entrance import new_address
from simulator.outputs import Outputs
from simulator.probe.eventually import DEADLINE_S, eventually
from simulator.probe.listening import Ears
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from tests.integration.room.conftest import AtPhone
from tests.integration.room.gate_process import OpenGate
from tests.integration.room.phone import Phone
from tests.integration.room.raw_requests import RAW

JSON_1_0, JSON_1_1 = "application/x-amz-json-1.0", "application/x-amz-json-1.1"
FORM = "application/x-www-form-urlencoded"

# One operation of each of AWS's protocols, and those that open the most; unit tests try every one of every service.
BY_TARGET = [
    ("DynamoDB_20120810.ListTables", JSON_1_0),
    ("DynamoDB_20120810.Scan", JSON_1_0),
    ("AmazonSQS.ListQueues", JSON_1_0),
    ("AWSStepFunctions.ListStateMachines", JSON_1_0),
    ("AWSEvents.PutEvents", JSON_1_1),
    ("Logs_20140328.DescribeLogGroups", JSON_1_1),
    ("AmazonSSM.GetParameter", JSON_1_1),
    (f"{TARGET}ListUsers", JSON_1_1),
    (f"{TARGET}AdminInitiateAuth", JSON_1_1),
    (f"{TARGET}AdminAddUserToGroup", JSON_1_1),
    (f"{TARGET}GetUser", JSON_1_1),
    (f"{TARGET}ForgotPassword", JSON_1_1),
]
BY_FORM = ["Action=GetCallerIdentity&Version=2011-06-15", "Action=ListRoles&Version=2010-05-08", "Action=Publish"]
BY_PATH = [
    ("GET", "/2015-03-31/functions"),
    ("POST", "/2015-03-31/functions/a-function/invocations"),
    ("GET", "/restapis"),
    ("GET", "/v2/apis"),
    ("POST", "/service/CloudWatch/operation/ListMetrics"),
    ("POST", "/v2/email/outbound-emails"),
]
OF_THE_CLOUD = [
    *(
        "/_aws/cloudwatch/metrics/raw",
        "/_aws/dynamodb/consumed-capacity",
        "/_aws/dynamodb/expired",
        "/_aws/lambda/init",
    ),
    *("/_aws/lambda/runtimes", "/_aws/ses", "/_aws/sns/phone-opt-outs", "/_aws/sns/platform-endpoint-messages"),
    *("/_aws/sns/sms-messages", "/_aws/sns/subscription-tokens", "/_aws/sqs/messages", "/_aws/sqs/queues"),
    *("/_aws/sts/recorded-calls", "/_aws/events/rules/x/trigger", "/_aws", "/_aws/", "/_localstack", "/_localstack/"),
    *("/_localstack/config", "/_localstack/diagnose", "/_localstack/health", "/_localstack/info", "/_localstack/init"),
    *("/_localstack/init/ready", "/_localstack/plugins", "/_localstack/swagger", "/_localstack/usage"),
    *("/_localstack/cloudformation/deploy", "/_localstack/state/save", "/_localstack_lambda/x/invocations/y/response"),
    *("/_user_request_/", "/_pods/", "/moto-api/reset", "/moto-api/data.json", "/health"),
]
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS")


def is_the_gates_no(answer: httpx.Response) -> bool:
    """Whether the gate itself refused: its answers have two names, and say who speaks."""
    says_who = answer.headers.get("server") == "gate"
    return 400 <= answer.status_code < 500 and says_who and answer.json().keys() == {"Code", "Message"}


def let_through(answers: Mapping[str, httpx.Response]) -> list[str]:
    return [what for what, answer in answers.items() if not is_the_gates_no(answer)]


@pytest.mark.parametrize("path", ["/", "/people", "/api/", "/api"])
def test_no_operation_of_awss_is_passed_on(at_phone: AtPhone, path: str) -> None:
    def story(phone: Phone) -> None:
        told = {target: {"X-Amz-Target": target, "Content-Type": kind} for target, kind in BY_TARGET}
        answers = {target: phone.http.post(path, headers=told[target], json={}) for target in told}
        answers |= {form: phone.http.post(path, content=form, headers={"Content-Type": FORM}) for form in BY_FORM}
        answers |= {form: phone.http.post(f"{path}?{form}") for form in BY_FORM}
        assert let_through(answers) == []

    at_phone(story)


def test_no_service_is_there_by_its_own_paths_or_names(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/lambda/aws4_request"}
        answers = {path: phone.http.request(method, path, headers=signed) for method, path in BY_PATH}
        for host in ("dynamodb.localhost", "lambda.us-east-1.amazonaws.com", "s3.localhost.localstack.cloud:4566"):
            answers[host] = phone.http.get("/order/", headers={"Host": host})
        assert let_through(answers) == []

    at_phone(story)


def test_what_the_cloud_says_of_itself_is_not_there(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        ways = [(method, path) for method in METHODS for path in OF_THE_CLOUD]
        answers = {f"{method} {path}": phone.http.request(method, path) for method, path in ways}
        assert let_through(answers) == []

    at_phone(story)


def test_those_paths_are_there_behind_the_gate(bar: Outputs) -> None:
    """Else the test above would refuse what nobody has."""
    there = [path for path in OF_THE_CLOUD if httpx.get(bar.endpoint_url + path, trust_env=False).status_code == 200]
    assert {"/_aws/ses", "/_aws/sns/sms-messages", "/_localstack/health", "/_localstack/info"} <= set(there)


def test_the_apis_are_there_under_the_gates_names_only(at_phone: AtPhone, bar: Outputs) -> None:
    api = urlsplit(bar.api_url).path
    api_id = api.split("/")[3]

    def story(phone: Phone) -> None:
        paths = [
            f"{api}/config",
            f"/restapis/{api_id}/api/_user_request_/config",
            f"/{urlsplit(bar.realtime_url).path}",
        ]
        answers = {path: phone.http.get(path) for path in paths}
        for host in (f"{api_id}.execute-api.localhost", f"{api_id}.execute-api.localhost.localstack.cloud"):
            answers[host] = phone.http.get("/api/config", headers={"Host": host})
        assert let_through(answers) == []

    at_phone(story)


def test_no_other_bucket_is_there(at_phone: AtPhone, aws: boto3.Session, bar: Outputs) -> None:
    s3 = aws.client("s3", endpoint_url=bar.endpoint_url)
    own = f"a-bucket-{secrets.token_hex(6)}"
    s3.create_bucket(Bucket=own)
    s3.put_object(Bucket=own, Key="index.html", Body=b"a secret", ACL="public-read")
    buckets = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    signed = {
        name: urlsplit(s3.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "index.html"}))
        for name in buckets
    }

    def story(phone: Phone) -> None:
        answers: dict[str, httpx.Response] = {}
        for name in buckets:
            answers |= ways_to(phone, name, signed[name].query)
        assert let_through(answers) == []

    assert len(buckets) > 2
    try:
        at_phone(story)
    finally:
        s3.delete_object(Bucket=own, Key="index.html")
        s3.delete_bucket(Bucket=own)


def ways_to(phone: Phone, bucket: str, signature: str) -> dict[str, httpx.Response]:
    """Everything that a bucket could be asked for by."""
    paths = [
        f"/{bucket}",
        f"/{bucket}/",
        f"/{bucket}/index.html",
        f"/{bucket}/index.html?{signature}",
        f"/{bucket}?list-type=2",
    ]
    paths += [
        f"/order/..%2f..%2f{bucket}/index.html",
        f"/assets/%2e%2e/%2e%2e/{bucket}/index.html",
        f"/journeys/{bucket}",
    ]
    answers = {path: phone.http.get(path) for path in paths}
    for host in (f"{bucket}.s3.localhost", f"{bucket}.s3.amazonaws.com", f"{bucket}.s3-website.localhost"):
        answers[host] = phone.http.get("/index.html", headers={"Host": host})
    return answers


def test_the_pages_bucket_is_read_by_names_and_tells_nothing_else(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        pages = phone.http.get("/order/").text
        for query in ("list-type=2", "acl", "policy", "versions", "uploads", "attributes", "X-Amz-Signature=x"):
            assert phone.http.get(f"/order/?{query}").text == pages
        answers = {method: phone.http.request(method, "/order/index.html", content=b"") for method in ("PUT", "DELETE")}
        answers["none"] = phone.http.get("/order/none.html")
        answers["backstage"] = phone.http.get("/backstage/")
        assert let_through(answers) == []

    at_phone(story)


def test_a_journey_is_no_address_that_can_be_made_up(
    at_phone: AtPhone, aws: boto3.Session, bar: Outputs, shop: OwnShop, customer: Person
) -> None:
    order_id = shop.scan(customer)
    behind = urlsplit(customer.journey(order_id))  # as the API signed it for somebody on this machine

    def story(phone: Phone) -> None:
        stranger = phone.sign_in(new_address())
        answers = {
            "as it was signed": phone.http.get(f"{behind.path}?{behind.query}"),
            "by its order": phone.http.get(f"/journeys/{order_id}"),
            "by its file": phone.http.get(f"/journeys/{order_id}.html?{behind.query}"),
        }
        assert let_through(answers) == []
        assert stranger.send("GET", f"/journeys/{order_id}").status_code == 404

    assert httpx.get(behind.geturl(), trust_env=False).status_code == 200
    at_phone(story)


def test_the_socket_takes_a_good_token_and_nothing_but_pings(
    at_phone: AtPhone, shop: OwnShop, customer: Person
) -> None:
    def story(phone: Phone) -> None:
        url = urlsplit(Ears(phone.told()["realtimeUrl"]).url("a.b.c", shop.event_id))
        upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
        assert phone.http.get(f"{url.path}?{url.query}", headers={**upgrade, **key}).status_code == 401
        without_key = phone.http.get(f"{url.path}?{url.query}", headers=upgrade)
        assert without_key.status_code == 400  # and not what the bar says to the token: it was not asked
        for said in ('{"action":"subscribe"}', "x" * 2000, "[" * 900):
            with phone.listening(customer.tokens.access, shop.event_id) as ear:
                ear.say(said)
                eventually(lambda: hung_up(ear.socket))

    def hung_up(connection: object) -> None:
        assert connection.protocol.close_code in {1008, 1009}  # type: ignore[attr-defined]

    at_phone(story)


@pytest.mark.parametrize(
    "flood",
    [
        lambda socket: [socket.ping() for _ in range(MOST_SOCKET_BYTES)],
        lambda socket: [socket.pong() for _ in range(MOST_SOCKET_BYTES)],
        lambda socket: socket.send([""] * MOST_SOCKET_BYTES),
    ],
    ids=["pings", "pongs", "pieces of nothing"],
)
def test_frames_that_are_no_messages_have_an_end_too(
    at_phone: AtPhone, shop: OwnShop, customer: Person, flood: Callable[[ClientConnection], object]
) -> None:
    """Or one phone could keep the gate so busy with reading them that it has no turn for anybody else."""

    def story(phone: Phone) -> None:
        with phone.listening(customer.tokens.access, shop.event_id) as ear:
            with pytest.raises(ConnectionClosedError):
                flood(ear.socket)
            assert ear.socket.protocol.close_rcvd is None  # cut off, not said goodbye to

    at_phone(story)


def test_a_page_says_ping_and_is_answered(at_phone: AtPhone, shop: OwnShop, customer: Person) -> None:
    def story(phone: Phone) -> None:
        with phone.listening(customer.tokens.access, shop.event_id) as ear:
            ear.say('{"action":"ping"}')
            ear.wait_for("pong")

    at_phone(story)


@pytest.mark.parametrize("kind", RAW)
def test_a_request_that_no_browser_writes_gets_no_further(at_phone: AtPhone, gate: OpenGate, kind: str) -> None:
    def story(phone: Phone) -> None:
        with raw(phone, gate) as connection:
            connection.sendall(RAW[kind].replace("{host}", gate.room.authority).encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        assert answer == "" or re.match(r"HTTP/\d\.\d 4", answer)
        assert re.findall(r"\r\nServer: (.*)\r\n", answer) in ([], ["gate"])

    at_phone(story)


def raw(phone: Phone, gate: OpenGate) -> ssl.SSLSocket:
    """A connection by which anything can be sent."""
    assert phone.tls
    connection = socket.create_connection((gate.room.address, gate.room.port), DEADLINE_S)
    return phone.tls.wrap_socket(connection, server_hostname=gate.room.address)


def test_a_refusal_tells_a_person_in_a_page_and_a_program_in_json(at_phone: AtPhone) -> None:
    def story(phone: Phone) -> None:
        spanish = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "es-ES,es;q=0.9"}
        page = phone.http.get("/backstage/", headers=spanish)
        assert page.headers["content-type"].startswith("text/html")
        assert "Aquí no hay nada" in page.text
        assert json.loads(phone.http.get("/backstage/").text)["Code"] == "NotHere"

    at_phone(story)


def test_the_clouds_own_port_cannot_be_reached(at_phone: AtPhone, gate: OpenGate, bar: Outputs) -> None:
    port = urlsplit(bar.endpoint_url).port

    def story(_: Phone) -> None:
        for address in (gate.room.address, "127.0.0.1"):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((address, port or 0), DEADLINE_S)

    at_phone(story)

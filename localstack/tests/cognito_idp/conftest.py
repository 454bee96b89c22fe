"""Pools of users with real Lambda triggers, whose decisions each test scripts in its own process."""

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

import boto3
import pytest
from botocore.config import Config

REGION = "eu-central-1"
TRIGGERS = (
    "PreSignUp",
    "PostConfirmation",
    "PreAuthentication",
    "PostAuthentication",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
)

# The function asks the test what to do, so that a test can decide and see every event.
FUNCTION = """
import json, os, urllib.request

def handler(event, context):
    request = urllib.request.Request(os.environ["SCRIPT_URL"], json.dumps(event).encode())
    with urllib.request.urlopen(request) as answer:
        played = json.load(answer)
    if "error" in played:
        raise ValueError(played["error"])
    return played["returned"]
"""

Event = dict[str, Any]
Reply = Callable[[Event], Any]


class Endpoint(Protocol):
    """What these tests need of the running cloud."""

    endpoint_url: str


def _define(event: Event) -> Event:
    results = event["request"]["session"]
    solved = bool(results) and results[-1]["challengeResult"]
    failed = not solved and len(results) == 3
    return {"issueTokens": solved, "failAuthentication": failed, "challengeName": "CUSTOM_CHALLENGE"}


def _create(event: Event) -> Event:
    return {
        "publicChallengeParameters": {"sentTo": "a***"},
        "privateChallengeParameters": {"code": "123456"},
        "challengeMetadata": f"CODE-{len(event['request']['session'])}",
    }


def _verify(event: Event) -> Event:
    request = event["request"]
    return {"answerCorrect": request["challengeAnswer"] == request["privateChallengeParameters"]["code"]}


@dataclass
class Script:
    """What a test's triggers do: for each a function from the event to its new response. Unless a test says otherwise
    sign-ups are confirmed, the code is 123456, and three wrong answers are too many.
    """

    replies: dict[str, Reply] = field(
        default_factory=lambda: {
            "PreSignUp": lambda _: {"autoConfirmUser": True, "autoVerifyEmail": True, "autoVerifyPhone": True},
            "DefineAuthChallenge": _define,
            "CreateAuthChallenge": _create,
            "VerifyAuthChallengeResponse": _verify,
        }
    )
    events: list[Event] = field(default_factory=list)

    def play(self, event: Event) -> Event:
        """What the function shall do with the event."""
        self.events.append(event)
        reply = self.replies.get(event["triggerSource"].partition("_")[0])
        try:
            response = reply(event) if reply else {}
        except ValueError as error:
            return {"error": str(error)}
        return {"returned": {**event, "response": response}}

    def refuse(self, trigger: str, message: str) -> None:
        """From now on the trigger raises an error."""

        def reply(_: Event) -> Event:
            raise ValueError(message)

        self.replies[trigger] = reply

    def sources(self) -> list[str]:
        """The sources of all events so far."""
        return [event["triggerSource"] for event in self.events]


@dataclass(frozen=True)
class Pool:
    """A pool, one client of it, and how a user of it signs in."""

    cognito: Any
    id: str
    arn: str
    client_id: str

    def sign_up(self, username: str, **parameters: Any) -> dict[str, Any]:
        """SignUp without a password."""
        answer: dict[str, Any] = self.cognito.sign_up(ClientId=self.client_id, Username=username, **parameters)
        return answer

    def initiate(self, flow: str, **parameters: str) -> dict[str, Any]:
        """InitiateAuth."""
        answer: dict[str, Any] = self.cognito.initiate_auth(
            ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters
        )
        return answer

    def start(self, username: str) -> dict[str, Any]:
        """InitiateAuth that ends with a custom challenge."""
        return self.initiate("CUSTOM_AUTH", USERNAME=username)

    def respond(self, session: str, username: str, answer: str, **parameters: Any) -> dict[str, Any]:
        """RespondToAuthChallenge with an answer to a custom challenge."""
        answered: dict[str, Any] = self.cognito.respond_to_auth_challenge(
            ClientId=self.client_id,
            ChallengeName="CUSTOM_CHALLENGE",
            Session=session,
            ChallengeResponses={"USERNAME": username, "ANSWER": answer},
            **parameters,
        )
        return answered

    def sign_in(self, username: str) -> dict[str, Any]:
        """The tokens of a user who knows the code."""
        tokens: dict[str, Any] = self.respond(self.start(username)["Session"], username, "123456")[
            "AuthenticationResult"
        ]
        return tokens

    def add_client(self, **settings: Any) -> str:
        """The id of another client."""
        client = self.cognito.create_user_pool_client(UserPoolId=self.id, ClientName="another", **settings)
        client_id: str = client["UserPoolClient"]["ClientId"]
        return client_id


class _Stage(ThreadingHTTPServer):
    request_queue_size = 128  # the default of 5 resets connections when many functions ask at once
    script: Script


class _Prompter(BaseHTTPRequestHandler):
    server: _Stage

    def do_POST(self) -> None:
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps(self.server.script.play(event)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def stage() -> Iterator[_Stage]:
    with _Stage(("127.0.0.1", 0), _Prompter) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def script(stage: _Stage) -> Script:
    stage.script = Script()
    return stage.script


@pytest.fixture(scope="session")
def client_for(cloud: Endpoint) -> Callable[..., Any]:
    """Make a boto3 client of a service, by default in the tests' region and the default account."""

    def make(service: str, region: str = REGION, account_id: str = "000000000000") -> Any:
        create: Callable[..., Any] = boto3.client
        client = create(
            service,
            endpoint_url=cloud.endpoint_url,
            region_name=region,
            aws_access_key_id=account_id,
            aws_secret_access_key="-",
            config=Config(retries={"total_max_attempts": 1}, max_pool_connections=50),
        )
        _ = client.exceptions  # else made at the first refusals, by two threads at once two of each (botocore)
        return client

    return make


@pytest.fixture(scope="session")
def cognito(client_for: Callable[..., Any]) -> Any:
    return client_for("cognito-idp")


@pytest.fixture(scope="session")
def trigger_arn(client_for: Callable[..., Any], stage: _Stage) -> Iterator[str]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("trigger.py", FUNCTION)
    functions = client_for("lambda")
    created = functions.create_function(
        FunctionName="cognito-trigger",
        Runtime="python3.13",
        Handler="trigger.handler",
        Role="arn:aws:iam::000000000000:role/trigger",
        Code={"ZipFile": archive.getvalue()},
        Environment={"Variables": {"SCRIPT_URL": f"http://127.0.0.1:{stage.server_port}"}},
    )
    functions.get_waiter("function_active_v2").wait(FunctionName="cognito-trigger")
    yield created["FunctionArn"]
    functions.delete_function(FunctionName="cognito-trigger")


def _create_pool(cognito: Any, client: dict[str, Any] | None = None, **settings: Any) -> Pool:
    pool = cognito.create_user_pool(PoolName="tests", **settings)["UserPool"]
    created = cognito.create_user_pool_client(UserPoolId=pool["Id"], ClientName="tests", **client or {})
    return Pool(cognito, pool["Id"], pool["Arn"], created["UserPoolClient"]["ClientId"])


def _create_code_pool(cognito: Any, trigger_arn: str, **client: Any) -> Pool:
    return _create_pool(
        cognito,
        UsernameAttributes=["email", "phone_number"],
        LambdaConfig=dict.fromkeys(TRIGGERS, trigger_arn),
        client={"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], **client},
    )


@pytest.fixture
def made_pools(cognito: Any) -> Iterator[list[Pool]]:
    """List the pools to delete after the test."""
    made: list[Pool] = []
    yield made
    for pool in made:
        cognito.delete_user_pool(UserPoolId=pool.id)


@pytest.fixture
def make_pool(cognito: Any, made_pools: list[Pool]) -> Callable[..., Pool]:
    """Make pools with one client each; `client` has the client's settings, the others are the pool's."""

    def make(client: dict[str, Any] | None = None, **settings: Any) -> Pool:
        made_pools.append(_create_pool(cognito, client, **settings))
        return made_pools[-1]

    return make


@pytest.fixture
def make_code_pool(cognito: Any, trigger_arn: str, script: Script, made_pools: list[Pool]) -> Callable[..., Pool]:
    """Make pools whose users have e-mail addresses or phone numbers for names, and sign in with a code only."""

    def make(**client: Any) -> Pool:
        made_pools.append(_create_code_pool(cognito, trigger_arn, **client))
        return made_pools[-1]

    return make


@pytest.fixture(scope="session")
def lasting_code_pool(cognito: Any, trigger_arn: str) -> Iterator[Pool]:
    pool = _create_code_pool(cognito, trigger_arn)
    yield pool
    cognito.delete_user_pool(UserPoolId=pool.id)


@pytest.fixture
def code_pool(lasting_code_pool: Pool, cognito: Any, script: Script) -> Iterator[Pool]:
    """Give a pool as `make_code_pool` makes them, always the same and always empty: to make one takes long."""
    pool = lasting_code_pool
    yield pool
    for user in cognito.list_users(UserPoolId=pool.id)["Users"]:
        cognito.admin_delete_user(UserPoolId=pool.id, Username=user["Username"])
    for group in cognito.list_groups(UserPoolId=pool.id)["Groups"]:
        cognito.delete_group(UserPoolId=pool.id, GroupName=group["GroupName"])

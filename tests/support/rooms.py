"""A room, the bar behind its gate, and requests as they come there."""

from gate.bar import Bar
from gate.room import Room
from gate.rules.asked import Asked

ENDPOINT = "http://127.0.0.1:4566"
ROOM = Room("192.168.1.20", 4443)
PLAIN_ROOM = Room("192.168.1.20", 4443, is_plain=True)
BAR = Bar(
    endpoint=ENDPOINT,
    region="us-east-1",
    api_url=f"{ENDPOINT}/_aws/execute-api/an-api/api",
    realtime_url="ws://127.0.0.1:4566/_aws/execute-api/a-socket/api",
    pages_url=f"{ENDPOINT}/the-pages",
    pool_id="us-east-1_pool",
    client_id="the-bars-client",
    pages=frozenset({"backstage", "barista", "display", "order"}),
)
TOKEN = "a-head.a-body.a-signature"
COGNITO = "AWSCognitoIdentityProviderService."


def asked(method: str, target: str, body: bytes = b"", /, **headers: str) -> Asked:
    """A request of a browser's; a header's name has `_` for `-`, and an empty value takes the header away."""
    sent = {"Host": ROOM.authority, **({"Content-Length": str(len(body))} if body else {})}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Asked(method, target, tuple((name, value) for name, value in sent.items() if value), body)

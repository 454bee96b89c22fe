"""LocalStack's side of it: where the server is, who is told so, and when all requests shall go through LocalStack."""

from typing import Any

from localstack.utils.net import get_free_tcp_port
from requests import Session
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from local_cloud.plugins.dynamodb.items_server.routing import DETOUR
from local_cloud.plugins.gateway.recording_endpoint import Noted

VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB"
TIMEOUT_S = 5
# The server may just be starting.
PATIENCE = Retry(connect=6, backoff_factor=0.1, allowed_methods=None)


class ItemsServerAddress:
    """Where functions ask for items: nowhere before DynamoDB Local is started, which begins with its command line."""

    def __init__(self) -> None:
        self._port: int | None = None
        self._detours: set[int] = set()

    @property
    def variables(self) -> dict[str, str]:
        """What a function's environment says of it."""
        return {VARIABLE: self._url} if self._port else {}

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def options(self, gateway: str) -> list[str]:
        """Return what DynamoDB Local's process has to know of it, whenever one is started."""
        self._port = self._port or get_free_tcp_port()
        detour = ["--detour"] if self._detours else []
        return ["--items-port", str(self._port), "--gateway", gateway, *detour]

    def take_detour(self, reason: object) -> None:
        """Have all requests go through LocalStack, until each reason for it has ended."""
        self._detours.add(id(reason))
        self._tell("PUT")

    def end_detour(self, reason: object) -> None:
        """The reason has ended; does nothing where it was none."""
        self._detours.discard(id(reason))
        if not self._detours:
            self._tell("DELETE")

    def _tell(self, method: str) -> None:
        if self._port:
            with Session() as session:
                session.mount(self._url, HTTPAdapter(max_retries=PATIENCE))
                session.request(method, self._url + DETOUR, timeout=TIMEOUT_S).raise_for_status()


ITEMS_SERVER = ItemsServerAddress()


class NotedInLocalStack:
    """Something that notes what passes through LocalStack: while it does, functions' requests for items do."""

    def __init__(self, noted: Noted) -> None:
        self._noted = noted

    def begin(self) -> None:
        """Note from now on."""
        ITEMS_SERVER.take_detour(self)
        self._noted.begin()

    def end(self) -> None:
        """Note no more."""
        self._noted.end()
        ITEMS_SERVER.end_detour(self)

    @property
    def reading(self) -> Any:
        """What was noted."""
        return self._noted.reading

"""The gate itself: between the network and LocalStack's gateway."""

import logging
from collections.abc import Collection
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from rolo import Response
from rolo.gateway import Gateway
from rolo.websocket import WebSocketRequest

from local_cloud.plugins.gateway.browser_gate.allowed_origins import VARIABLE, AllowedOrigins
from local_cloud.plugins.gateway.browser_gate.destinations import NetworkRequest, destination
from local_cloud.plugins.gateway.browser_gate.rule import Asked, Destination, refusal
from local_cloud.plugins.gateway.handshake_refusals import refuse_handshake

LOG = logging.getLogger(__name__)

DESTINATION = "local_cloud.destination"
HOW_TO_LET_IN = f"{VARIABLE} names further origins and hosts that the cloud answers, separated by commas."


class BrowserGate(Gateway):  # type: ignore[misc]  # rolo has no types
    """Hands requests on to a gateway, but for those that the rule refuses; handshakes come through `process` too.

    Args:
        gateway: LocalStack's.
        ports: those it is served on.
        allowed: what the user lets in beside the cloud's own pages.
    """

    def __init__(self, gateway: Gateway, ports: Collection[int], allowed: AllowedOrigins) -> None:
        super().__init__()
        self._gateway = gateway
        self._ports = ports
        self._allowed = allowed

    def process(self, request: NetworkRequest, response: Response) -> None:
        """Answer a request. What fails here is answered by nobody."""

        @cache
        def found() -> Destination:
            request.environ[DESTINATION] = leads_to = destination(request)
            return leads_to

        request.environ[DESTINATION] = None
        if reason := refusal(asked_by(request), self._ports, self._allowed, found):
            refuse(request, response, reason)
            if isinstance(request, WebSocketRequest) and not refuse_handshake(request, response):
                response.status_code = 101  # for rolo: nothing is left to be sent
        else:
            self._gateway.process(request, response)


def asked_by(request: NetworkRequest) -> Asked:
    """What the rule has to know of a request."""
    line: str = request.environ.get("RAW_URI") or "/"
    of_line = () if line.startswith("/") else (urlsplit(line).netloc,)
    return Asked(
        method=request.method.upper(),
        scheme=request.scheme,
        hosts=(*request.headers.getlist("Host"), *of_line),
        origins=tuple(request.headers.getlist("Origin")),
        fetch_sites=tuple(request.headers.getlist("Sec-Fetch-Site")),
        parameters=request.args.keys(),
    )


def refuse(request: NetworkRequest, response: Response, reason: str) -> None:
    """Answer 403 and say why, to the user too, whose page it may be."""
    LOG.warning("Refused %s %r: %s. %s", request.method, request.path[:100], reason, HOW_TO_LET_IN)
    response.status_code = 403
    response.set_json({"message": f"{reason}. {HOW_TO_LET_IN}"})


def has_passed_gate(request: Any) -> bool:
    """Whether a request came from the network, rather than from within LocalStack's process."""
    return DESTINATION in request.environ


def seen_destination(request: Any) -> Destination | None:
    """What it leads to, if the gate had to find out."""
    return request.environ.get(DESTINATION)  # type: ignore[no-any-return]

"""Opens connections: asks whether a client may connect, and takes over its socket if it may.

Runs in the thread that LocalStack gives each HTTP request; only `_open` acts in Twisted's reactor thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import BoundedSemaphore

from rolo import Response
from rolo.websocket import WebSocketRequest
from twisted.internet import reactor
from twisted.internet.threads import blockingCallFromThread, deferToThreadPool
from twisted.python.threadpool import ThreadPool

from local_cloud.plugins.apigatewayv2.addresses import domain_name
from local_cloud.plugins.apigatewayv2.admission import Admission, Applicant, admit
from local_cloud.plugins.apigatewayv2.answers import HandshakeRefusedError, error_body
from local_cloud.plugins.apigatewayv2.connection import Connection
from local_cloud.plugins.apigatewayv2.connections import Connections
from local_cloud.plugins.apigatewayv2.conversation import Conversation
from local_cloud.plugins.apigatewayv2.events import (
    ConnectionFacts,
    HandshakeRequest,
    Occurrence,
    Pairs,
    new_id,
    now,
)
from local_cloud.plugins.apigatewayv2.farewell import ABNORMAL
from local_cloud.plugins.apigatewayv2.limits import Limits
from local_cloud.plugins.apigatewayv2.stage_registry import StageRegistry
from local_cloud.plugins.apigatewayv2.stages import Stage
from local_cloud.plugins.gateway.handshake_refusals import refuse_handshake
from local_cloud.plugins.iam.signature import SentRequest

_OF_THIS_HOP = frozenset(("connection", "upgrade"))


class Handshakes:
    """The endpoint of WebSocket upgrade requests.

    At most `at_a_time` are being decided. Each holds one of LocalStack's request threads until its function has
    answered, and functions need such threads as well: so the others are refused, with AWS's status for too many.
    """

    def __init__(
        self, stages: StageRegistry, connections: Connections, workers: ThreadPool, limits: Limits, at_a_time: int
    ) -> None:
        self._stages = stages
        self._connections = connections
        self._workers = workers
        self._limits = limits
        self._places = BoundedSemaphore(at_a_time)

    def __call__(self, request: WebSocketRequest, api_id: str, stage: str, **_host: str) -> Response:
        """Open the connection, or refuse it. What this returns was sent already."""
        occurrence = now()
        connection_id = new_id()
        try:
            target = self._live_stage(api_id, stage)
            applicant = _applicant(request, target, connection_id, occurrence)
            with self._place():
                admission = self._in_worker(target, applicant)
            blockingCallFromThread(reactor, self._open, request, target, admission)
        except HandshakeRefusedError as refusal:
            body = error_body(str(refusal), connection_id, occurrence.request_id)
            response = Response(body, refusal.status, mimetype="application/json")
            if refuse_handshake(request, response):
                return response
        return Response(status=HTTPStatus.SWITCHING_PROTOCOLS)  # for LocalStack: nothing is left to be sent

    def _live_stage(self, api_id: str, name: str) -> Stage:
        if target := self._stages.live(api_id, name):
            return target
        raise HandshakeRefusedError(HTTPStatus.FORBIDDEN)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise HandshakeRefusedError(HTTPStatus.TOO_MANY_REQUESTS)
        try:
            yield
        finally:
            self._places.release()

    def _in_worker(self, target: Stage, applicant: Applicant) -> Admission:
        admission: Admission = blockingCallFromThread(
            reactor, deferToThreadPool, reactor, self._workers, admit, target, applicant
        )
        return admission

    def _open(self, request: WebSocketRequest, target: Stage, admission: Admission) -> None:
        """Accept the handshake. The stage may be gone by now, and so may the client, of whom $connect knows already."""
        if self._stages.live(target.api.id, target.name) is not target:
            raise HandshakeRefusedError(HTTPStatus.FORBIDDEN)
        conversation = Conversation(target, self._workers, self._connections.discard)
        connection = Connection(admission.facts, self._limits, conversation)
        conversation.begin(connection)
        channel = request.socket.channel
        if channel.closed:
            conversation.ended(ABNORMAL)
            return
        request.accept(admission.subprotocol)
        connection.take_over(channel)
        self._connections.add(connection)


def _applicant(request: WebSocketRequest, target: Stage, connection_id: str, occurrence: Occurrence) -> Applicant:
    facts = ConnectionFacts(
        api_id=target.api.id,
        stage=target.name,
        connection_id=connection_id,
        connected_at=occurrence.at,
        domain_name=domain_name(target.api.id, target.api.region),
        source_ip=request.remote_addr or "",
        user_agent=request.headers.get("User-Agent", ""),
    )
    offered = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
    return Applicant(
        facts,
        occurrence,
        HandshakeRequest(_headers(request), tuple(request.args.items(multi=True))),
        SentRequest.to(request.environ["RAW_URI"], "GET", request.headers),
        [name.strip() for name in offered if name.strip()],
    )


def _headers(request: WebSocketRequest) -> Pairs:
    """The request's headers as API Gateway passes them on, itself being a proxy."""
    received = [(name, value) for name, value in request.headers if name.lower() not in _OF_THIS_HOP]
    _, port = request.server
    forwarded = {"For": request.remote_addr, "Port": str(port), "Proto": request.scheme}
    return (*received, *((f"X-Forwarded-{name}", value) for name, value in forwarded.items()))

"""Tells a stage's functions what one client does, in order, and the client what they answer.

Lives in Twisted's reactor thread; the functions are called in the worker threads that all conversations share.
"""

import logging
from collections.abc import Callable

from twisted.internet import reactor
from twisted.internet.defer import Deferred, DeferredLock
from twisted.internet.threads import deferToThreadPool
from twisted.python.failure import Failure
from twisted.python.threadpool import ThreadPool

from local_cloud.plugins.apigatewayv2.answers import MalformedAnswerError, error_body, reply
from local_cloud.plugins.apigatewayv2.connection import Connection
from local_cloud.plugins.apigatewayv2.events import ConnectionFacts, disconnect_event, message_event, now
from local_cloud.plugins.apigatewayv2.farewell import Farewell
from local_cloud.plugins.apigatewayv2.functions import (
    FunctionFailedError,
    FunctionTimedOutError,
    FunctionUnavailableError,
    call_route,
)
from local_cloud.plugins.apigatewayv2.routing import DISCONNECT, Route
from local_cloud.plugins.apigatewayv2.stages import Stage

LOG = logging.getLogger(__name__)

# A client that sends faster than the functions work is not read from while this many of its messages wait.
_WAITING_MESSAGES = 16


class Conversation:
    """What a connection's client says, put to the stage's functions one message after the other."""

    def __init__(self, stage: Stage, workers: ThreadPool, on_end: Callable[[Connection], None]) -> None:
        self._stage = stage
        self._workers = workers
        self._on_end = on_end
        self._turn = DeferredLock()
        self._reading = True

    def begin(self, connection: Connection) -> None:
        """Speak to this client from now on."""
        self._connection = connection

    def heard(self, text: str) -> None:
        """Put a message to its route's function after all earlier ones, and send what comes back."""
        answering = self._turn.run(self._in_worker, message_reply, self._stage, self._connection.facts, text)
        answering.addErrback(_log_failure).addCallback(self._answered)
        if self._reading and len(self._turn.waiting) >= _WAITING_MESSAGES:
            self._reading = False
            self._connection.pause_reading()

    def ended(self, farewell: Farewell) -> None:
        """Tell the route $disconnect, after all messages."""
        self._on_end(self._connection)
        telling = self._turn.run(self._in_worker, tell_disconnect, self._stage, self._connection.facts, farewell)
        telling.addErrback(_log_failure)

    def _in_worker(self, *call: object) -> Deferred:
        return deferToThreadPool(reactor, self._workers, *call)

    def _answered(self, text: str | None) -> None:
        if text is not None:
            self._connection.send(text)
        if not self._reading and len(self._turn.waiting) < _WAITING_MESSAGES // 2:
            self._reading = True
            self._connection.resume_reading()


def message_reply(stage: Stage, facts: ConnectionFacts, text: str) -> str | None:
    """What the client gets back for a message: the function's answer if the route is two-way, or an error."""
    occurrence = now()
    route = stage.deployment.routing.of_message(text) if stage.deployment else None
    if route is None:
        return error_body("Forbidden", facts.connection_id, occurrence.request_id)
    try:
        answer = reply(call_route(stage, route, message_event(facts, occurrence, route.key, text)))
    except FunctionTimedOutError as error:
        LOG.warning("Route %s of WebSocket API %s: %s", route.key, facts.api_id, error)
        return error_body("Endpoint request timed out", facts.connection_id, occurrence.request_id)
    except (FunctionFailedError, FunctionUnavailableError, MalformedAnswerError) as error:
        LOG.warning("Route %s of WebSocket API %s: %s", route.key, facts.api_id, error)
        return error_body("Internal server error", facts.connection_id, occurrence.request_id)
    return answer if route.two_way else None


def tell_disconnect(stage: Stage, facts: ConnectionFacts, farewell: Farewell) -> None:
    """Call the route $disconnect, if there is one. Nobody is left to hear of a failure but the log."""
    route: Route | None = stage.deployment.routing.routes.get(DISCONNECT) if stage.deployment else None
    if route is None:
        return
    try:
        call_route(stage, route, disconnect_event(facts, now(), farewell))
    except (FunctionFailedError, FunctionTimedOutError, FunctionUnavailableError) as error:
        LOG.warning("Route $disconnect of WebSocket API %s: %s", facts.api_id, error)


def _log_failure(failure: Failure) -> None:
    LOG.error("A WebSocket's conversation broke: %s", failure.getTraceback())

"""One client's WebSocket, from the accepted handshake to the end. Lives in Twisted's reactor thread, and only there.

It takes the socket over from rolo, whose own handling needs a thread for each connection, gives messages away in
pieces, writes from any thread, and does not answer a close frame. wsproto does the protocol for both.
"""

import logging
from datetime import UTC, datetime
from typing import Any, Protocol

from rolo.serving.twisted import WebSocketChannel
from twisted.internet.protocol import Protocol as TwistedProtocol
from twisted.protocols.policies import ProtocolWrapper, TimeoutMixin
from wsproto import ConnectionState
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, Pong, TextMessage
from wsproto.utilities import RemoteProtocolError

from local_cloud.plugins.apigatewayv2.events import ConnectionFacts
from local_cloud.plugins.apigatewayv2.farewell import (
    ABNORMAL,
    BINARY_REFUSED,
    GOING_AWAY,
    TOO_BIG,
    Farewell,
    said_by_client,
)
from local_cloud.plugins.apigatewayv2.limits import Limits
from local_cloud.plugins.apigatewayv2.messages import MessageAssembly, MessageTooBigError
from local_cloud.plugins.apigatewayv2.outbox import Outbox, OutboxFullError

LOG = logging.getLogger(__name__)

_CLOSE_SECONDS = 5.0  # for the client to answer our close frame


class Listener(Protocol):
    """Who hears what a client does."""

    def heard(self, text: str) -> None:
        """The client sent a message."""

    def ended(self, farewell: Farewell) -> None:
        """The connection is gone. Heard once, and last."""


class Connection(TwistedProtocol, TimeoutMixin):  # type: ignore[misc]  # Twisted has no types
    """A client's WebSocket; for Twisted it is a protocol, and a push producer as well."""

    def __init__(self, facts: ConnectionFacts, limits: Limits, listener: Listener) -> None:
        self.facts = facts
        self.last_active_at = facts.connected_at
        self._limits = limits
        self._listener = listener
        self._assembly = MessageAssembly(limits)
        self._farewell: Farewell | None = None
        self._timers: list[Any] = []

    @property
    def closing(self) -> bool:
        """Whether either side has said farewell."""
        return self._farewell is not None

    def take_over(self, channel: WebSocketChannel) -> None:
        """Take the accepted handshake's socket. Only rolo's way of serving with Twisted has such a channel."""
        request = channel.request
        self._http = request.channel
        self._wsproto = channel.wsproto
        transport = request.transport
        self._outbox = Outbox(transport.write, self._limits.unread_bytes)
        if isinstance(transport, ProtocolWrapper):
            transport.wrappedProtocol = self
        else:
            transport.protocol = self
        request.registerProducer(self, True)  # so that pauseProducing is called when the client reads too slowly
        self.makeConnection(transport)
        self.setTimeout(self._limits.idle_seconds)
        self._timers.append(self.callLater(self._limits.duration_seconds, lambda: self.close(GOING_AWAY)))

    def send(self, text: str) -> None:
        """Send a message, unless the connection is ending. A client that leaves too much unread is cut off."""
        if not self.closing:
            self._active()
            self._write(TextMessage(text))

    def close(self, farewell: Farewell) -> None:
        """End the connection from our side. Ending it twice changes nothing."""
        if self.closing:
            return
        self._farewell = farewell
        self._timers.append(self.callLater(_CLOSE_SECONDS, self.transport.abortConnection))
        self._write(CloseConnection(farewell.code, farewell.reason))

    def pause_reading(self) -> None:
        """Leave what the client sends in the network."""
        self.transport.pauseProducing()

    def resume_reading(self) -> None:
        """Read again."""
        self.transport.resumeProducing()

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name, as those below
        """Handle what the client sent."""
        if self._wsproto.state not in (ConnectionState.OPEN, ConnectionState.LOCAL_CLOSING):
            return
        self._active()
        try:
            self._wsproto.receive_data(data)
            for event in self._wsproto.events():
                self._handle(event)
        except MessageTooBigError:
            self.close(TOO_BIG)
        except RemoteProtocolError as error:
            self.close(Farewell(1002, str(error)))

    def timeoutConnection(self) -> None:  # noqa: N802
        """End a connection on which nothing happened for too long."""
        self.close(GOING_AWAY)

    def pauseProducing(self) -> None:  # noqa: N802
        """The network takes no more for now."""
        self._outbox.hold()

    def resumeProducing(self) -> None:  # noqa: N802
        """The network takes more."""
        self._outbox.release()

    def stopProducing(self) -> None:  # noqa: N802
        """The network takes nothing ever again; connectionLost follows."""

    def connectionLost(self, reason: Any = None) -> None:  # noqa: N802
        """Tidy up. The socket is gone, whether anybody said farewell or not."""
        self.setTimeout(None)
        for timer in self._timers:
            if timer.active():
                timer.cancel()
        self._http.connectionLost(reason)
        self._farewell = self._farewell or ABNORMAL
        self._listener.ended(self._farewell)

    def _handle(self, event: Event) -> None:
        match event:
            case CloseConnection():
                self._client_closes(event)
            case _ if self.closing:
                pass
            case Ping():
                self._write(Pong(event.payload))
            case TextMessage():
                message = self._assembly.add(
                    event.data, frame_finished=event.frame_finished, message_finished=event.message_finished
                )
                if message is not None:
                    self._listener.heard(message)
            case BytesMessage():
                self.close(BINARY_REFUSED)

    def _client_closes(self, event: CloseConnection) -> None:
        """Answer a close frame, or take the answer to ours. A frame that breaks the protocol looks the same."""
        if self._wsproto.state is ConnectionState.OPEN:
            self.close(Farewell(event.code, event.reason or ""))
        self._farewell = self._farewell or said_by_client(event.code, event.reason)
        if self._wsproto.state is ConnectionState.REMOTE_CLOSING:
            self._write(event.response())
        self._http.loseConnection()

    def _write(self, event: Event) -> None:
        try:
            self._outbox.put(self._wsproto.send(event))
        except OutboxFullError:
            LOG.warning("The client of WebSocket %s does not read: cut off", self.facts.connection_id)
            self._farewell = self._farewell or ABNORMAL
            self.transport.abortConnection()

    def _active(self) -> None:
        self.last_active_at = datetime.now(UTC)
        self.resetTimeout()

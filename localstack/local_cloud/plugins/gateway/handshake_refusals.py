"""Refuses WebSocket handshakes. rolo does so in a worker's thread, where it tears at connections that just open.

Must not be called in the reactor's thread, which it waits for.
"""

from rolo import Response
from rolo.websocket import WebSocketRequest
from twisted.internet import reactor
from twisted.internet.threads import blockingCallFromThread


def refuse_handshake(request: WebSocketRequest, response: Response) -> bool:
    """Answer the request and hang up; return whether the client was still there."""
    was_there: bool = blockingCallFromThread(reactor, _refuse, request, response)
    return was_there


def _refuse(request: WebSocketRequest, response: Response) -> bool:
    channel = request.socket.channel
    if channel.closed:
        return False
    http = channel.request.channel
    request.reject(response)
    http.loseConnection()
    return True

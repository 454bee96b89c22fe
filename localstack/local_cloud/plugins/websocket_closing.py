"""Ends a WebSocket connection as RFC 6455, section 5.5.1 has it, so that nobody waits for its end.

The server under LocalStack neither answers a client's Close frame nor ever closes the TCP connection: a browser then
takes ten seconds or more to see its socket closed, and sees it as an accident (code 1006).
"""

from typing import Any

from localstack.runtime import hooks
from localstack.utils.patch import patch
from rolo.serving.twisted import WebSocketChannel
from twisted.internet import reactor
from wsproto.connection import ConnectionState
from wsproto.events import CloseConnection


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def close_websockets_properly() -> None:
    """Extend what the server does when either side has closed a WebSocket."""
    patch(WebSocketChannel.close)(close)


def close(original: Any, channel: WebSocketChannel) -> None:
    """Answer the client's Close frame if that is owed, then close the TCP connection; from any thread."""
    if channel.closed:
        return
    transport = channel.request.channel.transport
    if channel.wsproto.state is ConnectionState.REMOTE_CLOSING:
        channel.wsSend(CloseConnection(code=1000))
    original(channel)
    reactor.callFromThread(transport.loseConnection)

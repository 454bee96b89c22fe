"""Twisted cuts the connection, or writes a bare status line, when a request's line or headers are too long or broken.

Ours answers in HTTP, whichever service was meant: 414, 431 or 400, in JSON that a page of any origin may read, and
reads on for a while what the client is still sending, so that its system does not throw the answer away. It keeps
nothing of that. What it lets pass is more than AWS does, whose own limits belong to the services.
"""

import json
from http import HTTPStatus

from rolo.gateway import Gateway
from rolo.serving.twisted import HeaderPreservingHTTPChannel, TwistedGateway
from twisted.web.http import Request, _GenericHTTPChannelProtocol

MAX_HEAD = 128 * 1024
"""Bytes of a request's line and headers that are kept until they are complete."""

LINGER = 10
"""Seconds in which a client that was refused may end what it is sending."""

TAKING_DATA = ("dataReceived", "lineReceived", "rawDataReceived", "lineLengthExceeded")
"""The methods by which Twisted hands a connection what arrives."""

REASONS = {
    HTTPStatus.BAD_REQUEST: "Bad request",
    HTTPStatus.REQUEST_URI_TOO_LONG: "Request URI too long",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "Request header fields too large",
}


def refusal(status: HTTPStatus) -> bytes:
    """Return a whole answer, after which the connection ends."""
    body = json.dumps({"message": REASONS[status]}).encode()
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Access-Control-Allow-Origin: *",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


class RefusingChannel(HeaderPreservingHTTPChannel):  # type: ignore[misc]  # rolo has no types
    """One connection. Where Twisted would drop it for a request that it does not take, the client is told why."""

    MAX_LENGTH = MAX_HEAD
    totalHeadersSize = MAX_HEAD  # noqa: N815 - Twisted's

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's
        """Be told of a line that is too long, or has not ended yet. There is no method before the first has."""
        is_first = not hasattr(self, "_command")
        self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG if is_first else HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _respondToBadRequestAndDisconnect(self) -> None:  # noqa: N802 - Twisted's
        """Be told of anything else that is wrong, too many or too long headers among it."""
        is_large = self._receivedHeaderSize > self.totalHeadersSize or self._receivedHeaderCount > self.maxHeaders
        self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE if is_large else HTTPStatus.BAD_REQUEST)

    def _refuse(self, status: HTTPStatus) -> None:
        self.__dict__.update(dict.fromkeys(TAKING_DATA, _ignore))
        self.transport.write(refusal(status))
        self.setTimeout(LINGER)
        self._networkProducer.unregisterProducer()
        if self.isSecure():
            self.transport.loseConnection()  # TLS says goodbye, and waits for the client to do so
        else:
            self.transport.loseWriteConnection()


def _ignore(_data: bytes) -> None:
    pass


class BoundedGateway(TwistedGateway):  # type: ignore[misc]  # rolo has no types
    """LocalStack's gateway as Twisted serves it, on such connections, which do not look into forms either.

    Twisted would read a whole form into memory, for nobody, and cut the connection where it is no good. And it would
    write out each request for an access log that goes nowhere, a twentieth of what the server computes for one.
    """

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.protocol = lambda: _GenericHTTPChannelProtocol(RefusingChannel())
        self._parsePOSTFormSubmission = False

    def log(self, request: Request) -> None:
        """Keep no access log: LocalStack has its own."""

"""How a connection ended, as both sides are told: a close code of RFC 6455, section 7.4, and a reason. Pure.

AWS documents none of the reasons. Those here are what its logs show: the first in aws/chalice#2060, the others in
events of the route $disconnect.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Farewell:
    """The code and the reason; both may be read in the event of the route $disconnect."""

    code: int
    reason: str


DELETED = Farewell(1000, "Connection Closed Normally")
GOING_AWAY = Farewell(1001, "Going away")
BINARY_REFUSED = Farewell(1003, "Binary frames are not supported")
WITHOUT_STATUS = Farewell(1005, "Client-side close frame status not set")
ABNORMAL = Farewell(1006, "Connection Closed Abnormally")
TOO_BIG = Farewell(1009, "Message too long")


def said_by_client(code: int, reason: str | None) -> Farewell:
    """What a client's close frame said, if anything."""
    return WITHOUT_STATUS if code == WITHOUT_STATUS.code else Farewell(code, reason or "")

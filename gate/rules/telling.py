"""What the room is told of the bar: addresses of the gate's instead of the local cloud's. Pure."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from gate.bar import Bar
from gate.room import Room

# Names, ids and rules, which lead nowhere by themselves.
AS_THEY_ARE = ("region", "userPoolId", "userPoolClientId", "eventBusName", "orderProcessorArn", "textMessages")

_JOURNEY_PATH = r"/(?P<bucket>[a-z0-9.-]{3,63})/journeys/%s\.html"


def room_configuration(written: Mapping[str, Any], bar: Bar, room: Room) -> dict[str, Any]:
    """`config.json` for the room: what is known to be good in it, and addresses of the gate's.

    Args:
        written: what the deployer wrote for pages on this machine.
    """
    return {
        **{name: written[name] for name in AS_THEY_ARE if name in written},
        "endpointUrl": f"{room.origin}/people",
        "apiUrl": f"{room.origin}/api",
        "realtimeUrl": f"{room.socket_origin}/realtime",
        "homeUrl": f"{room.origin}/",
        "local": {"lettersUrl": f"{room.origin}/letters", "textMessagesUrl": f"{room.origin}/text-messages"},
        "frontends": {name: room.page(name) for name in sorted(bar.pages)},
    }


def signed_journey(url: str, order_id: str, bar: Bar) -> str | None:
    """The path and query of the journey's page that the API gave out for an order.

    Args:
        url: from the API's answer.
        order_id: whose journey was asked for.

    Returns:
        None where it is anything else than a signed URL of that order's page in another bucket than the pages'.
    """
    parts = urlsplit(url)
    found = re.fullmatch(_JOURNEY_PATH % re.escape(order_id), parts.path, re.ASCII)
    if f"{parts.scheme}://{parts.netloc}" != bar.endpoint or not found:
        return None
    if f"{bar.endpoint}/{found['bucket']}" == bar.pages_url or "X-Amz-Signature=" not in f"&{parts.query}":
        return None
    return f"{parts.path}?{parts.query}"

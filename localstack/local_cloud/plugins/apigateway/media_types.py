"""Which media types are binary, and how a body goes into a function's event. Knows nothing of LocalStack.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
"""

import base64
from collections.abc import Iterable
from typing import Any


def is_binary(mime_type: str | None, binary_media_types: Iterable[str]) -> bool:
    """Return whether the API's binary media types cover this one.

    Arguments:
        mime_type: what Content-Type or Accept say; of several the first counts. Only `*/*` covers a missing one.
        binary_media_types: such as `image/png`, `image/*` and `*/*`.
    """
    asked = _parts((mime_type or "").partition(",")[0])
    return any(_covers(_parts(one), asked) for one in binary_media_types)


def _parts(mime_type: str) -> tuple[str, str]:
    """Split `image/png; q=1`: what kind, and which of it."""
    kind, _, subtype = mime_type.partition(";")[0].strip().lower().partition("/")
    return kind, subtype


def _covers(one: tuple[str, str], asked: tuple[str, str]) -> bool:
    return one == ("*", "*") or (all(asked) and all(mine in ("*", its) for mine, its in zip(one, asked, strict=True)))


def event_body(body: bytes, mime_type: str | None, binary_media_types: Iterable[str]) -> dict[str, Any]:
    """Return `body` and `isBase64Encoded` of a function's event; a request without Content-Type counts as JSON."""
    if not body:
        return {"body": None, "isBase64Encoded": False}
    if is_binary(mime_type or "application/json", binary_media_types):
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    return {"body": body.decode(errors="replace"), "isBase64Encoded": False}

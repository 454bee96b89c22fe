"""LocalStack writes a space in an object's key as `%20` in a bucket's notification, and escapes keys for EventBridge.

Ours writes `red+flower.jpg` for `red flower.jpg`, as form fields are encoded, for queues, topics and functions;
EventBridge gets the key as it is. Filters, whose special characters are to be percent-encoded, compare real keys.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any
from urllib.parse import quote_plus, unquote, unquote_plus

from localstack.runtime import hooks

from local_cloud.plugins.patches import replace

NOTIFICATIONS = "localstack.services.s3.notifications"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def encode_notification_keys() -> None:
    """LocalStack's hook: encode keys as S3 does."""
    replace(NOTIFICATIONS, "quote", _as_form_field, why="parity", upstream="727959fdac87", before="s3")
    replace(NOTIFICATIONS, "_matching_filter", _by_real_key, why="parity", upstream="ffe61a4cf9b4", before="s3")
    event_bridge = f"{NOTIFICATIONS}:EventBridgeNotifier"
    replace(event_bridge, "_get_event_payload", _unescaped, why="parity", upstream="424ef47b5c4f", before="s3")


def _as_form_field(_quote: Callable[..., str]) -> Callable[..., str]:
    def encode(key: str) -> str:
        return quote_plus(key, safe="/")

    return encode


def _by_real_key(matching: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(matching)
    def match(notification_filter: Any, key_name: str) -> bool:
        rules = ((notification_filter or {}).get("Key") or {}).get("FilterRules") or []
        real = [{**rule, "Value": unquote(rule.get("Value", ""))} for rule in rules]
        return matching({"Key": {"FilterRules": real}}, unquote_plus(key_name))

    return match


def _unescaped(payload: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(payload)
    def describe(ctx: Any, config_id: Any = None) -> Any:
        real = copy(ctx)
        real.key_name = unquote_plus(ctx.key_name)
        return payload(real, config_id)

    return describe

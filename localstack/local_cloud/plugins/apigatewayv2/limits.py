"""API Gateway's quotas for WebSocket APIs, those of time changeable for tests. Pure.

The figures are those of the API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API"
(apigateway-execution-service-websocket-limits-table.html).
"""

from collections.abc import Mapping
from dataclasses import dataclass

IDLE_VARIABLE = "LOCAL_CLOUD_WEBSOCKET_IDLE_SECONDS"
DURATION_VARIABLE = "LOCAL_CLOUD_WEBSOCKET_DURATION_SECONDS"


@dataclass(frozen=True)
class Limits:
    """What a connection may be and do; `unread_bytes` is ours: what waits for a client that does not read."""

    frame_bytes: int = 32 * 1024
    message_bytes: int = 128 * 1024
    idle_seconds: float = 10 * 60
    duration_seconds: float = 2 * 60 * 60
    unread_bytes: int = 1024 * 1024


def configured_limits(environment: Mapping[str, str]) -> Limits:
    """AWS's limits but for the times that `environment` sets.

    Raises:
        ValueError: one is no number above 0.
    """
    return Limits(
        idle_seconds=_seconds(environment, IDLE_VARIABLE, Limits.idle_seconds),
        duration_seconds=_seconds(environment, DURATION_VARIABLE, Limits.duration_seconds),
    )


def _seconds(environment: Mapping[str, str], variable: str, default: float) -> float:
    text = environment.get(variable) or str(default)
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise ValueError(f"{variable} must be a number of seconds above 0, not {text!r}")
    return seconds

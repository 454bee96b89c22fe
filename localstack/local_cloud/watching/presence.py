"""Whether the cloud is there. Knows nothing else of it."""

import httpx

from local_cloud.cloud_answers import HEALTH_PATH

PATIENCE_S = 30  # one that is busy is there all the same; one that does not run refuses at once


def is_ready(endpoint: str) -> bool:
    """Whether a local cloud answers at this address, and has started to its end."""
    try:
        return httpx.get(f"{endpoint}{HEALTH_PATH}", trust_env=False, timeout=PATIENCE_S).is_success
    except httpx.HTTPError:
        return False

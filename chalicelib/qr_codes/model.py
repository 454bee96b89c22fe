"""Five-minute QR codes and which of them is good now. Pure.

A code is the text on the display; the original calls it a token, as it does each of the drinks that a code is good for,
and so do the parameter, the fields and the refusals that callers know. Inside, a token is what somebody signed in with,
or waits by.

Times are ms since 1970. The bucket length and the code's size are the original's (reference: 5 minutes, 10 characters).
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.errors import Invalid

BUCKET_MS = 5 * 60 * 1000
GRACE_MS = 15 * 1000  # a scan just before the change must survive signing in (Q21)
KEEP_MS = 24 * 60 * 60 * 1000  # how long a row is kept after its end, for refunds and curiosity


@dataclass(frozen=True)
class Bucket:
    """One five-minute code of one shop.

    Attributes:
        limit: how many orders it makes, by what the shop says now; a code that is shown keeps none of its own.
        spent: how many it made already.
    """

    event_id: str
    bucket_id: int
    code: str
    limit: int
    spent: int = 0

    @property
    def drinks_left(self) -> int:
        """How many orders it still makes; none where the shop came to allow fewer than it made."""
        return max(0, self.limit - self.spent)

    @property
    def start_ts(self) -> int:
        """When the code begins to be shown."""
        return self.bucket_id * BUCKET_MS

    @property
    def end_ts(self) -> int:
        """The last millisecond in which it is shown."""
        return self.start_ts + BUCKET_MS - 1

    @property
    def expires_at(self) -> int:
        """When DynamoDB may delete the row, in seconds since 1970 as its TTL wants it."""
        return (self.end_ts + KEEP_MS) // 1000


def bucket_id(now: int) -> int:
    """The bucket that is shown at `now`."""
    return now // BUCKET_MS


def good_bucket_ids(now: int) -> tuple[int, ...]:
    """The buckets whose codes are accepted at `now`: the current one, and for a short while the one before."""
    current = bucket_id(now)
    in_grace = now - current * BUCKET_MS < GRACE_MS
    return (current, current - 1) if in_grace else (current,)


def is_good(bucket: int, now: int) -> bool:
    """Whether the bucket's code is accepted at `now`."""
    return bucket in good_bucket_ids(now)


def matching(buckets: Iterable[Bucket], code: str) -> Bucket:
    """The bucket that the scanned code belongs to.

    Raises:
        Invalid: `InvalidCode`.
    """
    for bucket in buckets:
        if hmac.compare_digest(bucket.code.encode(), code.encode()):
            return bucket
    raise Invalid("this code is not valid (any more); scan the one on the display again", "InvalidCode")


def view(bucket: Bucket) -> dict[str, Any]:
    """The bucket as the display gets it."""
    return {"code": bucket.code, **public_view(bucket)}


def public_view(bucket: Bucket) -> dict[str, Any]:
    """The bucket as the bus may know it: without its code (Q24)."""
    return {
        "eventId": bucket.event_id,
        "availableTokens": bucket.drinks_left,
        "startTs": bucket.start_ts,
        "endTs": bucket.end_ts,
    }

"""Reads LocalStack's log: why it died, and what it says now."""

import time
from collections.abc import Iterator
from pathlib import Path

from local_cloud.errors import LocalCloudError
from local_cloud.unusable_files import told_if_unusable

_POLL_INTERVAL_S = 0.2


def last_words(log: str) -> str:
    """Return the line that tells best why the process that wrote this log ended."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return next(iter(errors or reversed(lines)), "it said nothing")


def log_text(log: Path, follow: bool) -> Iterator[str]:
    """Yield what the log holds; with `follow` also what is added later, without end.

    Raises:
        LocalCloudError: there is no log, or none that can be read.
    """
    if not log.exists():
        raise LocalCloudError(f"There is no log {log}: this cloud was never started.")
    with told_if_unusable(log):
        file = log.open(errors="replace")
    with file:
        yield file.read()
        while follow:
            time.sleep(_POLL_INTERVAL_S)
            yield file.read()

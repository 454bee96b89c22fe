"""When the state is written: soon after it changed, and once more at the end.

Nothing tells of a change but the calls that make it, and what those set going. So all is looked at while calls come and
for a while after; what is as it was written last is not written again.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from local_cloud.plugins.state.snapshot import Snapshot

LOG = logging.getLogger(__name__)

INTERVAL_S = 1.0
"""Between two looks, at least: what a cloud that is killed may forget."""
PATIENCE = 15
"""A look may take this part of a processor's time: while one takes 200 ms of it, they come every 3 s. By the clock it
takes longer where others keep the machine busy, and all the more would be forgotten."""
ECHO_S = 15.0
"""How long after the last call something may still go on by itself."""


_READS = ("BatchGet", "Describe", "Get", "Head", "List", "Query", "Scan")
"""How operations begin that change nothing. A stream is read by GetRecords four times a second."""


def may_change(operation: str | None) -> bool:
    """Whether a call of this name may change something; None: it is no operation of AWS, as to an API's stage."""
    return operation is None or not operation.startswith(_READS)


class Saver(threading.Thread):
    """Writes a snapshot of all services that were loaded."""

    def __init__(self, snapshot: Snapshot, services: Callable[[], Iterable[Any]]) -> None:
        super().__init__(name="state-saver", daemon=True)
        self._snapshot = snapshot
        self._services = services
        self._ending = threading.Event()
        self._called = threading.Event()
        self._last_call = time.monotonic()
        self._complaints: set[str] = set()

    def note_call(self) -> None:
        """Something may change from now on."""
        self._last_call = time.monotonic()
        self._called.set()

    def run(self) -> None:
        """Look again and again, until `finish`."""
        pause = INTERVAL_S
        while not self._ending.wait(pause):
            self._called.clear()  # first: a call, or the end, that comes from now on is not slept through
            if time.monotonic() - self._last_call > ECHO_S and not self._ending.is_set():
                self._called.wait()
                continue
            begun = time.thread_time()
            self._save()
            pause = max(INTERVAL_S, PATIENCE * (time.thread_time() - begun))

    def finish(self) -> None:
        """Write what there is now, and nothing from then on."""
        self._ending.set()
        self._called.set()
        self.join()
        self._save()

    def _save(self) -> None:
        for service in self._services():
            try:
                self._snapshot.save(service)
            except Exception:
                self._complain(service.name())

    def _complain(self, service: str) -> None:
        """Say it once: it would be said each second."""
        if service not in self._complaints:
            self._complaints.add(service)
            LOG.exception(
                "the state of %s cannot be kept: it will be as it was before when the cloud is started again", service
            )

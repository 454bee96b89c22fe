"""When to put saves in, and what is told of what came of it. Knows neither files nor AWS."""

import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from local_cloud.errors import LocalCloudError
from local_cloud.watching.mistake import CloudAwayError

AWAY = "The cloud does not answer: what you save meanwhile is put in when it is back"
BACK = "The cloud answers again"
STAYS = "what runs stays as it was"
ENDED = "No longer watched; what runs stays as it is"
LONGEST_PAUSE = 64  # looks


class Followed(Protocol):
    """What is to be as the files say. Both deeds say what they did; what one did not do is still to be done."""

    def answers(self) -> bool:
        """Whether the cloud is there; quickly."""

    def catch_up(self) -> None:
        """Make all of it as the files say, whatever it is now.

        Raises:
            LocalCloudError: a file keeps it from that.
            CloudAwayError: the cloud does.
        """

    def put(self, saved: frozenset[Path]) -> None:
        """Put in what came of these files; all else is as it was put in last.

        Raises:
            LocalCloudError: a file keeps it from that.
            CloudAwayError: the cloud does.
        """


class Follower:
    """Takes saves as they come."""

    def __init__(self, followed: Followed, say: Callable[[str], None]) -> None:
        self._followed, self._say = followed, say
        self._behind = True  # what was saved before this began is not known
        self._away = False
        self._looks_to_wait, self._pause = 0, 1
        self._complaint = ""

    def take(self, saved: frozenset[Path]) -> None:
        """Put in what was saved, and what could not be put in before. Nobody's mistake ends it."""
        if not self._is_there() or not (saved or self._is_due()):
            return
        if saved:
            self._complaint = ""  # who saves is answered each time
        try:
            self._bring(saved)
        except CloudAwayError as error:
            self._behind = True
            self._wait_longer()
            self._complain(f"{error}; trying again")
        except LocalCloudError as error:
            self._complain(f"{error}; {STAYS}")
        except Exception as error:  # ours, or a kind of mistake that nobody thought of
            self._behind = True
            self._complain(f"{type(error).__name__}: {error}; the next save tries all of it again")

    def _bring(self, saved: frozenset[Path]) -> None:
        self._looks_to_wait = -1  # not again before the next save, unless the cloud is to blame
        if self._behind:
            self._followed.catch_up()
        else:
            self._followed.put(saved)
        self._behind, self._pause, self._complaint = False, 1, ""

    def _is_there(self) -> bool:
        there = self._followed.answers()
        if there == self._away:
            self._say(BACK if there else AWAY)
            self._away, self._behind, self._looks_to_wait = not there, True, 0
        return there

    def _is_due(self) -> bool:
        """Whether it is time to try again without a save."""
        if self._looks_to_wait > 0:
            self._looks_to_wait -= 1
        return self._looks_to_wait == 0

    def _wait_longer(self) -> None:
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self._looks_to_wait = self._pause

    def _complain(self, what: str) -> None:
        if what != self._complaint:  # the same at each look would be noise
            self._say(f"✗ {what}")
        self._complaint = what


def follow(batches: Iterable[frozenset[Path]], followed: Followed, say: Callable[[str], None]) -> None:
    """Take all that is saved, until somebody presses Ctrl-C or ends the process."""
    follower = Follower(followed, say)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started for it is ended, too
    try:
        for saved in batches:
            follower.take(saved)
    except KeyboardInterrupt:
        say(ENDED)
    finally:
        signal.signal(signal.SIGTERM, before)

"""What was broken and who waits for it, written down where a check finds it, and nobody reads it by accident."""

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

NAME = ".game-day"  # in the learner's folder
_WARNING = "# Sealed: it says what make break did. make check tells whether it is mended, make hint gives hints.\n"


@dataclass(frozen=True)
class Sealed:
    """One breakage that is not mended yet.

    Attributes:
        number: the breakage's.
        endpoint: the URL of the cloud in which the bar is.
        since: when it was broken, in ISO 8601 with the zone; when that began, as long as it is not done.
        orders: the ids of those that were caught in it, in the order in which they came.
        letters: entries that the orders' journeys lack until their dead letters are done (caught.entry_of).
    """

    number: int
    endpoint: str
    since: str
    orders: Sequence[str] = ()
    letters: Sequence[str] = ()

    @classmethod
    def in_folder(cls, folder: Path) -> Self | None:
        """What lies there; None where nothing is broken, or somebody spoilt it."""
        try:
            text = (folder / NAME).read_text(encoding="utf-8").partition("\n")[2]
            return cls(**json.loads(base64.b64decode(text)))
        except (OSError, ValueError, TypeError):
            return None

    def seal(self, folder: Path) -> None:
        """Write it down; who is killed meanwhile leaves the old or the new, whole."""
        text = base64.b64encode(json.dumps(asdict(self)).encode()).decode()
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"{NAME}.new"
        unfinished.write_text(f"{_WARNING}{text}\n", encoding="utf-8")
        unfinished.replace(folder / NAME)


def unseal(folder: Path) -> None:
    """Forget it: all is mended."""
    (folder / NAME).unlink(missing_ok=True)

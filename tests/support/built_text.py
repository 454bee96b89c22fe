"""The workshop's text as pages, built once for all tests of a run."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILT = ROOT / ".local" / "text"
LANGUAGES = ("en", "es")


def built_text() -> Path:
    """The folder with a folder for each language; `make test` has made it, so that this needs no network."""
    subprocess.run([ROOT / "tools" / "text"], check=True, timeout=600)  # one call at a time, by a lock of its own
    return BUILT

"""What the fast tests share: a bar in memory, and hypothesis without a database of its own."""

from io import StringIO

import pytest
from hypothesis import settings

from chalicelib.observability import logger
from tests.support.memory_bar import MemoryBar, open_bar

# No deadline: a test must not fail because the machine is busy.
settings.register_profile("unit", max_examples=50, database=None, deadline=None, print_blob=True)
settings.load_profile("unit")


@pytest.fixture
def bar() -> MemoryBar:
    """An open bar with a QR code for ten drinks and no order."""
    return open_bar()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the application logs, as text."""
    lines = StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", lines)
    return lines

"""What the fast tests share: a bar in memory and its API, and hypothesis without a database of its own."""

from io import StringIO
from pathlib import Path

import pytest
from hypothesis import settings

import app
from chalicelib import http
from chalicelib.observability import logger
from simulator.own_shop import app_settings
from tests.support.api import Api
from tests.support.memory_bar import MemoryBar, open_bar
from tests.support.memory_reports import MemoryInsights, MemoryJourneys
from tests.support.orders import NOW

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


@pytest.fixture
def api(bar: MemoryBar, monkeypatch: pytest.MonkeyPatch) -> Api:
    """The application's routes, on that bar."""
    for routes in ("orders", "qr_codes"):
        monkeypatch.setattr(f"chalicelib.{routes}.routes.bar", lambda: bar)
        monkeypatch.setattr(f"chalicelib.{routes}.routes.now_ms", lambda: NOW)
    for routes in ("shop", "insights"):
        monkeypatch.setattr(f"chalicelib.{routes}.routes.shop_store", lambda: bar.shops)
    monkeypatch.setattr(http, "settings", app_settings)
    monkeypatch.setattr("chalicelib.journeys.routes.bar", lambda: bar)
    monkeypatch.setattr("chalicelib.journeys.routes.journey_store", MemoryJourneys)
    monkeypatch.setattr("chalicelib.insights.routes.insight_store", MemoryInsights)
    return Api(app.app, str(Path(app.__file__).parent))

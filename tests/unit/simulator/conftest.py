"""What the simulator's tests share: a counter in memory, and robots who do not waste a test's time."""

from pathlib import Path

import pytest
from tenacity import wait_fixed

import app
from simulator.robots import barista, customer, opening_hours, running
from tests.support.api import Api
from tests.support.memory_bar import MemoryBar
from tests.support.orders import NOW
from tests.unit.simulator.memory_counter import MemoryCounter

A_MOMENT_S = 0.001


@pytest.fixture
def counter(bar: MemoryBar, monkeypatch: pytest.MonkeyPatch) -> MemoryCounter:
    for routes in ("orders", "qr_codes"):
        monkeypatch.setattr(f"chalicelib.{routes}.routes.bar", lambda: bar)
        monkeypatch.setattr(f"chalicelib.{routes}.routes.now_ms", lambda: NOW)
    monkeypatch.setattr("chalicelib.shop.routes.shop_store", lambda: bar.shops)
    return MemoryCounter(bar, Api(app.app, str(Path(app.__file__).parent)))


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer, "LOOKS_S", (A_MOMENT_S, A_MOMENT_S))
    monkeypatch.setattr(barista, "LOOKS_EVERY_S", A_MOMENT_S)
    monkeypatch.setattr(running, "LOOKS_EVERY_S", A_MOMENT_S)
    monkeypatch.setattr(opening_hours, "_BACK_OFF", wait_fixed(A_MOMENT_S))

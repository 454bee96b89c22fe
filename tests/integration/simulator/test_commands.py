"""The command lines as a person types them, and Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_cloud.testing import HEARS_CTRL_C

from simulator.probe.eventually import eventually
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from tests.integration.running_bar import CREDENTIALS

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "simulator" / "recordings" / "busy_ten_minutes.jsonl"
PATIENCE_S = 120
STEPS = [
    "The barista signs in",
    "The display shows a code",
    "A new customer signs up",
    "The customer signs in",
    "The customer scans the code",
    "The customer chooses as soon as the bar is ready",
    "The barista sees the order",
    "The barista makes it",
    "The barista calls it out",
    "The customer looks at the phone",
]

type Program = subprocess.Popen[str]


@contextmanager
def simulator(outputs_file: Path, *arguments: str) -> Iterator[Program]:
    """The command, as it runs in a terminal of its own; it is gone afterwards."""
    environment = {**os.environ, **CREDENTIALS, "BAR_OUTPUTS": str(outputs_file)}
    command = [sys.executable, "-m", "simulator", *arguments]
    program = subprocess.Popen(
        [*HEARS_CTRL_C, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with program:
        try:
            yield program
        except BaseException as error:
            program.kill()
            error.add_note(f"{' '.join(arguments)} said:\n{said(program)}")
            raise
        finally:
            program.kill()


def said(program: Program) -> str:
    """Everything it said until its end."""
    return program.communicate(timeout=PATIENCE_S)[0]


def test_order_tells_one_order_from_scan_to_cup_step_by_step(outputs_file: Path, shop: OwnShop) -> None:
    with simulator(outputs_file, "order", "--shop", shop.event_id) as program:
        text = said(program)
    assert program.returncode == 0, text
    told = [line.partition(" ms  ")[2].partition(":")[0] for line in text.splitlines()]
    assert told == STEPS, text
    assert (f"at {shop.event_id}" in text, "the order is COMPLETED, number 1" in text) == (True, True), text


def test_order_names_the_step_at_which_it_cannot_go_on(outputs_file: Path, shop: OwnShop) -> None:
    shop.barista.set_store(shop.event_id, is_open=False)
    with simulator(outputs_file, "order", "--shop", shop.event_id) as program:
        text = said(program)
    last = text.splitlines()[-1]
    assert (program.returncode, last.startswith("Error: The customer scans the code: "), "Traceback" in text) == (
        1,
        True,
        False,
    ), text


def test_play_plays_the_sample_to_its_end(outputs_file: Path, shop: OwnShop) -> None:
    events = len(SAMPLE.read_text().splitlines())
    with simulator(outputs_file, "play", str(SAMPLE), "--speed", "600", "--shop", shop.event_id) as program:
        text = said(program)
    assert (program.returncode, f"{events} events in" in text) == (0, True), text


def test_play_stops_at_ctrl_c_and_says_how_far_it_came(outputs_file: Path, shop: OwnShop, tmp_path: Path) -> None:
    line = {"detail-type": "Somebody.Sneezed", "time": "2026-01-01T00:00:00Z", "detail": {"eventId": shop.event_id}}
    path = tmp_path / "day.jsonl"
    path.write_text(json.dumps(line) + "\n" + json.dumps({**line, "time": "2026-01-02T00:00:00Z"}))
    with simulator(outputs_file, "play", str(path)) as program:
        assert program.stdout
        program.stdout.readline()  # it has begun
        program.send_signal(signal.SIGINT)
        text = said(program)
    assert (program.returncode, "of 2 events" in text, "Traceback" in text) == (130, True, False), text


def test_record_keeps_at_ctrl_c_what_it_heard(
    outputs_file: Path, shop: OwnShop, customer: Person, tmp_path: Path
) -> None:
    path = tmp_path / "day.jsonl"
    with simulator(outputs_file, "record", str(path), "--minutes", "60") as program:
        eventually(lambda: _assert(path.exists()))
        order_id = shop.scan(customer)
        eventually(lambda: _assert(order_id in path.read_text()))
        customer.cancel(order_id)
        program.send_signal(signal.SIGINT)
        text = said(program)
    assert (program.returncode, "events written to" in text) == (0, True), text
    assert "Validator.NewOrder" in path.read_text()


def test_record_overwrites_no_file(outputs_file: Path) -> None:
    with simulator(outputs_file, "record", str(SAMPLE)) as program:
        text = said(program)
    assert (program.returncode, "exists already" in text) == (1, True), text


def test_robots_go_home_at_ctrl_c_put_the_limits_back_and_say_what_is_left(outputs_file: Path, shop: OwnShop) -> None:
    before = shop.barista.admin_config(shop.event_id)
    arguments = ["--orders", "30", "--baristas", "0", "--shop", shop.event_id, "--speed", "20"]
    with simulator(outputs_file, "robots", *arguments) as program:
        eventually(lambda: _assert(bool(shop.barista.orders(shop.event_id, "SUBMITTED")["orders"])))
        assert shop.barista.admin_config(shop.event_id)["drinksPerBarcode"] == 30
        program.send_signal(signal.SIGINT)
        text = said(program)
    assert (program.returncode, "orders are left at the bar" in text, "Traceback" in text) == (130, True, False), text
    left = shop.barista.orders(shop.event_id, "SUBMITTED")["orders"]
    assert [order["orderId"] for order in left if order["orderId"] not in text] == []
    assert shop.barista.admin_config(shop.event_id) == before


def _assert(happened: bool) -> None:
    assert happened

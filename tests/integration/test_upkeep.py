"""Looking after the deployed bar from the command line: dead letters are seen, shown and done again; sweeps tell."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import boto3
import pytest

from simulator.outputs import Outputs
from simulator.probe.eventually import eventually
from simulator.probe.lost_orders import LONG_AGO_MS, LostOrders
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import People, Person
from simulator.probe.recorder import Recorder
from tests.integration.dead_letters import Letters
from tests.integration.running_bar import CREDENTIALS

ROOT = Path(__file__).parents[2]

type Upkeep = Callable[..., str]


@pytest.fixture
def upkeep(bar: Outputs) -> Upkeep:
    """`python -m upkeep`; gives what it said."""
    environment = {**os.environ, **CREDENTIALS, "AWS_ENDPOINT_URL": bar.endpoint_url, "COLUMNS": "200"}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "upkeep", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def give_up(aws: boto3.Session, bar: Outputs) -> Callable[[str], str]:
    """Writes the letter that Lambda writes when `record_journey` has failed at an event; gives SQS's id of it."""
    return Letters.of(aws, bar).write


def test_a_dead_letter_is_seen_shown_and_done_again_or_dropped_without_any_other(
    upkeep: Upkeep, give_up: Callable[[str], str], shop: OwnShop, customer: Person, recorder: Recorder
) -> None:
    order_id = shop.scan(customer)
    recorder.wait_for(order_id, "OrderProcessor.WorkflowStarted")
    letter, other = give_up(order_id), give_up(order_id)

    listed = upkeep("dead-letters")
    assert all(word in listed for word in (letter[:8], order_id, "record_journey", "the table was away"))
    assert json.loads(upkeep("dead-letters", "--show", letter[:8]))["requestPayload"]["detail"]["orderId"] == order_id

    # Only these two: the queue is of a bar that may hold somebody's letters.
    replayed = upkeep("dead-letters", "--replay", "--only", letter[:8]).splitlines()
    assert replayed == [f"{letter[:8]} serverlesspresso-local-record_journey: sent again"]
    left = upkeep("dead-letters")
    assert (letter[:8] in left, other[:8] in left) == (False, True)
    assert "1 dropped" in upkeep("dead-letters", "--drop", "--only", other)
    assert other[:8] not in upkeep("dead-letters")
    eventually(lambda: _assert("Somebody sneezed." in shop.barista.http.get(customer.journey(order_id)).text))


@pytest.mark.sweeps
def test_a_sweep_mends_and_says_nothing_of_a_healthy_order(
    upkeep: Upkeep, shop: OwnShop, people: People, lost_orders: LostOrders, recorder: Recorder
) -> None:
    healthy = shop.ordered(people.customer())["orderId"]
    lost = lost_orders.redeem_long_ago(shop.event_id, people.customer().user_id, LONG_AGO_MS)
    said = upkeep("sweep")
    recorder.wait_for(lost, "Validator.NewOrder")  # by this sweep, or by another test's, which then says so
    assert healthy not in said
    assert lost not in said or " announced again: " in next(line for line in said.splitlines() if lost in line)


def _assert(happened: bool) -> None:
    assert happened

"""Each breakage of a game day shows, is told apart from its half mended symptom, and can be mended.

On a cloud of its own, since a bar that is broken is nobody else's to test.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from deployer.dead_letters import QUEUE
from simulator.outputs import read_outputs
from tests.integration.deployer.checkout import Checkout
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import told_by
from upkeep.dead_letter_queue import DeadLetterQueue
from upkeep.replaying import Again
from upkeep.sweeping import sweep
from workshop.attempt import Attempt, RunningBar
from workshop.checks import game_day as checks
from workshop.checks.stage import Stage
from workshop.finding import Check, DoesNotHold
from workshop.game_day.breakages import COUNT, Patient, breakages
from workshop.game_day.game import GameDay
from workshop.game_day.sealed import Sealed
from workshop.running import Cloud, finished, matching, stage_of

CHECKS: Mapping[str, Check[Attempt]] = {one.title: one for step in checks.STEPS.values() for one in step}
SERVED, HEARS = "a new order begins, is numbered and ends", "who listens to a shop hears what happens there"
STORY, DEATH = "an order's story is kept", "an order whose execution dies is ended"
SWEPT, GOES_ON, LETTERS = "the bar is swept", "what was stuck goes on", "no dead letter is left, and none is lost"
AFTERWARDS = (GOES_ON, LETTERS)
# What is broken never comes, however long one waits; but with some, something has to come before.
IMPATIENT_S, BEHIND_SOMETHING_S, PATIENT_S = 4, 12, 40


@dataclass(frozen=True)
class OfPatience(Stage):
    """Waits as long as it is told to, whatever a check would."""

    patience_s: float = PATIENT_S

    def wait[T](self, look: Callable[[], T], within_s: float = PATIENT_S) -> T:
        return super().wait(look, self.patience_s)


@dataclass(frozen=True)
class OfCheckout:
    """Its deployer."""

    checkout: Checkout

    def planned(self) -> list[str]:
        return self.checkout.to_change()

    def up(self) -> None:
        done = self.checkout.deployer("up")
        assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True)
class Duty:
    """Whoever is on duty at the broken bar."""

    game: GameDay

    @property
    def sealed(self) -> Sealed:
        sealed = Sealed.in_folder(self.game.folder)
        assert sealed
        return sealed

    def sees(self, title: str, within_s: float = PATIENT_S) -> str:
        """What a check says; empty where it holds and has nothing to say."""
        attempt = self.game.attempt()
        own = attempt.bar.stage
        stage = OfPatience(own.orders, own.stepfunctions, own.machine, patience_s=within_s)
        attempt.bar = replace(attempt.bar, stage=stage)
        with attempt.clearing():
            try:
                return CHECKS[title].holds(attempt) or ""
            except DoesNotHold as finding:
                keeps_the_house_rules(finding, built=False)
                return told_by(finding)

    @property
    def patient(self) -> Patient:
        attempt = self.game.attempt()
        return Patient(attempt.bar, attempt.finished())


@pytest.fixture(scope="module")
def duty(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Duty:
    """At a bar that is as it is described before and after."""
    done = checkout.deployer("up", "--seed")
    assert done.returncode == 0, done.stdout + done.stderr
    folder: Path = tmp_path_factory.mktemp("my-bar")

    def meet() -> RunningBar:
        cloud = Cloud(read_outputs(checkout.root / ".local" / "outputs.json"))
        stage = stage_of(cloud, cloud.outputs.order_processor_arn)
        return RunningBar(cloud.outputs, stage, cloud.client, OfCheckout(checkout))

    return Duty(
        GameDay(folder, lambda: Attempt(folder, finished, matching, meet, meet=meet), lambda _: None, Random(1))
    )


def start_by_hand(duty: Duty) -> None:
    """Start the executions of those who wait, and leave the cause."""
    stage = duty.patient.bar.stage
    for order_id in duty.sealed.orders:
        order = stage.bar.orders.get(order_id)
        detail = {"eventId": order.event_id, "orderId": order_id, "userId": order.user_id}
        told = json.dumps({"detail-type": "by hand", "detail": detail})
        stage.stepfunctions.start_execution(stateMachineArn=stage.machine, input=told)
    assert stage.wait(lambda: all(stage.bar.orders.get(one).customer_token for one in duty.sealed.orders))


def sweep_by_hand(duty: Duty) -> None:
    """Mend those who wait, and leave the cause."""
    sweep(duty.patient.client("lambda"), duty.patient.function("sweep"))
    stage = duty.patient.bar.stage
    assert stage.wait(lambda: all(stage.bar.orders.get(one).customer_token for one in duty.sealed.orders))


def empty_the_queue(duty: Duty) -> None:
    """Mend the cause, and throw away what waits."""
    undo = breakages()[duty.sealed.number - 1].undo
    assert undo
    undo(duty.patient)
    queue = DeadLetterQueue(duty.patient.client("sqs"), QUEUE)
    with queue.opened() as letters:
        for letter in letters:
            queue.drop(letter)


def replay_twice(duty: Duty) -> None:
    """Do each letter again, and once more."""
    again = Again(*map(duty.patient.client, ("lambda", "stepfunctions", "dynamodbstreams")))
    queue = DeadLetterQueue(duty.patient.client("sqs"), QUEUE)
    with queue.opened() as letters:
        for letter in letters:
            again.do(letter.work)
            again.do(letter.work)
            queue.drop(letter)


BROKEN = {
    1: (HEARS, "it heard nothing", IMPATIENT_S),
    2: (SERVED, "nobody was asked for a drink", IMPATIENT_S),
    3: (DEATH, "its order is still CREATED", BEHIND_SOMETHING_S),
    4: (STORY, "its journey has none of them", IMPATIENT_S),
    5: (SERVED, "no barista was asked to make it", BEHIND_SOMETHING_S),
    6: (GOES_ON, "3 of 3 orders are still stuck", IMPATIENT_S),
    7: (SWEPT, "calls serverlesspresso-local-record_journey", IMPATIENT_S),
    8: (SERVED, "nobody was asked for a drink", IMPATIENT_S),
}
HALF_MENDED = {
    2: (start_by_hand, SERVED, "the orders that were stuck move again, but a new one does not"),
    4: (empty_the_queue, LETTERS, "the dead letters are gone, but"),
    6: (replay_twice, GOES_ON, "3 of them were begun twice"),
    7: (sweep_by_hand, SWEPT, "the orders that were stuck move again, but the next ones will wait"),
}


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_q43_what_is_broken_shows_is_told_from_a_mended_symptom_and_is_mended_with_those_who_wait(
    duty: Duty, number: int
) -> None:
    title, says, within_s = BROKEN[number]
    duty.game.break_it(number)
    assert says in duty.sees(title, within_s)
    if number in HALF_MENDED:
        half_mend, half_title, half_says = HALF_MENDED[number]
        half_mend(duty)
        assert half_says in duty.sees(half_title, PATIENT_S if half_title == GOES_ON else IMPATIENT_S)

    duty.game.mend()
    assert [said for one in (title, *AFTERWARDS) if (said := duty.sees(one)) and "begun twice" not in said] == []
    duty.game.end()


def test_behind_the_last_one_the_bar_is_as_it_is_described(duty: Duty) -> None:
    assert duty.sees("nothing else is changed") == ""
    client, name = duty.patient.client("lambda"), duty.patient.function("publish")
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=1)
    assert "reserved concurrency of function serverlesspresso-local-publish (1)" in duty.sees("nothing else is changed")
    client.delete_function_concurrency(FunctionName=name)

"""Breaking a bar, giving hints of what is broken, and mending it, whatever was killed half-way before.

Only a bar of this machine's: every client here is of the cloud in which the learner's bar was found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from chalicelib.identity.model import Caller
from chalicelib.orders.model import Order
from deployer.dead_letters import QUEUE
from deployer.desired import EVENT_LOG
from upkeep.dead_letter import Call
from upkeep.dead_letter_queue import DeadLetterQueue
from upkeep.replaying import Again
from upkeep.sweeping import sweep
from workshop.attempt import Attempt, RunningBar
from workshop.checks.game_day import HEALTH
from workshop.checks.stage import Visit
from workshop.finding import DoesNotHold, tried
from workshop.game_day.breakages import COUNT, Breakage, Patient, breakages
from workshop.game_day.caught import Caught, entry_of, letters_about, logged_events, order_of, recorded
from workshop.game_day.sealed import Sealed, unseal


class NotNow(Exception):
    """Nothing was broken or mended; the message says why, and what to do."""


@dataclass(frozen=True)
class GameDay:
    """What is broken at one bar, and by whom nobody says.

    Attributes:
        folder: the learner's.
        attempt: begins a trial of the bar that runs, as it is.
        check_own: raises Problem where what answers at a URL is not this checkout's local cloud.
        chance: chooses what to break.
    """

    folder: Path
    attempt: Callable[[], Attempt]
    check_own: Callable[[str], None]
    chance: Random

    @property
    def hints(self) -> Sequence[str] | None:
        """Those of what is broken; None where nothing is."""
        sealed = Sealed.in_folder(self.folder)
        return _breakage(sealed).hints if sealed else None

    def begin(self, number: int | None) -> None:
        """Break something, and write it down first.

        Args:
            number: which breakage; None for whichever chance chooses.

        Raises:
            NotNow: something is broken already, or the bar is not well to begin with.
            CannotBeTried: no bar runs.
            Problem: it is somebody else's.
        """
        if Sealed.in_folder(self.folder):
            told = "something is broken already, and not mended yet: make check says what does not work"
            raise NotNow(f"{told}; make solve MODULE=5c mends it")
        self._see_that_it_is_well()
        self.break_it(number or self.chance.randint(1, COUNT))

    def break_it(self, number: int) -> None:
        """Break that, at a bar that is well."""
        attempt = self.attempt()
        patient = Patient(attempt.bar, attempt.finished())
        sealed = Sealed(number, attempt.bar.outputs.endpoint_url, datetime.now(UTC).isoformat())
        sealed.seal(self.folder)
        caught = Caught(attempt.bar, lambda orders: replace(sealed, orders=list(orders)).seal(self.folder))
        _breakage(sealed).do(patient, caught)
        orders = [visit.order_id for visit in caught.visits]
        calls = [letter for letter in letters_about(attempt.bar, orders) if isinstance(letter.work, Call)]
        entries, now = [entry_of(letter.event) for letter in calls], datetime.now(UTC).isoformat()
        replace(sealed, orders=orders, letters=entries, since=now).seal(self.folder)

    def mend(self) -> str:
        """Put all right that was broken, with those who waited for it; says what it was.

        Raises:
            NotNow: nothing is broken.
            Problem: the bar is somebody else's.
            DoesNotHold: what is in the learner's folder cannot be deployed.
            SweepFailed: not all that was stuck could be mended.
        """
        sealed = Sealed.in_folder(self.folder)
        if sealed is None:
            raise NotNow("nothing is broken, or all of it is mended: make break breaks something")
        attempt = self.attempt()
        self.check_own(attempt.bar.outputs.endpoint_url)
        patient = Patient(attempt.bar, attempt.finished())
        if undo := _breakage(sealed).undo:
            undo(patient)
        attempt.bar.deployer.up()
        _replay(patient, sealed)
        sweep(patient.client("lambda"), patient.function("sweep"))
        if _is_another(attempt.bar, sealed):
            unseal(self.folder)  # nothing of it can be checked any more
        return _breakage(sealed).title

    def end(self) -> None:
        """Forget what was broken, and let those go home who waited for it: all is mended."""
        sealed = Sealed.in_folder(self.folder)
        if sealed is None:
            return
        bar = self.attempt().bar
        for order in _orders(bar, sealed):
            Visit(bar.stage, order.event_id, Caller(order.user_id), order.order_id).cancel()
        unseal(self.folder)

    def _see_that_it_is_well(self) -> None:
        attempt = self.attempt()
        self.check_own(attempt.bar.outputs.endpoint_url)
        with attempt.clearing():
            results = tried(HEALTH, attempt, lambda _: None)
        ailment: DoesNotHold | None = next((one.finding for one in results if one.finding), None)
        if ailment:
            told = f"the bar is not well as it is, so nothing was broken: {ailment.seen}"
            raise NotNow(f"{told}; make local puts the finished bar back, make local FRESH=1 begins it anew")


def _breakage(sealed: Sealed) -> Breakage:
    return breakages()[sealed.number - 1]


def _is_another(bar: RunningBar, sealed: Sealed) -> bool:
    """Whether it is not the bar that was broken, or that one was begun anew."""
    return sealed.endpoint != bar.outputs.endpoint_url or len(_orders(bar, sealed)) < len(sealed.orders)


def _orders(bar: RunningBar, sealed: Sealed) -> list[Order]:
    """The orders that were caught, as they are; without those that are gone with their bar."""
    return [order for order_id in sealed.orders if (order := order_of(bar, order_id))]


def _replay(patient: Patient, sealed: Sealed) -> None:
    """Do what the letters ask for, and what those asked for that somebody threw away: the bus's log has it yet."""
    clients = map(patient.client, ("lambda", "stepfunctions", "dynamodbstreams"))
    again, queue = Again(*clients), DeadLetterQueue(patient.client("sqs"), QUEUE)
    with queue.opened() as letters:
        ours = [letter for letter in letters if letter.order_id in sealed.orders]
        for letter in ours:
            again.do(letter.work)
            queue.drop(letter)
    lost = set(sealed.letters) - {entry_of(one.event) for one in ours}
    lost -= recorded(patient.bar, patient.project, sealed.orders)
    for order in _orders(patient.bar, sealed) if lost else ():
        for event in logged_events(patient.bar, EVENT_LOG, order):
            if entry_of(event) in lost:
                again.do(Call(patient.function("record_journey"), event))

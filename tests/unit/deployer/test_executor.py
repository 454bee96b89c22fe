"""Steps are done in their order, those of one kind at once, and a failure is told without hiding what was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest

from deployer.executor import execute
from deployer.planner import Step, Verb
from deployer.problem import Problem
from deployer.resources.resource import Adapter, Resource, State
from tests.unit.deployer.samples import offline_aws, quiet


@dataclass(frozen=True)
class Cup(Resource):
    kind = "cup"

    def state(self) -> State:
        return {}


@dataclass(frozen=True)
class Saucer(Cup):
    kind = "saucer"


@dataclass(frozen=True)
class Spoon(Cup):
    kind = "spoon"


class Kitchen(Adapter[Cup]):
    """Writes down what is asked of it; breaks what is called `broken`."""

    def __init__(self, during: Callable[[], Any] = lambda: None) -> None:
        super().__init__(offline_aws(), quiet)
        self.deeds: list[str] = []
        self.during = during

    def read(self, wanted: Cup) -> State | None:
        return None

    def create(self, wanted: Cup) -> None:
        self._do(f"create {wanted.title}", wanted)

    def update(self, wanted: Cup, differing: frozenset[str]) -> None:
        self._do(f"update {wanted.title} {sorted(differing)}", wanted)

    def delete(self, wanted: Cup) -> None:
        self._do(f"delete {wanted.title}", wanted)

    def _do(self, deed: str, wanted: Cup) -> None:
        self.during()
        if wanted.name == "broken":
            raise Problem("it fell")
        self.deeds.append(deed)


class Notes:
    """Who is told how the work goes."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def begins(self, steps: Sequence[Step]) -> None:
        self.told.append(f"begins {len(steps)}")

    def done(self, step: Step) -> None:
        self.told.append(f"done {step.title}")

    def failed(self, step: Step) -> None:
        self.told.append(f"failed {step.title}")


def run(steps: Sequence[Step], kitchen: Kitchen, *, keep_going: bool = False) -> Notes:
    notes = Notes()
    execute(steps, {Cup: kitchen, Saucer: kitchen, Spoon: kitchen}, notes, keep_going=keep_going)
    return notes


def test_each_verb_is_done_as_it_says() -> None:
    kitchen = Kitchen()
    run(
        [
            Step(Verb.CREATE, Cup("one")),
            Step(Verb.UPDATE, Saucer("two"), differing=frozenset("ab")),
            Step(Verb.REPLACE, Spoon("three")),
            Step(Verb.REMOVE, Cup("four")),
        ],
        kitchen,
    )
    assert kitchen.deeds == [
        "create cup one",
        "update saucer two ['a', 'b']",
        "delete spoon three",
        "create spoon three",
        "delete cup four",
    ]


def test_steps_of_one_kind_are_done_at_once() -> None:
    together = Barrier(3, timeout=10)  # breaks unless three deeds wait for each other
    kitchen = Kitchen(during=together.wait)
    run([Step(Verb.CREATE, Cup(name)) for name in ("one", "two", "three")], kitchen)
    assert sorted(kitchen.deeds) == ["create cup one", "create cup three", "create cup two"]


def test_a_kind_is_not_begun_before_the_one_before_has_ended() -> None:
    notes = run([Step(Verb.CREATE, Cup("one")), Step(Verb.CREATE, Saucer("two"))], Kitchen())
    assert notes.told == ["begins 1", "done create cup one", "begins 1", "done create saucer two"]


def test_after_a_failure_nothing_new_is_begun() -> None:
    kitchen = Kitchen()
    with pytest.raises(ExceptionGroup):
        run([Step(Verb.CREATE, Cup("broken")), Step(Verb.CREATE, Saucer("two"))], kitchen)
    assert kitchen.deeds == []


def test_a_failure_does_not_undo_or_hide_what_its_neighbours_did() -> None:
    kitchen = Kitchen()
    with pytest.raises(ExceptionGroup) as failed:
        run([Step(Verb.CREATE, Cup("broken")), Step(Verb.CREATE, Cup("two"))], kitchen)
    assert kitchen.deeds == ["create cup two"]
    assert [str(problem) for problem in failed.value.exceptions] == ["create cup broken: it fell"]


def test_removing_goes_on_after_a_failure_and_tells_every_one() -> None:
    kitchen = Kitchen()
    steps = [Step(Verb.REMOVE, kind(name)) for kind in (Cup, Saucer, Spoon) for name in ("broken", "fine")]
    with pytest.raises(ExceptionGroup) as failed:
        run(steps, kitchen, keep_going=True)
    assert sorted(kitchen.deeds) == ["delete cup fine", "delete saucer fine", "delete spoon fine"]
    assert len(failed.value.exceptions) == 3


def test_what_must_outlive_a_thing_that_was_not_removed_is_kept() -> None:
    kitchen = Kitchen()
    steps = [
        Step(Verb.REMOVE, Cup("broken")),
        Step(Verb.REMOVE, Saucer("below", goes_after="cup broken")),
        Step(Verb.REMOVE, Spoon("below that", goes_after="saucer below")),
        Step(Verb.REMOVE, Spoon("beside")),
    ]
    with pytest.raises(ExceptionGroup) as failed:
        run(steps, kitchen, keep_going=True)
    assert kitchen.deeds == ["delete spoon beside"]
    assert "remove saucer below: it is kept, since cup broken is not gone" in str(failed.value.exceptions[1])


def test_the_witness_hears_of_each_ending() -> None:
    notes = Notes()
    kitchen = Kitchen()
    steps = [Step(Verb.CREATE, Cup("broken")), Step(Verb.CREATE, Cup("two"))]
    with pytest.raises(ExceptionGroup):
        execute(steps, {Cup: kitchen}, notes)
    assert notes.told[0] == "begins 2"
    assert set(notes.told[1:]) == {"failed create cup broken", "done create cup two"}

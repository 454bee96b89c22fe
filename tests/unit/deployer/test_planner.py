"""What is to be done, for every way in which what is differs from what must be."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from deployer.planner import Verb, clearing, differences_of, plan, refusals, removal, to_do
from deployer.resources.resource import Found, Resource, State


@dataclass(frozen=True)
class Cup(Resource):
    kind = "cup"

    wanted: State = field(default_factory=dict)

    def state(self) -> State:
        return self.wanted

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        return "it is baked" if attribute == "clay" else None

    def remark(self, actual: State) -> str:
        return str(actual.get("remark", ""))


@dataclass(frozen=True)
class PaperCup(Cup):
    kind = "paper cup"
    replaceable = True


@pytest.mark.parametrize(
    ("actual", "verb"),
    [
        (None, Verb.CREATE),
        ({"colour": "red", "clay": "white"}, Verb.LEAVE),
        ({"colour": "red", "clay": "white", "owner": "somebody"}, Verb.LEAVE),
        ({"colour": "blue", "clay": "white"}, Verb.UPDATE),
        ({"clay": "white"}, Verb.UPDATE),
        ({"colour": "red", "clay": "brown"}, Verb.REFUSE),
        ({"colour": "blue", "clay": "brown"}, Verb.REFUSE),
    ],
)
def test_each_way_to_differ_has_its_verb(actual: State | None, verb: Verb) -> None:
    wanted = Cup("mine", {"colour": "red", "clay": "white"})
    (step,) = plan([Found(wanted, actual)])
    assert step.verb is verb


def test_what_loses_nothing_is_replaced_instead_of_updated() -> None:
    (step,) = plan([Found(PaperCup("mine", {"colour": "red"}), {"colour": "blue"})])
    assert step.verb is Verb.REPLACE


def test_only_what_differs_is_to_be_updated_and_the_step_says_how() -> None:
    wanted = Cup("mine", {"colour": "red", "size": 2})
    (step,) = plan([Found(wanted, {"colour": "blue", "size": 2})])
    assert step.differing == {"colour"}
    assert step.reason == "colour: blue -> red"


def test_a_refusal_says_what_differs_and_why_it_cannot_change() -> None:
    (step,) = plan([Found(Cup("mine", {"clay": "white"}), {"clay": "brown"})])
    assert step.reason == "clay: brown -> white. it is baked"
    assert refusals([step]) == [step]


def test_long_values_are_not_printed() -> None:
    (difference,) = differences_of({"recipe": "x" * 100}, {"recipe": "y"})
    assert str(difference) == "recipe differs"


def test_many_differences_are_told_in_part() -> None:
    wanted = Cup("mine", dict.fromkeys("abcde", 1))
    (step,) = plan([Found(wanted, {})])
    assert step.reason == "a: null -> 1; b: null -> 1; c: null -> 1; 2 more"
    assert step.differing == set("abcde")


def test_steps_come_in_the_order_of_what_is_wanted() -> None:
    steps = plan([Found(Cup("one"), {}), Found(Cup("two"), None), Found(Cup("three"), {})])
    assert [step.title for step in steps] == ["leave cup one", "create cup two", "leave cup three"]


def test_what_nobody_describes_any_more_is_removed_and_told_why() -> None:
    (step,) = clearing([Cup("old")])
    assert (step.title, step.reason) == ("remove cup old", "nobody describes it any more")


def test_what_is_left_alone_is_not_to_do() -> None:
    steps = plan([Found(Cup("one"), {}), Found(Cup("two"), None)])
    assert [step.title for step in to_do(steps)] == ["create cup two"]


def test_what_is_left_alone_can_still_be_worth_a_remark() -> None:
    (step,) = plan([Found(Cup("one"), {"remark": "it leaks"})])
    assert (step.verb, step.reason) == (Verb.LEAVE, "it leaks")


def test_only_what_is_left_of_something_is_removed() -> None:
    steps = removal([(Cup("one"), ["exists"]), (Cup("two"), []), (Cup("three"), ["1 x handle", "2 x shard"])])
    assert [(step.title, step.reason) for step in steps] == [
        ("remove cup one", "exists"),
        ("remove cup three", "1 x handle, 2 x shard"),
    ]

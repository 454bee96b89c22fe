"""The Order Processor as far as it is built after each step of the workshop, derived from the finished one. Pure.

A step has some of the finished states. Where one of them leads to a state that is not built yet, the step says where
that way leads for now, or the way is left out. All else stays as the finished workflow has it, except for trying again
and drinks that are called back, which come with the last step.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

type State = Mapping[str, Any]
type Definition = Mapping[str, Any]

_CHOICE = "Choice"


@dataclass(frozen=True)
class WorkflowStep:
    """What is built after a step.

    Attributes:
        name: such as `1a-1`.
        states: the finished workflow's states that are there by now; execution starts at the first.
        for_now: for a state that is not built yet, which one stands in for it.
    """

    name: str
    states: Sequence[str]
    for_now: Mapping[str, str] = field(default_factory=dict)

    def built(self, finished: Definition) -> Definition:
        """The workflow after this step.

        Args:
            finished: the whole Order Processor.
        """
        states = {name: self._state(finished["States"][name]) for name in finished["States"] if name in self.states}
        return {"StartAt": self.states[0], "States": states}

    def _state(self, state: State) -> State:
        kept = {name: value for name, value in state.items() if name != "Retry"}
        if "Catch" in state:
            kept["Catch"] = list(self._passable(state["Catch"]))
        if state["Type"] == _CHOICE:
            kept["Choices"] = list(self._passable(one for one in state["Choices"] if not _of_its_type(one)))
            kept["Default"] = self._next(state["Default"])
            kept.pop("Comment", None)
        if "Next" in state:
            kept["Next"] = self._next(state["Next"])
        return {name: value for name, value in kept.items() if value not in ([], None) or name == "ResultPath"}

    def _passable(self, ways: Iterable[State]) -> Iterator[State]:
        """The catchers or choices that lead somewhere by now."""
        for way in ways:
            if following := self._next(way["Next"]):
                yield {**way, "Next": following}

    def _next(self, name: str) -> str | None:
        return name if name in self.states else self.for_now.get(name)


def _of_its_type(choice: State) -> bool:
    """Whether it asks of which type the event is: until the last step each is of a new order."""
    return any(one["Variable"] == "$['detail-type']" for one in choice.get("And", []))


_LOOKS = ("Look at the shop", "Is the shop open?", "Shop closed", "Order ended")
_TAKES_A_PLACE = ("Take a place at the bar", "Bar full")
_ASKS_THE_CUSTOMER = ("Wait for the customer", "Customer too slow", "Was the customer faster?")
_ASKS_THE_BARISTA = ("Take a number", "Wait for the barista", "Barista too slow", "Was the barista faster?")

STEPS: Sequence[WorkflowStep] = (
    WorkflowStep("1a-1", _LOOKS, {"Take a place at the bar": "Order ended"}),
    WorkflowStep("1a-2", (*_LOOKS, *_TAKES_A_PLACE), {"Wait for the customer": "Order ended"}),
    WorkflowStep("1b-1", (*_LOOKS, *_TAKES_A_PLACE, *_ASKS_THE_CUSTOMER), {"Take a number": "Order ended"}),
    WorkflowStep("1b-2", (*_LOOKS, *_TAKES_A_PLACE, *_ASKS_THE_CUSTOMER, *_ASKS_THE_BARISTA, "Finish the order")),
)

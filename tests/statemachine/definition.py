"""The Order Processor's definition as data, and its states as a graph."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.architecture.source import ROOT

FOLDER = ROOT / "statemachine"
TEXT = (FOLDER / "order_processor.asl.json").read_text()
DEFINITION: dict[str, Any] = json.loads(TEXT)
STATES: dict[str, dict[str, Any]] = DEFINITION["States"]
TASKS = {name: state for name, state in STATES.items() if state["Type"] == "Task"}
WAITS = {name: state for name, state in TASKS.items() if state["Resource"].endswith(".waitForTaskToken")}
CALLS = {name: state for name, state in TASKS.items() if ":lambda:invoke" in state["Resource"]}
ENDS = {name for name, state in STATES.items() if state["Type"] in {"Succeed", "Fail"} or state.get("End")}
RULES: list[dict[str, Any]] = json.loads((FOLDER / "rules.json").read_text())
PLACEHOLDERS = set(re.findall(r"\$\{([^}]*)\}", TEXT))


def payload(state: dict[str, Any]) -> dict[str, Any]:
    """What the state hands to its function."""
    given: dict[str, Any] = state["Parameters"]["Payload"]
    return given


def gives_up(state: dict[str, Any]) -> bool:
    """Whether it is a state that ends the order."""
    return "GiveUpOrderFunctionArn" in str(state.get("Parameters", {}).get("FunctionName"))


def following(name: str) -> Iterator[str]:
    """Every state that may come next."""
    state = STATES[name]
    for place in (state, *state.get("Choices", []), *state.get("Catch", [])):
        if "Next" in place:
            yield place["Next"]
    if "Default" in state:
        yield state["Default"]


def caught(name: str, error: str) -> str | None:
    """Where that error leads, by the first catcher that names it or all; None if nowhere."""
    for catcher in STATES[name].get("Catch", []):
        if {error, "States.ALL"} & set(catcher["ErrorEquals"]):
            next_state: str = catcher["Next"]
            return next_state
    return None


def ways(start: str, through: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every way from a state to an end that passes no state twice."""
    here = (*through, start)
    if start in ENDS:
        yield here
    for name in sorted(set(following(start)) - set(here)):
        yield from ways(name, here)

"""What is likely the cause when a workflow went astray: constructs that are valid and seldom meant. Pure.

None of them is a fault by itself, so nobody is told of one unless an order came to grief in or behind its state.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

type State = Mapping[str, Any]

_UNPREFIXED = re.compile(r"[A-Z]\w*Exception")
WAITS = ".waitForTaskToken"
TOKEN = "$$.Task.Token"  # noqa: S105, a path


@dataclass(frozen=True)
class Suspicion:
    """Something in a state that may be meant differently.

    Attributes:
        state: which.
        steps: the way to it inside the state.
        seen: what it does as it is written.
        attempt: what to try.
    """

    state: str
    steps: Sequence[str | int]
    seen: str
    attempt: str


def suspicions(states: Mapping[str, State], passed: Sequence[str]) -> Iterator[Suspicion]:
    """All that is suspicious in the states that an execution came through, the first state's first.

    Args:
        states: the definition's.
        passed: names of states.
    """
    for name in passed:
        for suspect in _SUSPECTS:
            yield from suspect(name, states.get(name, {}))


def _looked_up_literally(name: str, state: State) -> Iterator[Suspicion]:
    for steps, key, value in _members(state.get("Parameters"), ("Parameters",)):
        if isinstance(value, str) and value.startswith("$.") and not key.endswith(".$"):
            yield Suspicion(
                name,
                [*steps, key],
                f'“{name}” asked for something that is called "{value}"',
                f'a value that is looked up needs a key that ends in .$: "{key}.$": "{value}"',
            )


def _members(value: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield steps, key, one
            yield from _members(one, (*steps, key))
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _members(one, (*steps, index))


def _event_replaced(name: str, state: State) -> Iterator[Suspicion]:
    if state.get("Type") == "Task" and "ResultPath" not in state:
        yield Suspicion(
            name,
            [],
            f"the result of “{name}” replaced the whole event",
            'say where it goes, "ResultPath": "$.shop", or that nobody needs it, "ResultPath": null',
        )


def _event_replaced_by_error(name: str, state: State) -> Iterator[Suspicion]:
    for index, catcher in enumerate(state.get("Catch", [])):
        if "ResultPath" not in catcher:
            yield Suspicion(
                name,
                ["Catch", index],
                f"the error that “{name}” caught replaced the whole event",
                'give the catcher "ResultPath": "$.error", and the event stays as it was',
            )


def _error_without_its_service(name: str, state: State) -> Iterator[Suspicion]:
    for index, catcher in enumerate(state.get("Catch", [])):
        for error in catcher.get("ErrorEquals", []):
            if _UNPREFIXED.fullmatch(error):
                yield Suspicion(
                    name,
                    ["Catch", index, "ErrorEquals"],
                    f"“{name}” catches {error}, and no error has that name",
                    f'errors of a service carry its name before the dot: "DynamoDB.{error}"',
                )


def _token_without_a_wait(name: str, state: State) -> Iterator[Suspicion]:
    if TOKEN in str(state.get("Parameters")) and not state.get("Resource", "").endswith(WAITS):
        yield Suspicion(
            name,
            ["Resource"],
            f"“{name}” asked for {TOKEN}, and there is none",
            f'only a Resource that ends in {WAITS} gets a token, and waits: "arn:aws:states:::lambda:invoke{WAITS}"',
        )


def _heartbeat(name: str, state: State) -> Iterator[Suspicion]:
    for key in ("HeartbeatSeconds", "HeartbeatSecondsPath"):
        if key in state:
            yield Suspicion(
                name,
                [key],
                f"“{name}” waits for heartbeats, and nobody sends any",
                'take it out, and say how long the shop waits: "TimeoutSecondsPath": "$.shop.customerWait"',
            )


def _same_wait_for_all(name: str, state: State) -> Iterator[Suspicion]:
    if state.get("Resource", "").endswith(WAITS) and "TimeoutSeconds" in state:
        yield Suspicion(
            name,
            ["TimeoutSeconds"],
            f"“{name}” waits {state['TimeoutSeconds']} seconds in every shop",
            'every shop has a time of its own: "TimeoutSecondsPath": "$.shop.customerWait"',
        )


_SUSPECTS: Sequence[Callable[[str, State], Iterator[Suspicion]]] = (
    _looked_up_literally,
    _token_without_a_wait,
    _heartbeat,
    _same_wait_for_all,
    _error_without_its_service,
    _event_replaced_by_error,
    _event_replaced,
)

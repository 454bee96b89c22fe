"""Whether the learner's rules let through what their targets are for, and nothing else (module 2)."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib import events
from chalicelib.events import OrderEvent
from chalicelib.orders.workflow import STATE_MACHINE
from chalicelib.realtime.model import KINDS
from deployer.desired import EVENT_LOG
from deployer.overlay import RULES
from workshop.attempt import Attempt
from workshop.checks.envelopes import MEMBERS, Sample, samples
from workshop.checks.rules import Rule
from workshop.finding import DoesNotHold

_TEACHES = (
    *(events.NewOrder, events.OrderWaitsForBarista, events.MakeOrder, events.OrderCompleted, events.OrderRecalled),
    *(events.OrderCancelled, events.OrderTimeOut, events.ShopUnavailable, events.OrderFailed),
)


@dataclass(frozen=True)
class Target:
    """Something that gets events.

    Attributes:
        kind, value: as a rule's `target` has them.
        types: the detail-types of the events that it is for.
        minds: whether an event of a type that nobody knows may not reach it.
    """

    kind: str
    value: str
    types: frozenset[str]
    minds: bool

    def __str__(self) -> str:
        """For people."""
        return self.value


def _types(*kinds: type[events.Event]) -> frozenset[str]:
    return frozenset(kind.detail_type for kind in kinds)


LOG = Target("logGroup", EVENT_LOG, frozenset(KINDS), minds=False)
WORKFLOW = Target("stateMachine", STATE_MACHINE, _types(events.NewOrder, events.OrderRecalled), minds=True)
SCREENS = Target("function", "publish", frozenset(KINDS), minds=False)
_OF_ORDERS = frozenset(name for name, kind in KINDS.items() if issubclass(kind, OrderEvent))
JOURNEYS = Target("function", "record_journey", _OF_ORDERS, minds=False)
INSIGHTS = Target("function", "learn_insights", _types(*_TEACHES), minds=True)


def is_a_list_of_rules(attempt: Attempt) -> None:
    """The file can be read, and each rule is one that the deployer knows how to make."""
    for rule in attempt.rules:
        _check_members(rule)


def _check_members(rule: Rule) -> None:
    for member in rule.pattern:
        if member not in MEMBERS:
            meant = "detail-type" if member.lower().replace("_", "").replace("-", "") == "detailtype" else "source"
            raise DoesNotHold(
                f"no event has a field “{member}”, so rule {rule.name} never matches",
                f"one of {', '.join(sorted(MEMBERS))}",
                [rule.at("pattern", member)],
                f'is "{meant}" meant?',
            )
    for steps, value in _leaves(rule.pattern, ()):
        if not isinstance(value, list):
            raise DoesNotHold(
                f"rule {rule.name} asks whether “{steps[-1]}” is {json.dumps(value)}, and that is no list",
                "a list of what it may be, also where that is one thing only",
                [rule.at("pattern", *steps)],
                f'"{steps[-1]}": [{json.dumps(value)}]',
            )


def _leaves(value: Mapping[str, Any], steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, one in value.items():
        if isinstance(one, dict):
            yield from _leaves(one, (*steps, name))
        else:
            yield (*steps, name), one


def no_rule_is_too_wide(attempt: Attempt) -> None:
    """No rule takes what others put on the bus."""
    for rule in attempt.rules:
        for sample in samples():
            if not sample.is_ours and attempt.takes(rule, sample.envelope):
                raise DoesNotHold(
                    f"rule {rule.name} takes whatever others put on this bus, such as {sample.name}",
                    "only what the bar itself puts there",
                    [rule.at("pattern")],
                    _NAME_THE_SOURCE,
                )


_NAME_THE_SOURCE = f'name the source: "source": ["{events.SOURCE}"]'


def reaches(
    target: Target, described: Callable[[Attempt], Sequence[Rule]] = lambda attempt: attempt.rules, file: str = RULES
) -> Callable[[Attempt], None]:
    """A check that the target gets what it is for, and nothing else.

    Args:
        target: who gets events.
        described: the rules of the file.
        file: where they are described.
    """

    def check(attempt: Attempt) -> None:
        rules = [rule for rule in described(attempt) if rule.target == {target.kind: target.value}]
        if not rules:
            expected = f'a rule with "target": {json.dumps({target.kind: target.value})}'
            raise DoesNotHold(f"no rule leads to {target}", expected, [f"{attempt.source(file).name}:1"], _ADD)
        for sample in samples():
            _check_sample(attempt, target, rules, sample)

    return check


_ADD = "a rule has a name that begins with serverlesspresso-, a description, the eventBus, a pattern and a target"


def _check_sample(attempt: Attempt, target: Target, rules: Sequence[Rule], sample: Sample) -> None:
    taking = [rule for rule in rules if attempt.takes(rule, sample.envelope)]
    wanted = sample.is_known and sample.detail_type in target.types
    if wanted and not taking:
        raise DoesNotHold(
            f"{sample.name} does not reach {target}",
            f"{target} gets {_in_words(target)}",
            [rules[0].at("pattern")],
            "the pattern must let it through: a list names each type that may pass",
        )
    unwanted = sample.is_known or target.minds
    if taking and unwanted and not wanted:
        raise DoesNotHold(
            f"{target} also gets {sample.name}, by rule {taking[0].name}",
            f"{target} gets {_in_words(target)}",
            [taking[0].at("pattern")],
            _narrower(sample),
        )


def _narrower(sample: Sample) -> str:
    if not sample.is_ours:
        return _NAME_THE_SOURCE
    if sample.is_known:
        return f'name the types that may pass, and {sample.detail_type} is none; or ask for {{"exists": true}}'
    if sample.detail_type in KINDS:
        return 'ask for what it must have: "detail": {"orderId": [{"exists": true}], "eventId": [{"exists": true}]}'
    return f'name the type exactly, not by its beginning: "detail-type": ["{sample.detail_type.removesuffix("X")}"]'


def _in_words(target: Target) -> str:
    if target.types == frozenset(KINDS):
        return "every event of the bar"
    if target.types == _OF_ORDERS:
        return "every event that has an orderId"
    return ", ".join(sorted(target.types))

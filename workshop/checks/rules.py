"""The learner's rules as the deployer would make them, and what EventBridge says of their patterns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from deployer import bus_rules
from deployer.extension import Extension
from deployer.json_source import JsonSource
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import Project
from deployer.rules_file import rules_in
from workshop.finding import DoesNotHold

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

_SHAPE = "the finished bar's rules, statemachine/rules.json, show what a rule looks like"
_ANYWHERE = Place("000000000000", "us-east-1")


class RefusedPattern(Exception):
    """EventBridge does not take it for a pattern; the message says why."""


@dataclass(frozen=True)
class Rule:
    """A rule of the learner's.

    Attributes:
        index: which of the file's, from 0.
        described: what the file says of it.
    """

    source: JsonSource
    index: int
    described: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The rule's name, as it is told."""
        return f"“{self.described['name']}”"

    @property
    def pattern(self) -> Mapping[str, Any]:
        """What it lets through."""
        pattern: Mapping[str, Any] = self.described["pattern"]
        return pattern

    @property
    def target(self) -> Mapping[str, Any]:
        """Where that goes."""
        target: Mapping[str, Any] = self.described["target"]
        return target

    def at(self, *steps: str | int) -> str:
        """File and line of it, or of something in it."""
        return self.source.at([self.index, *steps])


def rules_of(source: JsonSource, finished: Project) -> Sequence[Rule]:
    """The rules that a file describes.

    Args:
        source: the learner's file.
        finished: the bar whose bus and functions they are for.

    Raises:
        DoesNotHold: the deployer would not take it.
    """
    try:
        described = rules_in(source)
        bus_rules.rules(replace(finished, rules=described, rules_file=source), _ANYWHERE)
    except Problem as problem:
        raise DoesNotHold(problem.what, attempt=_SHAPE) from None
    return [Rule(source, index, one) for index, one in enumerate(described)]


def rules_of_extension(source: JsonSource, extension: Extension, finished: Project) -> list[Rule]:
    """The rules that an extension's file describes.

    Raises:
        DoesNotHold: the deployer would not take it.
    """
    try:
        bus_rules.rules(replace(finished, extensions=(extension,)), _ANYWHERE)
    except Problem as problem:
        raise DoesNotHold(problem.what, attempt=problem.suggestion or _SHAPE) from None
    return [Rule(source, index, one) for index, one in enumerate(extension.rules)]


def fits(events: "EventBridgeClient", pattern: str, event: str) -> bool:
    """Whether EventBridge finds that a pattern fits an event.

    Raises:
        RefusedPattern: it does not take it for a pattern.
    """
    try:
        return events.test_event_pattern(EventPattern=pattern, Event=event)["Result"]
    except ClientError as error:
        raise RefusedPattern(error.response["Error"].get("Message", "").rpartition("Reason: ")[2]) from None

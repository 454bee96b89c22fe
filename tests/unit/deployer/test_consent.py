"""A stage goes only where it belongs, and an account is changed only when somebody agreed."""

import io
import sys

import pytest

from deployer.consent import ask, check_belongs, losses
from deployer.place import Place
from deployer.planner import Step, Verb
from deployer.problem import Problem
from deployer.resources import ADAPTERS
from deployer.resources.email_identity import EmailIdentity
from deployer.resources.event_bus import EventBus
from deployer.resources.log_group import LogGroup
from tests.unit.deployer.samples import PLACE

EMULATOR = Place("000000000000", "us-east-1", endpoint="http://127.0.0.1:4566")


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_each_stage_may_go_where_it_belongs() -> None:
    check_belongs("local", EMULATOR)
    check_belongs("aws", PLACE)


def test_the_local_stage_never_goes_to_an_account_which_is_named() -> None:
    with pytest.raises(Problem, match="this is AWS, account 123456789012, eu-west-1"):
        check_belongs("local", PLACE)


@pytest.mark.parametrize("stage", ["aws", "production"])
def test_no_other_stage_goes_to_an_emulator(stage: str) -> None:
    with pytest.raises(Problem, match=r"the endpoint is http://127\.0\.0\.1:4566"):
        check_belongs(stage, EMULATOR)


def test_what_was_agreed_to_beforehand_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    ask("Really?", agreed=True)


def test_where_nobody_can_answer_the_question_is_told_and_how_to_agree_beforehand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(Problem, match=r"nobody to ask: Really\?") as told:
        ask("Really?", agreed=False)
    assert "--yes" in told.value.suggestion


def test_somebody_may_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    ask("Really?", agreed=False)


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_no_answer_is_a_no(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    with pytest.raises(Problem, match="nothing was changed"):
        ask("Really?", agreed=False)


def test_what_would_be_lost_is_told_by_what_it_is() -> None:
    gone = [EventBus("bus"), LogGroup("one", 1), EmailIdentity("a@example.com", "arn:bus"), LogGroup("two", 1)]
    steps = [Step(Verb.REMOVE, resource) for resource in gone]
    assert losses(steps) == ["log lines of log group one, log group two"]


HOLDING_NOTHING = {
    *("e-mail identity", "event bus", "log policy", "role", "rule"),
    # Parts of what is removed, or of what is made anew as it was.
    *("asynchronous calls of", "delivery by rule", "event source mapping of", "gateway responses of API"),
    *(
        "alarm",
        "alarm topic",
        "distribution",
        "limit of role",
        "logs of functions",
        "origin access control",
        "response headers policy",
        "schedule",
        "throttling of API",
        "pages in bucket",
        "permission to invoke",
        "policy of bucket",
        "triggers of user pool",
        "user pool client",
        "user pool group",
        "WebSocket API",
    ),
}


def test_every_kind_says_what_people_lose_with_it_or_holds_nothing() -> None:
    silent = {kind.kind for kind in ADAPTERS if not kind.holds}
    assert silent <= HOLDING_NOTHING

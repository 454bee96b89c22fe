"""What is saved is in the running bar a moment later; what is a mistake is told by its line, and the bar goes on."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from local_cloud.watching.following import ENDED

from simulator.probe.eventually import eventually, see
from tests.integration.deployer.checkout import Checkout

STORE, WORKFLOW, RULES = "chalicelib/shop/store.py", "statemachine/order_processor.asl.json", "statemachine/rules.json"
IN_PLACE = "The bar is as your files say"
NO_SHOP = "there is no shop"


class Watching:
    """`watch` at work, and whoever saves files and reads what it says."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout, self.said = checkout, list[str]()
        self.process = checkout.begin("watch")
        self._reader = Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line.strip())

    def hears(self, text: str, since: int = 0) -> str:
        """Wait for a line."""

        def look() -> str:
            found = [line for line in self.said[since:] if text in line]
            see(found, f"{text!r} was not said: {self.said}")
            return found[0]

        return eventually(look)

    def end(self) -> int:
        """Press Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(60)
        self._reader.join(60)
        if self.process.stdout:
            self.process.stdout.close()
        return self.process.returncode

    def read(self, name: str) -> str:
        return (self.checkout.root / name).read_text()

    def save(self, name: str, text: str) -> None:
        """As many editors do it: beside it, then in its place."""
        beside = self.checkout.root / f"{name}~"
        beside.write_text(text)
        beside.replace(self.checkout.root / name)

    def answer(self) -> Any:
        """What the bar says of a shop that nobody knows."""
        url = f"{self.checkout.outputs()['apiUrl']}/config?eventId=nowhere"
        return httpx.get(url, trust_env=False, timeout=35).json()["Message"]

    def definition(self) -> Any:
        machine = self.checkout.outputs()["orderProcessorArn"]
        found = self.checkout.client("stepfunctions").describe_state_machine(stateMachineArn=machine)
        return json.loads(found["definition"])

    def rules(self) -> dict[str, str]:
        found = self.checkout.client("events").list_rules(EventBusName="Serverlesspresso")["Rules"]
        return {rule["Name"]: rule.get("Description", "") for rule in found}


@pytest.fixture(scope="module")
def bar(checkout: Checkout) -> Iterator[Watching]:
    """A bar that is watched; afterwards its files, and what is deployed, are what they were."""
    before = {name: (checkout.root / name).read_text() for name in (STORE, WORKFLOW, RULES)}
    done = checkout.deployer("up")
    assert done.returncode == 0, done.stdout + done.stderr
    watching = Watching(checkout)
    try:
        watching.hears(IN_PLACE)
        yield watching
    finally:
        code = watching.end()
        for name, text in before.items():
            (checkout.root / name).write_text(text)
        checkout.deployer("up")
    assert (code, watching.said[-1]) == (0, ENDED), watching.said


@pytest.fixture(autouse=True)
def as_it_was(bar: Watching) -> Iterator[None]:
    """Each test leaves the files as they were, and waits until the bar is, too."""
    before = {name: bar.read(name) for name in (STORE, WORKFLOW, RULES)}
    yield
    for name, text in before.items():
        if bar.read(name) != text:
            since = len(bar.said)
            bar.save(name, text)
            bar.hears(f"✓ {name}", since)


def test_a_saved_handler_answers_the_next_request(bar: Watching) -> None:
    for word in ("nobody knows", "who is"):
        since = len(bar.said)
        bar.save(STORE, bar.read(STORE).replace(NO_SHOP, word).replace("nobody knows", word))
        bar.hears(f"✓ {STORE}: in ", since)
        assert bar.answer() == f"{word} nowhere"
    assert bar.checkout.to_change() == []  # so that the next `up` does not deploy it again


def test_a_saved_workflow_is_what_the_next_order_follows(bar: Watching) -> None:
    saved = {**json.loads(bar.read(WORKFLOW)), "Comment": "saved"}
    bar.save(WORKFLOW, json.dumps(saved, indent=2))
    bar.hears(f"✓ {WORKFLOW}: update state machine OrderProcessorWorkflow")
    assert bar.definition()["Comment"] == saved["Comment"]


def test_rules_come_change_and_go_as_they_are_saved(bar: Watching) -> None:
    first, *others = json.loads(bar.read(RULES))
    new = {**first, "name": "serverlesspresso-watched", "description": "new"}
    since = len(bar.said)
    bar.save(RULES, json.dumps([new, *others], indent=2))
    bar.hears(f"✓ {RULES}", since)
    assert bar.rules().keys() >= {new["name"]}
    assert first["name"] not in bar.rules()


def test_a_mistake_is_told_by_its_line_and_keeps_out_nothing_that_is_saved_with_it(bar: Watching) -> None:
    since = len(bar.said)
    bar.save(WORKFLOW, bar.read(WORKFLOW).replace('"StartAt"', '"StartsAt"', 1))
    bar.save(STORE, bar.read(STORE).replace(NO_SHOP, "nobody knows"))
    assert f"{WORKFLOW}:" in bar.hears("✗", since)
    bar.hears(f"✓ {STORE}: in ", since)
    assert bar.answer() == "nobody knows nowhere"
    assert "StartAt" in bar.definition()


@pytest.mark.parametrize(
    ("name", "before", "by", "told"),
    [
        (STORE, "def unknown_shop(", "def unknown_shop((", "cannot be parenthesized"),
        (STORE, "from chalicelib.errors import NotFound", "from chalicelib.errors import Nothing", "ImportError"),
        (RULES, '"pattern": {', '"patern": {', "rule 1 must contain"),
        (RULES, "[", "[[", "this is not JSON"),
    ],
)
def test_what_is_wrong_changes_nothing(bar: Watching, name: str, before: str, by: str, told: str) -> None:
    since, rules = len(bar.said), bar.rules()
    bar.save(name, bar.read(name).replace(before, by, 1))
    assert told in bar.hears(f"✗ {name}:", since)
    assert bar.answer() == f"{NO_SHOP} nowhere"
    assert bar.rules() == rules


def test_a_file_that_goes_and_comes_back_is_no_end(bar: Watching) -> None:
    """As `git checkout` and some editors do it."""
    path, text, since = bar.checkout.root / RULES, bar.read(RULES), len(bar.said)
    Path(path).unlink()
    bar.hears("rules.json is missing", since)
    bar.save(RULES, text)
    bar.hears(f"✓ {RULES}: says what runs already", since)

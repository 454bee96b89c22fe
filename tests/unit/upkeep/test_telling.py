"""What `python -m upkeep sweep` says, of what was mended and of what could not be."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber
from click.testing import CliRunner

from upkeep import __main__ as upkeep
from upkeep.dead_letter import Call, DeadLetter, Unknown, Work
from upkeep.dead_letter_queue import DeadLetterQueue

if TYPE_CHECKING:
    from botocore.config import Config

ROOT = Path(__file__).parents[3]
BLOCK = re.compile(r"<!-- run: upkeep -->\n```sh\n(.*?)```", re.DOTALL)
COMMANDS = [line for block in BLOCK.findall((ROOT / "docs/aws.md").read_text()) for line in block.splitlines()]
EMPTY = {name: list[str]() for name in upkeep.DONE}


class Functions:
    """Lambda, where the sweep gives a prepared answer."""

    def __init__(self) -> None:
        self.client = boto3.Session("test", "test", region_name="us-east-1").client("lambda")
        self.stub = Stubber(self.client)
        self.config: Config | None = None

    def answer(self, stage: str, said: Any, **rest: str) -> None:
        body = json.dumps(said).encode()
        given = {"FunctionName": f"serverlesspresso-{stage}-sweep", "Payload": ANY}
        self.stub.add_response("invoke", {"Payload": StreamingBody(BytesIO(body), len(body)), **rest}, given)

    def made(self, service: str, config: "Config") -> Any:
        assert service == "lambda"
        self.config = config
        return self.client


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> Iterator[Functions]:
    functions = Functions()
    monkeypatch.setattr("upkeep.__main__.boto3.client", functions.made)
    with functions.stub:
        yield functions
        functions.stub.assert_no_pending_responses()


@pytest.mark.parametrize("stage", ["local", "aws"])
def test_a_sweep_that_found_nothing_says_so(functions: Functions, stage: str) -> None:
    functions.answer(stage, EMPTY)
    result = CliRunner().invoke(upkeep.main, ["sweep", "--stage", stage])
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Nothing was stuck.")


def test_a_sweep_says_what_it_mended(functions: Functions) -> None:
    functions.answer("local", {**EMPTY, "announced": ["o1", "o2"], "freed": ["o3"]})
    said = CliRunner().invoke(upkeep.main, ["sweep"]).output
    assert "2 announced again: o1, o2\n1 places freed that nobody held: o3\n" in said
    assert "Nothing was stuck." not in said


def test_what_was_mended_is_one_line_however_much_it_was(functions: Functions) -> None:
    ids = [f"an-order-of-the-long-queue-{number}" for number in range(20)]
    functions.answer("local", {**EMPTY, "announced": ids})
    assert f"20 announced again: {', '.join(ids)}\n" in CliRunner().invoke(upkeep.main, ["sweep"]).output


def test_a_letter_that_is_no_event_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    body = "[bold]nobody's[/] words " * 10
    upkeep._show([replace(letter("m1", Unknown()), body=body)])
    assert capsys.readouterr().out == f"{body}\n"


def test_a_sweep_that_could_not_mend_all_says_what_it_mended_and_fails(functions: Functions) -> None:
    message = "not all could be mended; mended: announced o1 (1 sub-exception)"
    functions.answer("local", {"errorMessage": message, "errorType": "ExceptionGroup"}, FunctionError="Unhandled")
    result = CliRunner().invoke(upkeep.main, ["sweep"])
    assert (result.exit_code, message in result.output) == (1, True)


def test_a_sweep_is_waited_for_as_long_as_it_may_take_and_called_once(functions: Functions) -> None:
    functions.answer("local", EMPTY)
    CliRunner().invoke(upkeep.main, ["sweep"])
    assert functions.config is not None
    assert functions.config.read_timeout > 120  # type: ignore[attr-defined]
    assert functions.config.retries == {"total_max_attempts": 1}  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_documents_is_understood(command: str) -> None:
    python, _, module, name, *options = shlex.split(command)
    assert (python, module) == (".venv/bin/python", "upkeep")
    upkeep.main.commands[name].make_context(name, options)


def test_the_documents_show_three_commands() -> None:
    assert len(COMMANDS) == 3


def letter(name: str, work: Work) -> DeadLetter:
    return DeadLetter(name, f"receipt-{name}", datetime.fromtimestamp(7, UTC), "f", "why", work, "{}")


@pytest.mark.parametrize("deed", [[], ["--replay"], ["--drop"]])
def test_that_there_are_no_letters_is_said_whatever_was_to_be_done_with_them(
    monkeypatch: pytest.MonkeyPatch, deed: list[str]
) -> None:
    queue = MagicMock(spec=DeadLetterQueue, opened=MagicMock())
    queue.opened.return_value.__enter__.return_value = []
    monkeypatch.setattr("upkeep.__main__.DeadLetterQueue", lambda *_: queue)
    monkeypatch.setattr("upkeep.__main__.boto3.client", MagicMock())
    said = CliRunner().invoke(upkeep.main, ["dead-letters", *deed]).output
    assert "No dead letters: everything was delivered and done." in said


def test_only_what_was_done_again_leaves_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    undone, done = letter("ab12", Unknown()), letter("cd34", Call("arn:f", {}))
    queue = MagicMock(spec=DeadLetterQueue, opened=MagicMock())
    queue.opened.return_value.__enter__.return_value = [undone, done]
    monkeypatch.setattr("upkeep.__main__.DeadLetterQueue", lambda *_: queue)
    monkeypatch.setattr("upkeep.__main__.boto3.client", MagicMock())
    said = CliRunner().invoke(upkeep.main, ["dead-letters", "--replay"]).output
    queue.drop.assert_called_once_with(done)
    assert said.splitlines()[-2:] == ["ab12 f: nobody knows how to do this again", "cd34 f: sent again"]

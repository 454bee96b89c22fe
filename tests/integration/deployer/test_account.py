"""Stage `aws` as somebody deploys it with a profile, asked at a terminal; the local cloud stands in for the account.

Requests are sent to it on their way (stand_in/sitecustomize.py), so that the deployer and Chalice take what answers for
AWS: a profile that named the endpoint would be seen.
"""

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest

from tests.integration.deployer.checkout import ROOT, Checkout
from tests.integration.deployer.inventory import deployed_by_us
from workshop.learners_folder import LearnersFolder
from workshop.modules import FOLDER
from workshop.solutions import beginning

PROFILE = """[profile somebody]
region = us-east-1
aws_access_key_id = test
aws_secret_access_key = test
s3 =
  addressing_style = path
"""
STAND_IN = Path(__file__).with_name("stand_in")
NAMED = "AWS, account 000000000000, us-east-1"


BLOCK = re.compile(r"<!-- run: account -->\n```sh\n(.*?)```", re.DOTALL)


def as_deployers(command: str) -> list[str]:
    """The deployer's arguments in a command, or in what `make` makes of it."""
    if command.startswith("make "):
        dry = subprocess.run([*shlex.split(command), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=True)
        (command,) = (line for line in dry.stdout.splitlines() if "deployer" in line)
    python, _, module, *arguments = shlex.split(command)
    assert (python, module) == (".venv/bin/python", "deployer")
    return arguments


def commands_in(document: str) -> dict[str, list[str]]:
    """What a document would have the owner of an account do, by the deployer's commands."""
    lines = [line for block in BLOCK.findall((ROOT / document).read_text()) for line in block.splitlines()]
    return {arguments[0]: arguments for arguments in map(as_deployers, lines)}


DOCUMENTED = commands_in("docs/aws.md")


@dataclass(frozen=True)
class Owner:
    """Somebody with an account."""

    checkout: Checkout
    config: Path

    def deployer(
        self, *arguments: str, answer: str | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the deployer at a terminal at which this is answered; without an answer there is no terminal."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        mine = {"AWS_CONFIG_FILE": str(self.config), "AWS_PROFILE": "somebody", "NO_COLOR": "1", **variables}
        mine |= {"PYTHONPATH": str(STAND_IN), "STANDS_IN_FOR_AWS": self.checkout.endpoint}
        ours_at, theirs = pty.openpty()
        try:
            os.write(ours_at, (answer or "").encode())
            return subprocess.run(
                [sys.executable, "-m", "deployer", *arguments],
                cwd=self.checkout.root,
                env=ours | mine,
                stdin=subprocess.DEVNULL if answer is None else theirs,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            os.close(ours_at)
            os.close(theirs)


@pytest.fixture
def owner(empty: Checkout, tmp_path: Path) -> Iterator[Owner]:
    """The owner of an empty account, which is empty again afterwards."""
    config = tmp_path / "config"
    config.write_text(PROFILE)
    somebody = Owner(empty, config)
    with a_sender_is_named(empty.root / ".chalice" / "config.json"):
        yield somebody
        done = somebody.deployer("down", "--stage", "aws", "--yes")
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def a_sender_is_named(configuration: Path) -> Iterator[None]:
    """Somebody wrote into Chalice's configuration who sends the letters."""
    before = configuration.read_text()
    named = json.loads(before)
    named["stages"]["aws"] = {"environment_variables": {"LETTER_SENDER": "bar@some-coffee-bar.org"}}
    configuration.write_text(json.dumps(named))
    yield
    configuration.write_text(before)


def succeed(owner: Owner, arguments: list[str]) -> str:
    """What is printed when every question is answered with yes."""
    done = owner.deployer(*arguments, answer="y\n")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_who_says_no_changes_nothing(owner: Owner) -> None:
    before = deployed_by_us(owner.checkout)
    done = owner.deployer("up", "--stage", "aws", answer="n\n")
    assert done.returncode == 1
    assert f"changes in {NAMED}? [y/N]" in done.stdout
    assert "nothing was changed" in done.stderr
    assert deployed_by_us(owner.checkout) == before


def test_the_documents_commands_fill_and_empty_an_account(owner: Owner) -> None:
    before = deployed_by_us(owner.checkout)
    printed = {command: succeed(owner, arguments) for command, arguments in DOCUMENTED.items()}
    assert "nothing was changed" in printed["plan"]
    assert "execute-api.us-east-1.amazonaws.com/api" in printed["outputs"]  # on AWS, as far as the deployer knows
    assert "you@your-domain.example: created, joined group admin" in printed["seed"]
    assert f"Remove all of this from {NAMED}? [y/N]" in printed["down"]
    assert deployed_by_us(owner.checkout) == before


def test_what_a_learner_built_goes_to_an_account_and_nothing_of_it_is_left(owner: Owner) -> None:
    there, back = commands_in("docs/workshop/6.md").values()
    LearnersFolder(owner.checkout.root / FOLDER).put(dict(beginning("6")))
    before = deployed_by_us(owner.checkout)
    printed = succeed(owner, there)
    assert "stamps" in json.loads(printed[printed.index("\n{") : printed.rindex("}") + 1])["extensions"]
    rmtree(owner.checkout.root / FOLDER)
    assert "Nothing is left" in succeed(owner, back)
    assert deployed_by_us(owner.checkout) == before


def test_a_profile_that_names_an_endpoint_is_no_account_of_aws(owner: Owner) -> None:
    owner.config.write_text(f"{PROFILE}endpoint_url = {owner.checkout.endpoint}\n")
    done = owner.deployer("up", "--stage", "aws", "--yes")
    assert done.returncode == 1
    assert f"stage aws is for an account of AWS, but the endpoint is {owner.checkout.endpoint}" in done.stderr
    owner.config.write_text(PROFILE)


@pytest.mark.parametrize(("stage", "told"), [("aws", "the endpoint is http://"), ("local", f"this is {NAMED}")])
def test_a_stage_that_belongs_elsewhere_goes_nowhere(owner: Owner, stage: str, told: str) -> None:
    endpoint = {"AWS_ENDPOINT_URL": owner.checkout.endpoint} if stage == "aws" else {}
    done = owner.deployer("up", "--stage", stage, "--yes", **endpoint)
    assert done.returncode == 1
    assert told in done.stderr

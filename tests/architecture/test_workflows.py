"""GitHub's workflows, ours and the one for others to copy: valid, and with no more rights than they need."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files

WORKFLOWS = [path for path in files() if path.parent.name == "workflows" and path.suffix in {".yml", ".yaml"}]
every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
BIN = Path(sys.executable).parent


def said_of(workflow: Path, *linter: str) -> str:
    """What the linter has to complain of, without a network."""
    ran = subprocess.run([BIN / linter[0], *linter[1:], workflow], capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


def complaints(workflow: Path) -> str:
    """Of its form, by GitHub's schema; of actions that somebody can change, rights, secrets and injections."""
    form = said_of(workflow, "check-jsonschema", "--builtin-schema", "vendor.github-workflows")
    return form + said_of(workflow, "zizmor", "--offline", "--no-progress", "--strict-collection", "--pedantic")


def test_there_is_one_for_us_and_one_for_others() -> None:
    places = {path.parents[2].relative_to(ROOT).as_posix() for path in WORKFLOWS}
    assert places == {".", "localstack/examples/guestbook"}


@every_workflow
def test_a_workflow_is_valid_and_safe(workflow: Path) -> None:
    assert complaints(workflow) == ""


@every_workflow
def test_a_workflow_has_no_secret_and_every_job_an_end(workflow: Path) -> None:
    text = workflow.read_text()
    assert "secrets." not in text
    assert text.count("timeout-minutes:") == text.count("runs-on:") > 0


def test_every_verb_that_a_workflow_runs_is_in_the_makefile() -> None:
    verbs = {verb for path in WORKFLOWS for verb in re.findall(r"run: make ([\w-]+)", path.read_text())}
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"local", "test", "screenshots"} <= verbs <= known


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("timeout-minutes: 60", "timeout-minuts: 60"),
        ("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@v7"),
        ("contents: read", "contents: write"),
        ("run: make local", "run: echo ${{ github.event.pull_request.title }}"),
        ("          persist-credentials: false\n", "          fetch-depth: 1\n"),
    ],
)
def test_a_fault_in_a_workflow_is_seen(tmp_path: Path, right: str, wrong: str) -> None:
    text = (ROOT / ".github/workflows/ci.yml").read_text()
    assert right in text
    (tmp_path / ".github/workflows").mkdir(parents=True)
    faulty = tmp_path / ".github/workflows/ci.yml"
    faulty.write_text(text.replace(right, wrong))
    assert complaints(faulty) != ""

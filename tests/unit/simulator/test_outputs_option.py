"""A program that is told of no bar takes the one that was deployed last, if that is in the cloud that is meant."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from simulator.outputs import DEFAULT_PATH
from simulator.outputs_option import outputs_option

HERE, ELSEWHERE = "http://127.0.0.1:4566", "http://127.0.0.1:4651"
KEYS = "region apiUrl userPoolId userPoolClientId eventBusName orderProcessorArn realtimeUrl"
WRITTEN = dict.fromkeys(KEYS.split(), "x")


@click.command()
@outputs_option
def program(path: Path) -> None:
    """Say which file is taken."""
    click.echo(path)


@pytest.fixture(autouse=True)
def deployed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAR_OUTPUTS", raising=False)
    DEFAULT_PATH.parent.mkdir()
    DEFAULT_PATH.write_text(json.dumps({**WRITTEN, "endpointUrl": HERE}))


def test_a_bar_of_another_cloud_than_is_meant_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", ELSEWHERE)
    done = CliRunner().invoke(program, [])
    assert done.exit_code == 1
    assert f"tells of the bar at {HERE}, and not of one at {ELSEWHERE}: make local deploys one there" in done.output


@pytest.mark.parametrize("meant", [HERE, f"{HERE}/", "http://localhost:4566", ""])
def test_that_of_the_cloud_that_is_meant_is_taken(monkeypatch: pytest.MonkeyPatch, meant: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", meant)
    assert CliRunner().invoke(program, []).output == f"{DEFAULT_PATH}\n"


def test_a_file_that_is_named_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", ELSEWHERE)
    assert CliRunner().invoke(program, ["--outputs", str(DEFAULT_PATH)]).exit_code == 0
    monkeypatch.setenv("BAR_OUTPUTS", str(DEFAULT_PATH))
    assert CliRunner().invoke(program, []).exit_code == 0


@pytest.mark.parametrize("text", ["{", "{}"])
def test_what_cannot_be_read_is_left_to_who_reads_it(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", ELSEWHERE)
    DEFAULT_PATH.write_text(text)
    assert CliRunner().invoke(program, []).exit_code == 0
    DEFAULT_PATH.unlink()
    assert CliRunner().invoke(program, []).exit_code == 0

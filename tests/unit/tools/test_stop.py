"""`make stop` stops all clouds of the checkout, or those named, and forgets the bar that ran on one of them."""

import json
from pathlib import Path

import pytest

from tests.unit.tools.checkout import Checkout, copied, write_program


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Clouds run on 4566 and 4702; one on 4600 was stopped."""
    checkout = copied(tmp_path, "tools/stop")
    write_program(checkout.root / ".venv/bin/python", f'echo "$@" >>{tmp_path}/called')
    for port in ("4566", "4600", "4702"):
        (checkout.root / ".local/cloud/run" / port).mkdir(parents=True)
    for port in ("4566", "4702"):
        (checkout.root / ".local/cloud/run" / port / "localstack.pid").write_text("1")
    return checkout


def stopped(checkout: Checkout, *ports: str) -> list[str]:
    """The ports whose clouds the local cloud was told to stop."""
    called = checkout.root.parent / "called"
    called.unlink(missing_ok=True)
    done = checkout.run("stop", *ports)
    assert (done.returncode, done.stderr) == (0, "")
    lines = called.read_text().splitlines()
    assert all(line.startswith("-m local_cloud stop --port ") for line in lines)
    return [line.rpartition(" ")[2] for line in lines]


def write_outputs(checkout: Checkout, endpoint: str) -> Path:
    path = checkout.root / ".local/outputs.json"
    path.write_text(json.dumps({"endpointUrl": endpoint, "region": "us-east-1"}, indent=2))
    return path


def test_without_a_port_all_clouds_that_run_are_stopped(checkout: Checkout) -> None:
    assert stopped(checkout) == ["4566", "4702"]


def test_with_a_port_only_its_cloud_is_stopped(checkout: Checkout) -> None:
    assert stopped(checkout, "4702") == ["4702"]


def test_where_none_runs_the_usual_one_is_asked_for_and_told_about(checkout: Checkout) -> None:
    for pid_file in (checkout.root / ".local/cloud/run").glob("*/localstack.pid"):
        pid_file.unlink()
    assert stopped(checkout) == ["4566"]


def test_the_bar_on_a_stopped_cloud_is_forgotten(checkout: Checkout) -> None:
    outputs = write_outputs(checkout, "http://127.0.0.1:4702")
    stopped(checkout)
    assert not outputs.exists()


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:4566", "http://127.0.0.1:47020"])
def test_a_bar_elsewhere_is_remembered(checkout: Checkout, endpoint: str) -> None:
    outputs = write_outputs(checkout, endpoint)
    stopped(checkout, "4702")
    assert outputs.exists()

"""Who keeps what a cloud held, who begins anew, and what is said where it cannot be read."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from local_cloud.home import Home, RunFolder
from local_cloud.testing import Cloud, Launcher


@pytest.fixture
def run_folder(launcher: Launcher, free_cloud_port: int) -> RunFolder:
    """Give the folder of a cloud that a test may start."""
    return Home(launcher.home).run_folder(free_cloud_port)


def queues(cloud: Cloud) -> list[str]:
    """Name the cloud's queues."""
    return [url.rpartition("/")[2] for url in cloud.client("sqs").list_queues().get("QueueUrls", [])]


def stop(launcher: Launcher, run: RunFolder) -> None:
    assert launcher.run("stop", "--port", str(run.port)).returncode == 0


def keep_a_queue(launcher: Launcher, run: RunFolder, name: str = "kept") -> None:
    """Have a cloud keep a queue, and stop it."""
    launcher.start(run.port, options=["--keep"]).client("sqs").create_queue(QueueName=name)
    stop(launcher, run)


def test_who_does_not_ask_for_it_begins_empty_and_leaves_it_alone(launcher: Launcher, run_folder: RunFolder) -> None:
    keep_a_queue(launcher, run_folder)
    assert queues(launcher.start(run_folder.port)) == []
    stop(launcher, run_folder)
    assert queues(launcher.start(run_folder.port, options=["--keep"])) == ["kept"]


def test_fresh_begins_anew_but_never_under_a_cloud_that_runs(launcher: Launcher, run_folder: RunFolder) -> None:
    keep_a_queue(launcher, run_folder)
    assert queues(launcher.start(run_folder.port, options=["--keep", "--fresh"])) == []
    refused = launcher.run("start", "--port", str(run_folder.port), "--keep", "--fresh")
    assert refused.returncode != 0
    assert "runs: stop it first" in refused.stderr


def test_status_tells_how_large_and_how_old_it_is(launcher: Launcher, run_folder: RunFolder) -> None:
    status = ("status", "--port", str(run_folder.port))
    assert "What it held is kept" not in launcher.run(*status).stdout
    keep_a_queue(launcher, run_folder)
    assert "What it held is kept: 0.0 MiB, written" in launcher.run(*status).stdout
    launcher.start(run_folder.port, options=["--keep"])
    told = json.loads(launcher.run(*status, "--json").stdout)
    assert told["keeps"] is True
    assert told["state"]["size_bytes"] > 0
    assert told["state"]["age_s"] >= 0


def test_status_of_a_cloud_that_keeps_nothing_says_so_whatever_lies_there(
    launcher: Launcher, run_folder: RunFolder
) -> None:
    keep_a_queue(launcher, run_folder)
    launcher.start(run_folder.port)
    status = ("status", "--port", str(run_folder.port))
    assert json.loads(launcher.run(*status, "--json").stdout)["keeps"] is False
    told = " ".join(launcher.run(*status, COLUMNS="200").stdout.split())
    assert "kept nothing: all is forgotten when it stops; what was kept before stays as it is: 0.0 MiB" in told


def _of_another_version(state: Path) -> None:
    (state / "made-by").write_text("localstack-core 1.0")


def _of_another_engine(state: Path) -> None:
    made_by = state / "made-by"
    made_by.write_text(made_by.read_text().replace("tables in ", "tables in something but "))


def _of_other_classes_of_ours(state: Path) -> None:
    kept = state / "sqs.pickle"
    kept.write_bytes(pickle.dumps({"local_cloud.kept_state:KeptState": "its shape then"}) + kept.read_bytes())


def _damaged(state: Path) -> None:
    (state / "sqs.pickle").write_bytes(b"half of it")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_of_another_version, "was kept by localstack-core 1.0"),
        (_of_another_engine, "tables in something but "),
        (_of_other_classes_of_ours, "sqs.pickle was kept by another version of local_cloud.kept_state:KeptState"),
        (_damaged, "sqs.pickle cannot be read"),
    ],
)
def test_what_cannot_be_read_stops_the_start_and_stays(
    launcher: Launcher, run_folder: RunFolder, harm: Callable[[Path], None], told: str
) -> None:
    keep_a_queue(launcher, run_folder)
    harm(run_folder.state)
    before = {path: path.read_bytes() for path in run_folder.state.glob("*.pickle")}
    refused = launcher.run("start", "--port", str(run_folder.port), "--keep")
    assert refused.returncode != 0
    assert told in refused.stderr
    assert "local-cloud start --keep --fresh" in refused.stderr
    assert {path: path.read_bytes() for path in run_folder.state.glob("*.pickle")} == before

"""Where there is nobody to deploy to, one line says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.deployer.checkout import CREDENTIALS, ROOT

CLOSED = "http://127.0.0.1:9"  # the port of `discard`, which nobody serves


def deployer(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The deployer of somebody who has configured nothing but what is given."""
    quiet = {"HOME": str(home), "AWS_EC2_METADATA_DISABLED": "true", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "deployer", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **quiet, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["plan", "up", "down", "outputs", "seed"])
def test_an_endpoint_where_nobody_answers_is_named(tmp_path: Path, command: str) -> None:
    done = deployer(tmp_path, command, **CREDENTIALS, AWS_ENDPOINT_URL=CLOSED)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{CLOSED}/ does not answer\nStart the local cloud with `make local`")
    assert done.stdout == ""


def test_somebody_without_credentials_is_told_how_to_give_them(tmp_path: Path) -> None:
    done = deployer(tmp_path, "plan", AWS_ENDPOINT_URL=CLOSED, AWS_DEFAULT_REGION="us-east-1")
    assert done.returncode == 1
    assert done.stderr.startswith("there are no AWS credentials\nSet AWS_ACCESS_KEY_ID")


def test_somebody_without_a_region_is_told_how_to_give_one(tmp_path: Path) -> None:
    done = deployer(tmp_path, "plan", AWS_ENDPOINT_URL=CLOSED, AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b")
    assert done.returncode == 1
    assert done.stderr.startswith("no AWS region is set\nSet AWS_DEFAULT_REGION")


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"AWS_PROFILE": "nobodys"}, "profile (nobodys) could not be found"),
        ({"AWS_ENDPOINT_URL": "somewhere"}, "Invalid endpoint: somewhere"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, environment: dict[str, str], told: str) -> None:
    done = deployer(tmp_path, "plan", **{**CREDENTIALS, **environment})
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_stage_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    done = deployer(tmp_path, "plan", "--stage", "moon", **CREDENTIALS, AWS_ENDPOINT_URL=CLOSED)
    assert done.returncode == 1
    assert done.stderr.startswith("there is no stage moon in .chalice/config.json\nThere are: local")

"""`local-cloud run`: the command has the cloud as its AWS, and the caller cannot tell that we came first."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from local_cloud.cli import main
from local_cloud.client_command import NOT_EXECUTABLE, NOT_FOUND, NOT_RUN
from local_cloud.testing import Cloud, Launcher

TELL_THE_ENVIRONMENT = "import json, os; print(json.dumps(dict(os.environ)))"
ASK_WHO_IT_IS = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"


def run(launcher: Launcher, cloud: Cloud, *command: str, **variables: Any) -> subprocess.CompletedProcess[str]:
    return launcher.run("run", "--port", str(cloud.port), "--", *command, **variables)


def test_a_command_reaches_the_cloud_whatever_profile_its_caller_has(cloud: Cloud, launcher: Launcher) -> None:
    ran = run(launcher, cloud, sys.executable, "-c", ASK_WHO_IT_IS, AWS_PROFILE="of-my-employer")
    assert (ran.returncode, ran.stdout) == (0, "000000000000\n"), ran.stderr


def test_nothing_of_a_real_account_is_in_its_environment(cloud: Cloud, launcher: Launcher) -> None:
    real = {"AWS_SESSION_TOKEN": "real", "AWS_ROLE_ARN": "real", "AWS_ENDPOINT_URL_SQS": "real", "TABLE": "mine"}
    found = json.loads(run(launcher, cloud, sys.executable, "-c", TELL_THE_ENVIRONMENT, **real).stdout)
    assert "real" not in found.values()
    assert found["AWS_ENDPOINT_URL"] == cloud.endpoint_url
    assert found["TABLE"] == "mine"


def test_the_exit_code_is_the_commands(cloud: Cloud, launcher: Launcher) -> None:
    assert run(launcher, cloud, "sh", "-c", "exit 42").returncode == 42


def test_options_after_the_command_are_its_own(cloud: Cloud, launcher: Launcher) -> None:
    assert run(launcher, cloud, "echo", "--help", "--port", "1").stdout == "--help --port 1\n"


def test_a_signal_is_the_commands(cloud: Cloud, launcher: Launcher) -> None:
    waiting = (sys.executable, "-c", "import signal; print('ready', flush=True); signal.pause()")
    command = launcher.command("run", "--port", str(cloud.port), "--", *waiting)
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == -signal.SIGTERM


def test_a_command_whose_reader_has_gone_ends_as_it_would_without_us(cloud: Cloud, launcher: Launcher) -> None:
    assert run(launcher, cloud, "sh", "-c", "kill -PIPE $$").returncode == -signal.SIGPIPE


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("no-such-program", NOT_FOUND, "The command 'no-such-program' was not found."),
        ("/", NOT_EXECUTABLE, "'/' cannot be run: Permission denied."),
    ],
)
def test_a_command_that_cannot_be_run_is_told_in_one_line(
    cloud: Cloud, launcher: Launcher, command: str, code: int, told: str
) -> None:
    ran = run(launcher, cloud, command)
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, "", f"Error: {told}\n")


def test_where_no_cloud_runs_the_command_is_not_run_and_the_way_out_is_named(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    result = CliRunner().invoke(main, ["run", "--home", str(tmp_path), "--port", "1", "--", "touch", str(touched)])
    assert result.exit_code == NOT_RUN
    assert "`local-cloud start`" in result.output
    assert result.output.count("\n") == 1
    assert not touched.exists()


def test_without_a_command_the_usage_is_shown(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["run", "--home", str(tmp_path)])
    assert result.exit_code == 2
    assert "Missing argument 'COMMAND...'" in result.output

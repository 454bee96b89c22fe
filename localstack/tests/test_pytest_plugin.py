"""The pytest plugin, as a project has it that installed this package."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from local_cloud.testing import Cloud, Launcher


def run_pytest(folder: Path, test: str, **variables: str) -> str:
    """What pytest prints in a project with this test."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_it.py").write_text(test)
    environment = {**os.environ, **variables}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short"]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.stdout


def test_who_uses_no_fixture_pays_for_no_import(tmp_path: Path) -> None:
    heavy = "{'botocore', 'boto3', 'httpx', 'psutil', 'click', 'rich', 'tenacity', 'local_cloud.testing'}"
    told = run_pytest(tmp_path, f"import sys\n\ndef test_it():\n    assert not {heavy} & set(sys.modules)\n")
    assert "1 passed" in told


def test_the_session_has_clients_of_the_cloud_and_an_environment_for_programs(
    tmp_path: Path, cloud: Cloud, launcher: Launcher
) -> None:
    told = run_pytest(
        tmp_path,
        "def test_it(local_cloud_client, local_cloud_environment):\n"
        "    assert local_cloud_client('sts').get_caller_identity()['Account'] == '000000000000'\n"
        f"    assert local_cloud_environment['AWS_ENDPOINT_URL'] == {cloud.endpoint_url!r}\n"
        "    assert 'AWS_PROFILE' not in local_cloud_environment\n",
        AWS_PROFILE="of-my-employer",
        LOCAL_CLOUD_HOME=str(launcher.home),
        LOCAL_CLOUD_TEST_ENDPOINT=cloud.endpoint_url,
    )
    assert "1 passed" in told


@pytest.mark.parametrize(
    ("endpoint", "told"),
    [
        ("http://127.0.0.1:1", "No local cloud of .* runs on port 1."),
        ("http://127.0.0.1", "LOCAL_CLOUD_TEST_ENDPOINT is to end with a port"),
    ],
)
def test_a_cloud_that_is_not_there_is_told_without_a_traceback(tmp_path: Path, endpoint: str, told: str) -> None:
    printed = run_pytest(tmp_path, "def test_it(local_cloud): ...\n", LOCAL_CLOUD_TEST_ENDPOINT=endpoint)
    assert "1 error" in printed
    assert not re.search("Traceback|During handling|pytest_plugin", printed)
    assert re.search(told, printed)


def test_a_folder_without_a_chalice_project_is_told_without_a_traceback(
    tmp_path: Path, cloud: Cloud, launcher: Launcher
) -> None:
    printed = run_pytest(
        tmp_path,
        "def test_it(chalice_url): ...\n",
        LOCAL_CLOUD_HOME=str(launcher.home),
        LOCAL_CLOUD_TEST_ENDPOINT=cloud.endpoint_url,
    )
    assert f"{tmp_path} is no Chalice project: it has no .chalice/config.json." in printed
    assert not re.search("Traceback|During handling|pytest_plugin", printed)

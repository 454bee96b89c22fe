"""Somebody's Chalice project is deployed as it is, and nothing in its folder changes."""

import json
from pathlib import Path

import httpx
import pytest
from local_cloud.chalice_deployment import deploy
from local_cloud.errors import LocalCloudError
from local_cloud.testing import Cloud

APP = """
import os
from chalice import Chalice
from chalicelib.greeting import GREETING

app = Chalice(app_name="greetings")

@app.route("/")
def greet():
    return {"greeting": GREETING, "stage": os.environ["STAGE"], "mine": os.environ["MINE"]}
"""
# What a real deployment left; Chalice would look for this API, and then forget it.
RECORD = json.dumps({"resources": [{"name": "rest_api", "resource_type": "rest_api", "rest_api_id": "real"}]})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".chalice" / "deployed").mkdir(parents=True)
    (folder / ".chalice" / "deployed" / "dev.json").write_text(RECORD)
    configuration = {
        **{"version": "2.0", "app_name": "greetings", "manage_iam_role": False},
        **{"iam_role_arn": "arn:aws:iam::000000000000:role/any"},
        "stages": {"dev": {"environment_variables": {"STAGE": "dev", "MINE": "as configured"}}},
    }
    (folder / ".chalice" / "config.json").write_text(json.dumps(configuration))
    (folder / "chalicelib").mkdir()
    (folder / "chalicelib" / "__init__.py").touch()
    (folder / "chalicelib" / "greeting.py").write_text("GREETING = 'Hello'\n")
    (folder / "app.py").write_text(APP)
    (folder / "requirements.txt").touch()
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_an_app_is_deployed_with_its_variables_and_its_folder_stays_as_it_is(
    cloud: Cloud, project: Path, tmp_path: Path
) -> None:
    before = contents(project)
    (tmp_path / "stand-in").mkdir()
    deployment = deploy(project, "dev", cloud, {"MINE": "as the test has it"}, tmp_path / "stand-in")
    assert httpx.get(deployment.url, timeout=60).json() == {
        **{"greeting": "Hello", "stage": "dev", "mine": "as the test has it"}
    }
    with pytest.raises(LocalCloudError, match="no WebSocket handlers"):
        _ = deployment.websocket_url
    deployment.delete()
    assert httpx.get(deployment.url, timeout=60).status_code != 200
    assert contents(project) == before


def test_an_app_that_chalice_cannot_deploy_is_told_with_chalices_words(
    cloud: Cloud, project: Path, tmp_path: Path
) -> None:
    (project / "app.py").write_text("import no_such_module\n")
    (tmp_path / "stand-in").mkdir()
    with pytest.raises(LocalCloudError, match=r"`chalice deploy --stage dev` failed:\n(?s:.*)no_such_module"):
        deploy(project, "dev", cloud, {}, tmp_path / "stand-in")


@pytest.mark.parametrize(("configuration", "told"), [(None, "is no Chalice project"), ("{", "is not JSON")])
def test_a_folder_that_is_no_project_is_refused_before_anything_is_deployed(
    tmp_path: Path, configuration: str | None, told: str
) -> None:
    if configuration is not None:
        (tmp_path / ".chalice").mkdir()
        (tmp_path / ".chalice" / "config.json").write_text(configuration)
    with pytest.raises(LocalCloudError, match=told):
        deploy(tmp_path, "dev", Cloud("http://127.0.0.1:1", 0, tmp_path), {}, tmp_path)

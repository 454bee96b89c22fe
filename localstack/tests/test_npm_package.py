"""An npm tarball is taken only when it is the one that was locked. The npm here is a script of the test's."""

import json
from pathlib import Path

import pytest
from local_cloud.dynamodb_local_archive import LOCK
from local_cloud.errors import LocalCloudError
from local_cloud.npm_package import NpmPackage, integrity_of, npm_complaint

# `printf abc | openssl dgst -sha512 -binary | base64`
ABC = "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="


@pytest.fixture
def npm_that_fetches_abc(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    npm = folder / "npm"
    npm.write_text('#!/bin/sh\nprintf abc > thing-1.0.0.tgz\nprintf "$TMPDIR" > temporary\n')
    npm.chmod(0o755)
    return folder


def test_integrity_is_written_as_npm_writes_it(tmp_path: Path) -> None:
    (tmp_path / "abc").write_text("abc")
    assert integrity_of(tmp_path / "abc") == ABC


def test_the_locked_tarball_is_returned(tmp_path: Path, npm_that_fetches_abc: Path) -> None:
    fetched = NpmPackage("thing", "1.0.0", ABC).fetch(tmp_path, npm_that_fetches_abc)
    assert fetched.read_text() == "abc"
    assert (tmp_path / "temporary").read_text() == str(tmp_path)  # what npm leaves goes with it


def test_another_tarball_under_the_same_name_is_refused(tmp_path: Path, npm_that_fetches_abc: Path) -> None:
    with pytest.raises(LocalCloudError, match=r"thing-1\.0\.0\.tgz is not the file that was locked"):
        NpmPackage("thing", "1.0.0", "sha512-other").fetch(tmp_path, npm_that_fetches_abc)


def test_npms_complaint_is_condensed_to_the_line_that_tells() -> None:
    output = "npm warn old\nnpm error code ENOTCACHED\nnpm error request failed: no cache\nnpm error A complete log\n"
    assert npm_complaint(output) == "request failed: no cache"


def test_without_a_complaint_of_npms_own_the_last_line_is_taken() -> None:
    assert npm_complaint("sh: 1: node: not found\n") == "sh: 1: node: not found"


def test_the_lock_names_one_version_and_no_address() -> None:
    lock = json.loads(LOCK.read_text())
    assert set(lock) == {"name", "version", "integrity"}
    assert lock["integrity"].startswith("sha512-")

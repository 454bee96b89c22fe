"""The file is the same for the same files, brings its list, and begins in words that an old Python can read."""

import ast
import os
import zipfile
from pathlib import Path

import pytest

from bundle.archive import write_archive
from bundle.carrying import Carried
from bundle.unpacking.contents import NAME, Contents
from tests.architecture.layers import STANDARD_LIBRARY
from tests.architecture.source import ROOT, modules
from tests.unit.bundle.small_bundle import FILES, small_bundle

START = ROOT / "bundle/unpacking/start.py"


def test_the_same_files_give_the_same_bytes_whenever_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first = small_bundle(tmp_path).read_bytes()
    for source in (tmp_path / "sources").rglob("*"):
        os.utime(source, (1, 1))
    assert small_bundle(tmp_path / "other").read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_it_brings_a_list_of_each_file_and_each_licence(tmp_path: Path) -> None:
    with zipfile.ZipFile(small_bundle(tmp_path)) as archive:
        contents = Contents.read(archive.read(NAME).decode())
    assert [file.path for file in contents.files] == sorted(FILES)
    text = contents.as_text()
    assert "thing 1.0  MIT" in text
    assert all(file.sha256 in text and file.path in text for file in contents.files)


def test_a_writing_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path)
    before = bundle.read_bytes()

    def fail(_: int) -> None:
        raise OSError("the disk is full")

    with zipfile.ZipFile(bundle) as archive:
        contents = Contents.read(archive.read(NAME).decode())
    carried = [one for one in _carried(tmp_path) if one.path == "README.md"]
    with pytest.raises(OSError, match="full"):
        write_archive(bundle, contents, carried, fail)
    assert bundle.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"sources", "small.pyz"}


def _carried(folder: Path) -> list[Carried]:
    return [Carried(path, folder / "sources" / path) for path in FILES]


def test_what_an_old_python_reads_first_is_written_for_it() -> None:
    ast.parse(START.read_text(), feature_version=(3, 6))
    first = {name.partition(".")[0] for node in ast.parse(START.read_text()).body for name in _imported(node)}
    assert first <= STANDARD_LIBRARY


def _imported(node: ast.stmt) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []


def test_what_runs_on_a_learners_machine_needs_pythons_own_library_alone() -> None:
    for module in modules("bundle/unpacking"):
        foreign = {name for name in module.imports if name.partition(".")[0] not in STANDARD_LIBRARY}
        assert all(name.startswith("bundle.unpacking") for name in foreign), str(module)

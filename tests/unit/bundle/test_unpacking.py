"""A bundle unpacks itself where nothing is, goes on where it was stopped, and writes over nothing of anybody's."""

import fcntl
import sys
import zipfile
from pathlib import Path
from typing import IO

import pytest

from bundle.unpacking.contents import CARRIED, NAME, PACKAGES, TREE
from bundle.unpacking.destination import LOCK, UNFINISHED, unpack
from bundle.unpacking.wholeness import contents_in
from tests.unit.bundle.small_bundle import FILES, run, small_bundle

UNPACK = "--unpack-only"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return small_bundle(tmp_path)


@pytest.fixture
def into(bundle: Path) -> Path:
    """Where it unpacks to unless it is told otherwise."""
    return bundle.parent / "serverlesspresso"


def test_it_unpacks_every_file_and_says_the_next_command(bundle: Path, into: Path) -> None:
    ran = run(bundle, UNPACK)
    assert (ran.code, {path: (into / path).read_text() for path in FILES}) == (0, FILES)
    assert (into / "tools/run").stat().st_mode & 0o111
    assert not (into / "README.md").stat().st_mode & 0o111
    assert "cd serverlesspresso\n  make local" in ran.said


def test_what_was_killed_half_way_is_finished(bundle: Path, into: Path) -> None:
    run(bundle, UNPACK)
    (into / "README.md").unlink()
    (into / UNFINISHED).write_text("read")
    assert run(bundle, UNPACK).code == 0
    assert (into / "README.md").read_text() == FILES["README.md"]
    assert not (into / UNFINISHED).exists()


def test_what_a_kill_leaves_lies_where_nothing_is_built_of_it(
    bundle: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = set[str]()

    def look_about(source: IO[bytes], target: IO[bytes], _: int) -> None:
        target.write(source.read())
        left.update(path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file())

    monkeypatch.setattr("shutil.copyfileobj", look_about)
    with zipfile.ZipFile(bundle) as archive:
        unpack(archive, contents_in(archive), into, lambda _: None)
    assert left - FILES.keys() == {f"{CARRIED}/{NAME}", UNFINISHED}


def test_what_was_killed_before_its_list_was_there_is_begun_anew(bundle: Path, into: Path) -> None:
    (into / CARRIED).mkdir(parents=True)
    for name in (LOCK, UNFINISHED):
        (into / name).write_text("")
    assert run(bundle, UNPACK).code == 0


def test_a_folder_of_somebody_elses_with_such_a_name_is_left_alone(bundle: Path, into: Path) -> None:
    (into / CARRIED).mkdir(parents=True)
    (into / CARRIED / "mine.txt").write_text("mine")
    ran = run(bundle, UNPACK)
    assert (ran.code, "is there already and is not from this file" in ran.said) == (1, True)


def test_what_somebody_changed_or_built_there_stays(bundle: Path, into: Path) -> None:
    run(bundle, UNPACK)
    (into / "README.md").write_text("mine")
    (into / "my-bar").mkdir()
    (into / "my-bar/rules.json").write_text("[]")
    ran = run(bundle, UNPACK)
    assert (ran.code, (into / "README.md").read_text(), (into / "my-bar/rules.json").read_text()) == (0, "mine", "[]")
    assert "Left as you changed them: README.md" in ran.said


def test_a_package_that_is_damaged_is_mended(bundle: Path, into: Path) -> None:
    run(bundle, UNPACK)
    (into / PACKAGES / "thing.whl").write_text("half")
    assert run(bundle, UNPACK).code == 0
    assert (into / PACKAGES / "thing.whl").read_text() == FILES[f"{PACKAGES}/thing.whl"]


def test_a_folder_of_somebody_elses_is_left_alone(bundle: Path, into: Path) -> None:
    into.mkdir()
    (into / "README.md").write_text("mine")
    ran = run(bundle, UNPACK)
    assert (ran.code, [path.name for path in into.iterdir()]) == (1, ["README.md"])
    assert "is there already and is not from this file: take another one, --into NAME" in ran.said
    assert run(bundle, UNPACK, "--into", "other").code == 0


def test_a_folder_of_another_bundle_is_left_alone(bundle: Path, into: Path) -> None:
    run(bundle, UNPACK)
    newer = small_bundle(bundle.parent, {**FILES, "README.md": "newer"}, version="ba9876543210")
    ran = run(newer, UNPACK)
    assert (ran.code, (into / "README.md").read_text()) == (1, FILES["README.md"])
    assert "holds another bundle, 0123456789ab, and this is ba9876543210" in ran.said
    assert "my-bar" in ran.said


def test_two_at_once_do_not_unpack_into_one_folder(bundle: Path, into: Path) -> None:
    run(bundle, UNPACK)
    with (into / LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = run(bundle, UNPACK)
    assert (ran.code, "is being unpacked already" in ran.said) == (1, True)


def test_a_place_that_cannot_be_written_to_is_told_in_one_sentence(bundle: Path) -> None:
    (bundle.parent / "file").write_text("no folder")
    ran = run(bundle, UNPACK, "--into", "file/below")
    (line,) = [line for line in ran.said.splitlines() if not line.startswith("Checking")]
    assert (ran.code, "Not a directory" in line, "--into NAME" in line) == (1, True, True)


def test_a_bundle_that_was_damaged_on_its_way_unpacks_nothing(bundle: Path, into: Path) -> None:
    content = bundle.read_bytes()
    assert content.count(b"read me") == 1
    bundle.write_bytes(content.replace(b"read me", b"read ME"))
    ran = run(bundle)
    assert (ran.code, into.exists()) == (1, False)
    assert "This file is damaged: README.md" in ran.said


def test_a_file_that_its_list_does_not_describe_so_is_refused(bundle: Path, into: Path) -> None:
    """Also where the archive's own checksums were made anew."""
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(bundle.with_name("other.pyz"), "w") as new:
        for name in old.namelist():
            new.writestr(name, b"other" if name == f"{TREE}README.md" else old.read(name))
    ran = run(bundle.with_name("other.pyz"))
    assert (ran.code, into.exists()) == (1, False)
    assert "README.md is not what its list says" in ran.said


def test_another_python_is_named_in_one_sentence(tmp_path: Path) -> None:
    ran = run(small_bundle(tmp_path, python="3.99"))
    (line,) = ran.said.splitlines()
    assert (ran.code, "This needs Python 3.99" in line, "then: python3.99 small.pyz" in line) == (1, True, True)


def test_another_kind_of_machine_is_named_in_one_sentence(tmp_path: Path, into: Path) -> None:
    ran = run(small_bundle(tmp_path, platform="plan9-mips"))
    (line,) = ran.said.splitlines()
    assert (ran.code, into.exists(), "is for plan9-mips, and this machine is" in line) == (1, False, True)


def test_a_missing_make_is_named_before_anything_is_written(bundle: Path, into: Path) -> None:
    ran = run(bundle, PATH="/nowhere")
    assert (ran.code, into.exists(), "make is missing" in ran.said) == (1, False, True)


def test_an_installation_that_fails_says_that_it_can_be_gone_on_with(bundle: Path, into: Path) -> None:
    ran = run(bundle)  # there is no Makefile
    assert (ran.code, into.exists()) == (1, True)
    assert "could not be installed; see above, and run this file again" in ran.said


def test_it_tells_what_is_in_it_and_whether_it_is_whole_without_unpacking(bundle: Path, into: Path) -> None:
    assert "thing 1.0  MIT" in run(bundle, "--list").said
    assert run(bundle, "--check").code == 0
    told = run(bundle, "--help").said
    assert "--into DIR" in told
    assert f"usage: python{sys.version_info[0]}.{sys.version_info[1]} small.pyz" in told
    assert not into.exists()


def test_the_list_lies_beside_what_was_unpacked(bundle: Path, into: Path) -> None:
    run(bundle, UNPACK)
    with zipfile.ZipFile(bundle) as archive:
        assert (into / CARRIED / NAME).read_text() == archive.read(NAME).decode()
